import type { Platform } from '../../../../platform/platform.ts';
import { replaceRows } from '../../copies/replace-rows.ts';

const numbersAtOnce = 200_000;

/** A row for each number that was given or used anything. */
const rowsSql = `with counted as (
    select customer_no, (state = 'given' and taken_back_at is null)::int as granted, (used_at is not null or is_spent)::int as used, case when is_spent then occurred_at else used_at end as at,
      (state = 'given' and taken_back_at is null and used_at is null and not is_spent and (expires_at is null or expires_at > $3))::int as unused
    from benefit_grant where customer_no > $1 and customer_no <= $2
    union all
    select customer_no, 0, 1, used_at, 0 from benefit_use where customer_no > $1 and customer_no <= $2 and grant_no is null and undone_at is null)
  select customer_no, sum(granted)::int as granted, sum(used)::int as used, sum(unused)::int as unused, to_char(max(at) at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.MS') as last_used_at
    from counted group by customer_no`;

/** What each grant and each use cost, as pages of benefits count it: gifts when they are given, what a tier brings when it is used. */
const costsSql = `select customer_no, benefit_id, cost::text as cost, to_char(occurred_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.MS') as occurred_at
    from benefit_grant where customer_no > $1 and customer_no <= $2 and state = 'given' and taken_back_at is null and cost <> 0
  union all select customer_no, benefit_id, cost::text, to_char(used_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.MS')
    from benefit_use where customer_no > $1 and customer_no <= $2 and grant_no is null and undone_at is null and cost <> 0`;

/** Copies to ClickHouse what everybody was given and used, for rules of audiences, and what it cost, for reports. */
export async function copyBenefits({ pg: pool, clickhouse, clock }: Pick<Platform, 'pg' | 'clickhouse' | 'clock'>): Promise<void> {
  const { rows: [{ last }] } = await pool.query<{ last: number }>('select greatest((select max(customer_no) from benefit_grant), (select max(customer_no) from benefit_use), 0)::int as last');
  const inParts = async function* (sql: string, ...more: unknown[]): AsyncGenerator<object[]> {
    for (let after = 0; after < last; after += numbersAtOnce) yield (await pool.query<object>(sql, [after, after + numbersAtOnce, ...more])).rows;
  };
  await replaceRows(clickhouse, 'member_benefit', inParts(rowsSql, clock.now()));
  await replaceRows(clickhouse, 'benefit_cost', inParts(costsSql));
  // Whoever keeps answers goes by tickets of copies.
  await pool.query("select nextval('customer_copy_ticket')");
}

const writtenSql = "select coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0)::text as written from pg_stat_user_tables where relname in ('benefit_grant', 'benefit_use')";
/** Time alone ends what was given: so often it is copied all the same. */
const longestMs = 3_600_000;
/** Copying takes one part in twenty of the time at most. */
const restFactor = 20;

/** A look: copies where anything was written since the last copy, or an hour passed, and it has rested long enough. */
export function createBenefitCopies(platform: Pick<Platform, 'pg' | 'clickhouse' | 'clock'>): () => Promise<void> {
  let seen = '0';
  let copiedAt = -Infinity;
  let restsUntil = -Infinity;
  return async () => {
    const began = performance.now();
    const { rows: [{ written }] } = await platform.pg.query<{ written: string }>(writtenSql);
    const isOld = began - copiedAt > longestMs && written !== '0';
    if (began < restsUntil || (written === seen && !isOld)) return;
    await copyBenefits(platform);
    seen = written;
    copiedAt = performance.now();
    restsUntil = copiedAt + restFactor * (copiedAt - began);
  };
}
