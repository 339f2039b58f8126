import type { AuditFilter, AuditRow } from './store.ts';

const rowsAtOnce = 2_000;

export const auditHeadings = ['seq', 'at', 'actor_kind', 'actor_id', 'actor_name', 'action', 'subject', 'details'];

/** The log as cells of a file, read some thousand rows at a time; `read` gives the rows after a row. */
export async function* auditCells(filter: AuditFilter, read: (filter: AuditFilter, afterSeq: number, limit: number) => Promise<AuditRow[]>): AsyncGenerator<(string | number)[]> {
  for (let afterSeq = 0; ;) {
    const rows = await read(filter, afterSeq, rowsAtOnce);
    if (rows.length === 0) return;
    for (const r of rows) yield [r.seq, r.at.toISOString(), r.actorKind, r.actorId, r.actorName, r.action, r.subject, JSON.stringify(r.details)];
    afterSeq = rows[rows.length - 1].seq;
  }
}
