import type pg from 'pg';
import type { Locale } from '../../../../kernel/locale.ts';
import type { GoesTo } from '../../contract/mailings.ts';

type Connection = pg.Pool | pg.PoolClient;

export interface NewOccasion {
  mailingNo: number | null;
  planNo: number;
  /** Null is the director's page. */
  reportNo: number | null;
  replaces: number | null;
  dueAt: Date;
  locale: Locale;
  goesTo: GoesTo | null;
  state: 'making' | 'missed';
  isLate: boolean;
  by: string;
}

/** Notes that something is to be made, or that it was too late for it. A moment of a mailing is noted once. */
export async function noteOccasion(client: pg.PoolClient, { mailingNo, planNo, reportNo, replaces, dueAt, locale, goesTo, state, isLate, by }: NewOccasion, now: Date): Promise<number | null> {
  const { rows: [noted] } = await client.query<{ occasionNo: number }>(
    `insert into plan_occasion (mailing_no, plan_no, report_no, replaces, due_at, locale, goes_to, state, is_late, asked_by, try_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
      on conflict (mailing_no, due_at) do nothing returning occasion_no::int as "occasionNo"`, [mailingNo, planNo, reportNo, replaces, dueAt, locale, goesTo && JSON.stringify(goesTo), state, isLate, by, now]);
  return noted?.occasionNo ?? null;
}

export interface Occasion extends Omit<NewOccasion, 'state'> {
  occasionNo: number;
  failures: number;
}

/** As long as making it may take: whoever took it longer ago is dead, and another takes it. What leaves is noted with its end, once. */
const holdMinutes = 10;

/** Takes what is to be made. */
export async function holdOccasion(pool: pg.Pool, now: Date): Promise<Occasion | null> {
  const { rows: [held] } = await pool.query<Occasion>(
    `update plan_occasion set try_at = $1::timestamptz + interval '${holdMinutes} minutes' where occasion_no = (select occasion_no from plan_occasion where state = 'making' and try_at <= $1 order by try_at, occasion_no limit 1 for update skip locked)
      returning occasion_no::int as "occasionNo", mailing_no as "mailingNo", plan_no as "planNo", report_no as "reportNo", replaces, due_at as "dueAt", locale, goes_to as "goesTo", is_late as "isLate", failures, asked_by as by`, [now]);
  return held ?? null;
}

/** Ends what was made, within the transaction that notes what leaves; false where somebody else has. */
export async function endOccasion(client: pg.PoolClient, occasionNo: number, problem: string | null = null): Promise<boolean> {
  const { rowCount } = await client.query("update plan_occasion set state = case when $2::text is null then 'made' else 'failed' end, problem = $2 where occasion_no = $1 and state = 'making'", [occasionNo, problem]);
  return rowCount === 1;
}

/** Minutes until it is tried again; after the last it has failed. */
const waits = [1, 5, 30, 120];

/** Notes a failure; true where it was the last. */
export async function noteFailure(connection: Connection, { occasionNo, failures }: Occasion, problem: string, isHopeless: boolean, now: Date): Promise<boolean> {
  const wait = isHopeless ? undefined : waits[failures];
  await connection.query("update plan_occasion set failures = failures + 1, problem = $2, state = $3, try_at = $4 where occasion_no = $1 and state = 'making'", [occasionNo, problem, wait === undefined ? 'failed' : 'making', new Date(now.getTime() + (wait ?? 0) * 60_000)]);
  return wait === undefined;
}
