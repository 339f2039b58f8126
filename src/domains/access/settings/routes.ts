import type pg from 'pg';
import type { Locale } from '../../../kernel/locale.ts';
import { conflict } from '../../../kernel/problem.ts';
import { route, type Route } from '../../../platform/http/route.ts';
import type { Platform } from '../../../platform/platform.ts';
import { inTransaction } from '../../../platform/postgres/pool.ts';
import { readBrand, writeBrand } from '../../../platform/settings.ts';
import { recordAudit } from '../audit/record.ts';
import { readBrandSettings, writeBrandSettings } from './contract.ts';

/** What somebody holds in the brand's currency, in the words of a language; nothing where it is nothing. */
export type HeldAmounts = (connection: pg.Pool | pg.PoolClient, locale: Locale) => Promise<string[]>;

export const settingsRoutes = ({ pg: pool }: Platform, holders: readonly HeldAmounts[]): Route[] => {
  const amountsIn = async (connection: pg.Pool | pg.PoolClient, locale: Locale): Promise<string[]> => (await Promise.all(holders.map((held) => held(connection, locale)))).flat();
  return [
    route(readBrandSettings, async ({ actor }) => ({ ...(await readBrand(pool)), amounts: await amountsIn(pool, actor.locale) })),
    route(writeBrandSettings, async ({ actor, body: { amountsStay, ...body } }) => {
      const before = await readBrand(pool);
      await inTransaction(pool, async (client) => {
        const amounts = before.currency === body.currency || amountsStay ? [] : await amountsIn(client, actor.locale);
        if (amounts.length > 0) throw conflict('access.currency_held', { from: before.currency, to: body.currency, amounts });
        await writeBrand(client, body);
        await recordAudit(client, { actor, action: 'access.change_brand', subject: 'brand', details: { before, after: body } });
      });
      return body;
    }),
  ];
};
