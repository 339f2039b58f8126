import { sendCsv } from '../../../platform/http/csv-reply.ts';
import { rawRoute, route, type Route } from '../../../platform/http/route.ts';
import type { Platform } from '../../../platform/platform.ts';
import { exportAudit, listAudit, listAuditActions, verifyAuditChain } from './contract.ts';
import { auditCells, auditHeadings } from './export.ts';
import { recordAudit } from './record.ts';
import { auditActions, auditAfter, pageOfAudit } from './store.ts';
import { verifyAudit } from './verify.ts';

export const auditRoutes = ({ pg, clock }: Platform): Route[] => [
  route(listAudit, async ({ query }) => {
    const { rows, total } = await pageOfAudit(pg, query, query.page, query.pageSize, query.sort !== 'seq');
    return { rows: rows.map((row) => ({ ...row, at: row.at.toISOString() })), total, computedAt: clock.now().toISOString() };
  }),
  route(listAuditActions, async () => ({ actions: await auditActions(pg) })),
  rawRoute(exportAudit, async ({ actor, query, reply }) => {
    const { q, ...filter } = query;
    // What was searched for may be a person, and stays in the log for ever.
    await recordAudit(pg, { actor, action: 'access.export_audit', subject: 'audit', details: { ...filter, isSearch: q !== undefined } });
    const fileName = `audit-${clock.now().toISOString().slice(0, 10)}.csv`;
    return sendCsv(reply, fileName, auditHeadings, auditCells(query, (wanted, afterSeq, limit) => auditAfter(pg, wanted, afterSeq, limit)));
  }),
  route(verifyAuditChain, async ({ actor }) => {
    const state = await verifyAudit(pg);
    await recordAudit(pg, { actor, action: 'access.verify_audit', subject: 'audit', details: { ...state } });
    return { ...state, computedAt: clock.now().toISOString() };
  }),
];
