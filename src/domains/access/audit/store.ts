import type pg from 'pg';

export interface AuditFilter {
  q?: string;
  action?: string[];
  from?: string;
  to?: string;
}

export interface AuditRow {
  seq: number;
  at: Date;
  actorKind: 'staff' | 'token' | 'system';
  actorId: number;
  actorName: string;
  action: string;
  subject: string;
  details: Record<string, unknown>;
}

const columns = `seq, at, actor_kind as "actorKind", actor_id as "actorId", actor_name as "actorName", action, subject, details`;

const matches = `($1::text is null or position(lower($1) in lower(subject)) > 0 or position(lower($1) in lower(actor_name)) > 0)
  and ($2::text[] is null or action = any($2))
  and ($3::timestamptz is null or at >= $3) and ($4::timestamptz is null or at < $4)`;

const valuesOf = (filter: AuditFilter): unknown[] => [filter.q || null, filter.action ?? null, filter.from ?? null, filter.to ?? null];

/** One page of the log in the order of its chain, and how many rows match. */
export async function pageOfAudit(pool: pg.Pool, filter: AuditFilter, page: number, pageSize: number, newestFirst: boolean): Promise<{ rows: AuditRow[]; total: number }> {
  const [counted, found] = await Promise.all([
    pool.query<{ total: number }>(`select count(*) as total from audit_log where ${matches}`, valuesOf(filter)),
    pool.query<AuditRow>(`select ${columns} from audit_log where ${matches} order by seq ${newestFirst ? 'desc' : 'asc'} limit $5 offset $6`,
      [...valuesOf(filter), pageSize, (page - 1) * pageSize]),
  ]);
  return { rows: found.rows, total: counted.rows[0].total };
}

/** The next matching rows after a row, for reading the whole log in steps. */
export async function auditAfter(pool: pg.Pool, filter: AuditFilter, afterSeq: number, limit: number): Promise<AuditRow[]> {
  const { rows } = await pool.query<AuditRow>(`select ${columns} from audit_log where ${matches} and seq > $5 order by seq limit $6`, [...valuesOf(filter), afterSeq, limit]);
  return rows;
}

/** Every action that occurs, found by leaps through the index instead of reading every row. */
export async function auditActions(pool: pg.Pool): Promise<string[]> {
  const { rows } = await pool.query<{ action: string }>(
    `with recursive leap as (
       (select action from audit_log order by action limit 1)
       union all
       select (select next.action from audit_log next where next.action > leap.action order by next.action limit 1) from leap where leap.action is not null)
     select action from leap where action is not null`);
  return rows.map((row) => row.action);
}
