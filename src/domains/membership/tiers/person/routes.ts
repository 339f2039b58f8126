import type { Locale } from '../../../../kernel/locale.ts';
import { createFormat } from '../../../../kernel/format.ts';
import { route, type Route } from '../../../../platform/http/route.ts';
import type { Platform } from '../../../../platform/platform.ts';
import { readBrand } from '../../../../platform/settings.ts';
import type { Say } from '../../../../platform/i18n.ts';
import { type GrowthLine, listGrowth, readTierOf } from '../../contract/tiers.ts';
import type { MembershipDoors } from '../../part.ts';
import { accountsOf } from '../../points/read-points.ts';
import { tierHistory, tierOf } from './tier-of.ts';

/** Endpoints of one person's tier and growth, each with its reason. */
export function personRoutes({ platform, programme, say }: MembershipDoors): Route[] {
  return [
    route(readTierOf, async ({ params: { customerNo }, actor: { locale } }) => {
      const accounts = await accountsOf(platform, customerNo);
      const [tier, history] = [await tierOf(platform, programme, say, accounts, locale), await tierHistory(platform, programme, say, accounts, locale)];
      return { customerNo: accounts[0], tier, history, computedAt: platform.clock.now().toISOString() };
    }),
    route(listGrowth, async ({ params: { customerNo }, query, actor: { locale } }) => growthOf(platform, await accountsOf(platform, customerNo), query, say, locale)),
  ];
}

interface GrowthRow extends Omit<GrowthLine, 'sentence' | 'occurredAt' | 'recordedAt'> {
  occurredAt: Date;
  recordedAt: Date;
}

/** A page of a person's growth, line by line, the newest first, and what all of it comes to. */
export async function growthOf({ pg }: Pick<Platform, 'pg'>, accounts: readonly number[], { before, limit }: { before?: number | undefined; limit: number }, say: Say, locale: Locale) {
  const [brand, { rows }, { rows: [{ total }] }] = await Promise.all([
    readBrand(pg),
    pg.query<GrowthRow>(
      `select entry_no as "entryNo", kind, amount, occurred_at as "occurredAt", recorded_at as "recordedAt", derivation from growth_entry
        where customer_no = any($1::int[]) and ($2::bigint is null or entry_no < $2) order by entry_no desc limit $3`, [accounts, before ?? null, limit + 1]),
    pg.query<{ total: number }>('select coalesce(sum(amount), 0)::bigint as total from growth_entry where customer_no = any($1::int[])', [accounts]),
  ]);
  const page = rows.slice(0, limit);
  const { money } = createFormat({ locale, timeZone: brand.timeZone, currency: brand.currency });
  return {
    total, next: rows.length > limit ? (page.at(-1)?.entryNo ?? null) : null,
    entries: page.map(({ occurredAt, recordedAt, ...row }) => ({ ...row, occurredAt: occurredAt.toISOString(), recordedAt: recordedAt.toISOString(), sentence: growthSentence(row, money, say, locale) })),
  };
}

function growthSentence({ kind, derivation }: Pick<GrowthLine, 'kind' | 'derivation'>, money: (amount: string) => string, say: Say, locale: Locale): string {
  const { order, orderId, document, base, rate, byMoney, perOrder, activity, reason } = derivation as Record<string, string | number | { amount: number; per: string } | undefined>;
  const of = order ?? orderId ?? document;
  const about = typeof rate === 'object' && base !== undefined ? (Number(perOrder) > 0 && kind === 'order' ? 'withOrder' : 'derived') : of !== undefined ? 'document' : 'plain';
  const per = typeof rate === 'object' ? rate : undefined;
  return say(locale, 'membership', `tiers.growth.${kind}.${kind === 'order' || kind === 'refund' ? about : 'plain'}`, { order: of, base: typeof base === 'string' ? money(base) : base, amount: per?.amount, per: per && money(per.per), byMoney, perOrder, activity, reason });
}
