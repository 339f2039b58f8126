import { route, type Route } from '../../../platform/http/route.ts';
import type { Platform } from '../../../platform/platform.ts';
import { inTransaction } from '../../../platform/postgres/pool.ts';
import { readBrand, writeBrand } from '../../../platform/settings.ts';
import { recordAudit } from '../audit/record.ts';
import { readBrandSettings, writeBrandSettings } from './contract.ts';

export const settingsRoutes = ({ pg }: Platform): Route[] => [
  route(readBrandSettings, async () => readBrand(pg)),
  route(writeBrandSettings, async ({ actor, body }) => {
    const before = await readBrand(pg);
    await inTransaction(pg, async (client) => {
      await writeBrand(client, body);
      await recordAudit(client, { actor, action: 'access.change_brand', subject: 'brand', details: { before, after: body } });
    });
    return body;
  }),
];
