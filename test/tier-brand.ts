import type pg from 'pg';

/** A number of members who joined at a moment, with nothing else of theirs. */
export async function addMembers(
  pool: pg.Pool,
  customerNos: readonly number[],
  joinedAt: string,
  versionNo = 1,
): Promise<void> {
  await pool.query(
    'insert into customer (customer_no, created_at) select n, $2 from unnest($1::int[]) n on conflict do nothing',
    [customerNos, joinedAt],
  );
  await pool.query(
    `insert into member (customer_no, joined_at, joined_by, tier, tier_since, cycle_start, version_no) select n, $2, 'staff', 'silver', $2, $2, $3 from unnest($1::int[]) n`,
    [customerNos, joinedAt, versionNo],
  );
}

let made = 0;

/** Growth as whoever reckons orders writes it: and the member is due. */
export async function grow(pool: pg.Pool, customerNo: number, amount: number, at: string, knownAt = at): Promise<void> {
  await pool.query(
    `insert into growth_entry (customer_no, amount, kind, occurred_at, recorded_at, entry_key, derivation) values ($1, $2, $3, $4, $5, $6, '{}')`,
    [customerNo, amount, amount < 0 ? 'refund' : 'order', at, knownAt, `test ${process.pid} ${++made}`],
  );
  await pool.query('update member set due_at = least(due_at, $2) where customer_no = $1', [customerNo, knownAt]);
}
