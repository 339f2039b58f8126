import type pg from 'pg';

export interface ChainState {
  rows: number;
  /** The first row that was changed, put in, or stands after a gap; null when the chain holds. */
  firstBadSeq: number | null;
  /** The newest row's hash as hex; empty for an empty log. */
  head: string;
}

/** Computes every hash of the audit log again, in one statement and one snapshot, and compares. */
export async function verifyAudit(pool: pg.Pool): Promise<ChainState> {
  const { rows } = await pool.query<{ rows: number; firstBadSeq: number | null; head: string | null }>(
    `with chained as (
       select seq, hash, lag(seq, 1, 0::bigint) over newer as previous_seq,
              audit_hash(lag(hash, 1, '\\x'::bytea) over newer, audit_log) as expected
         from audit_log window newer as (order by seq))
     select count(*) as rows,
            min(seq) filter (where hash is distinct from expected or seq <> previous_seq + 1) as "firstBadSeq",
            (select encode(hash, 'hex') from audit_log order by seq desc limit 1) as head
       from chained`);
  return { rows: rows[0].rows, firstBadSeq: rows[0].firstBadSeq, head: rows[0].head ?? '' };
}
