import type pg from 'pg';
import type { GoalState } from '../contract.ts';

export interface AlertRow {
  alertNo: number;
  itemNo: number;
  period: string;
  openedAt: Date;
  closedAt: Date | null;
  actual: number;
  path: number;
  toldAt: Date | null;
}

const columns = 'alert_no as "alertNo", item_no as "itemNo", period, opened_at as "openedAt", closed_at as "closedAt", actual, path, told_at as "toldAt"';

/** Notes which goals are off their path, and closes what is on it again; what nobody can tell stays as it is. */
export async function noteStates(pool: pg.Pool, states: readonly GoalState[], now: Date): Promise<void> {
  const off = states.filter(({ status, path }) => status === 'off' && path !== null);
  const back = states.filter(({ status }) => status === 'on' || status === 'ahead');
  await pool.query(
    `update goal_alert a set closed_at = $3 from unnest($1::int[], $2::text[]) as b (item_no, period) where a.item_no = b.item_no and a.period = b.period and closed_at is null`,
    [back.map(({ itemNo }) => itemNo), back.map(({ period }) => period), now]);
  await pool.query(
    `insert into goal_alert (item_no, period, actual, path, opened_at) select *, $5 from unnest($1::int[], $2::text[], $3::float8[], $4::float8[])
      on conflict (item_no, period) where closed_at is null do update set actual = excluded.actual, path = excluded.path`,
    [off.map(({ itemNo }) => itemNo), off.map(({ period }) => period), off.map(({ actual }) => Number(actual.value)), off.map(({ path }) => path), now]);
}

/** Every time a goal was off its path, the newest first. */
export async function readAlerts(pool: pg.Pool, itemNo: number): Promise<AlertRow[]> {
  const { rows } = await pool.query<AlertRow>(`select ${columns} from goal_alert where item_no = $1 order by alert_no desc limit 100`, [itemNo]);
  return rows;
}

/** Takes those of the periods under way that nobody was written to about; at most once, because it is noted before. What ended off its path is nobody's news. */
export async function takeUntold(pool: pg.Pool, itemNos: readonly number[], periods: readonly string[], now: Date): Promise<AlertRow[]> {
  const { rows } = await pool.query<AlertRow>(`update goal_alert set told_at = $2 where item_no = any($1::int[]) and period = any($3) and closed_at is null and told_at is null returning ${columns}`, [itemNos, now, periods]);
  return rows;
}
