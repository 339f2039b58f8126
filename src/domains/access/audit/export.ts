import { csvByteOrderMark, csvLine } from '../../../kernel/csv.ts';
import type { AuditFilter, AuditRow } from './store.ts';

const rowsAtOnce = 2_000;

/** The log as the text of a CSV file, in parts of some thousand rows; `read` gives the rows after a row. */
export async function* auditCsv(filter: AuditFilter, read: (filter: AuditFilter, afterSeq: number, limit: number) => Promise<AuditRow[]>): AsyncGenerator<string> {
  yield csvByteOrderMark + csvLine(['seq', 'at', 'actor_kind', 'actor_id', 'actor_name', 'action', 'subject', 'details']);
  for (let afterSeq = 0; ;) {
    const rows = await read(filter, afterSeq, rowsAtOnce);
    if (rows.length === 0) return;
    yield rows.map((r) => csvLine([r.seq, r.at.toISOString(), r.actorKind, r.actorId, r.actorName, r.action, r.subject, JSON.stringify(r.details)])).join('');
    afterSeq = rows[rows.length - 1].seq;
  }
}
