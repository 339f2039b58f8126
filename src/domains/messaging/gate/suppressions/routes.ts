import { Readable } from 'node:stream';
import { csvLine } from '../../../../kernel/csv.ts';
import { notFound, Problem } from '../../../../kernel/problem.ts';
import { rawRoute, route, type Route } from '../../../../platform/http/route.ts';
import type { Platform } from '../../../../platform/platform.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import { recordAudit } from '../../../access/public.ts';
import type { Vault } from '../../../customers/public.ts';
import { addSuppression, exportSuppressions, importSuppressions, listSuppressions, removeSuppression } from '../../contract/suppressions.ts';
import { exportLines, listPage } from './list.ts';
import { addressOf, addSuppressions, type NewSuppression } from './store.ts';

/** The list of those that nothing goes to. */
export function suppressionRoutes(platform: Platform, vault: Vault): Route[] {
  const { pg, clock } = platform;
  return [
    route(listSuppressions, async ({ query }) => ({ ...(await listPage(pg, vault, query)), computedAt: clock.now().toISOString() })),
    route(addSuppression, ({ body: { whom, channel, stopsService }, actor }) => inTransaction(pg, async (client) => {
      const address = 'kind' in whom ? addressOf(vault, whom.kind, whom.value) : null;
      if (address === undefined) throw new Problem('messaging.no_such_address', { fields: [{ path: 'body.whom.value', code: 'invalid' }] });
      if ('customerNo' in whom) {
        const { rowCount } = await client.query('select 1 from customer where customer_no = $1 and status <> 2', [whom.customerNo]);
        if (rowCount === 0) throw notFound('messaging.nobody', { customerNo: whom.customerNo });
      }
      const entry: NewSuppression = { reason: 'by_hand', channel, stopsService, customerNo: 'customerNo' in whom ? whom.customerNo : null, address };
      const added = await addSuppressions(client, [entry], actor.name, clock.now());
      await recordAudit(client, { actor, action: 'messaging.suppress', subject: 'customerNo' in whom ? `customer:${whom.customerNo}` : 'suppressions', details: { channel, stopsService, isNew: added > 0 } });
      return { added: added > 0 };
    })),
    route(removeSuppression, ({ params: { suppressionNo }, actor }) => inTransaction(pg, async (client) => {
      const { rows } = await client.query<{ customerNo: number | null; reason: string }>('delete from send_suppression where suppression_no = $1 returning customer_no as "customerNo", reason', [suppressionNo]);
      if (rows.length === 0) throw notFound('messaging.no_suppression', { suppressionNo });
      const [{ customerNo, reason }] = rows;
      await recordAudit(client, { actor, action: 'messaging.lift_suppression', subject: customerNo === null ? `suppression:${suppressionNo}` : `customer:${customerNo}`, details: { reason } });
    })),
    route(importSuppressions, ({ body: { kind, values, channel, stopsService }, actor }) => inTransaction(pg, async (client) => {
      const addresses = values.map((value) => addressOf(vault, kind, value));
      const entries = addresses.flatMap((address): NewSuppression[] => (address ? [{ reason: 'imported', channel, stopsService, customerNo: null, address }] : []));
      const added = await addSuppressions(client, entries, actor.name, clock.now());
      await recordAudit(client, { actor, action: 'messaging.import_suppressions', subject: 'suppressions', details: { kind, channel, stopsService, added } });
      return { added, known: entries.length - added, wrongLines: addresses.flatMap((address, index) => (address ? [] : [index + 1])) };
    })),
    rawRoute(exportSuppressions, async ({ actor, reply }) => {
      await recordAudit(pg, { actor, action: 'messaging.export_suppressions', subject: 'suppressions' });
      return reply.type('text/csv; charset=utf-8').header('content-disposition', 'attachment; filename="suppressions.csv"').send(Readable.from(lines(platform, vault)));
    }),
  ];
}

async function* lines({ pg }: Platform, vault: Vault): AsyncGenerator<string> {
  yield `\uFEFF${csvLine(['kind', 'value', 'customerNo', 'channel', 'stopsService', 'reason', 'addedAt', 'addedBy'])}`;
  for await (const cells of exportLines(pg, vault)) yield csvLine(cells);
}
