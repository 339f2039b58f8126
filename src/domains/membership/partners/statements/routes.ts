import { Readable } from 'node:stream';
import { rawRoute, route, type Route } from '../../../../platform/http/route.ts';
import { sendCsv } from '../../../../platform/http/csv-reply.ts';
import type { Say } from '../../../../platform/i18n.ts';
import { recordAudit } from '../../../access/public.ts';
import {
  comparePartnerStatement, decidePartnerDifference, exportPartnerStatement, listPartnerComparisons, listPartnerDifferences, listPartnerEntries, readPartnerLedger, readPartnerStatement, settlePartnerMonth,
} from '../../contract/partner-statements.ts';
import type { PackDoors } from '../packs/doors.ts';
import { todayOf } from '../packs/keep-contracts.ts';
import { keyOf } from '../packs/once.ts';
import { demandPartner } from '../pipeline/read-partners.ts';
import { compareStatement, readComparisons } from './comparisons.ts';
import { decideDifference, readDifferences } from './differences.ts';
import { readLedger, settleMonth } from './months.ts';
import { periodOf, readEntries, readStatement, type StatementLine, statementLines } from './statement.ts';

const columns = ['line', 'day', 'at', 'kind', 'pack', 'reference', 'codeEnd', 'units', 'amount', 'currency'] as const satisfies readonly (keyof StatementLine)[];
const pageOf = ({ page, pageSize }: { page: number; pageSize: number }) => ({ limit: pageSize, offset: (page - 1) * pageSize });

async function* jsonLines(lines: AsyncIterable<StatementLine>): AsyncGenerator<string> {
  let before = '[';
  for await (const line of lines) {
    yield `${before}\n${JSON.stringify(line)}`;
    before = ',';
  }
  yield before === '[' ? '[]\n' : '\n]\n';
}

/** Endpoints of a partner's ledger, its statements, and what comes of comparing them. */
export function statementRoutes(doors: PackDoors, say: Say): Route[] {
  const { platform } = doors;
  return [
    route(listPartnerEntries, ({ params: { partnerId }, query }) => readEntries(platform, partnerId, { kind: query.kind, ...pageOf(query) })),
    route(readPartnerLedger, ({ params: { partnerId } }) => readLedger(platform, partnerId)),
    route(settlePartnerMonth, ({ params: { partnerId }, body: { key, ...body }, actor }) => {
      const audit = () => ({ actor, action: 'membership.partner_settled', subject: `partner:${partnerId}`, details: body });
      return settleMonth(doors, { key: keyOf(actor, key), by: actor.name, at: platform.clock.now(), audit }, partnerId, body);
    }),
    route(readPartnerStatement, ({ params: { partnerId }, query }) => readStatement(platform, partnerId, query)),
    rawRoute(exportPartnerStatement, async ({ params: { partnerId }, query: { format, ...asked }, actor, reply }) => {
      await demandPartner(platform.pg, partnerId);
      const { from, to } = periodOf(asked, await todayOf(platform));
      await recordAudit(platform.pg, { actor, action: 'membership.partner_statement_exported', subject: `partner:${partnerId}`, details: { from, to, format } });
      const lines = statementLines(platform.pg, partnerId, { from, to });
      const fileName = `partner-${partnerId}-${from}-${to}`;
      if (format === 'json') {
        return reply.header('content-type', 'application/json; charset=utf-8').header('content-disposition', `attachment; filename="${fileName}.json"`).header('cache-control', 'no-store')
          .send(Readable.from(jsonLines(lines), { objectMode: false }));
      }
      const cells = async function* () {
        for await (const line of lines) yield columns.map((column) => line[column]);
      };
      return sendCsv(reply, `${fileName}.csv`, columns.map((column) => say(actor.locale, 'membership', `partners.statement.column.${column}`)), cells());
    }),
    route(listPartnerComparisons, async ({ params: { partnerId }, query }) => {
      await demandPartner(platform.pg, partnerId);
      return { ...(await readComparisons(platform, { partnerId, ...pageOf(query) })), computedAt: platform.clock.now().toISOString() };
    }),
    route(comparePartnerStatement, async ({ params: { partnerId }, body, actor }) => {
      const comparisonId = await compareStatement(doors, partnerId, body, actor);
      const { rows: [comparison] } = await readComparisons(platform, { comparisonId, limit: 1, offset: 0 });
      return comparison;
    }),
    route(listPartnerDifferences, ({ params: { comparisonId }, query }) => readDifferences(platform, comparisonId, { kind: query.kind, state: query.state, ...pageOf(query) })),
    route(decidePartnerDifference, async ({ params: { differenceNo }, body, actor }) => ({ version: await decideDifference(doors, differenceNo, body, actor) })),
  ];
}
