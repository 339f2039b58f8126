import type pg from 'pg';
import { conflict } from '../../../../kernel/problem.ts';
import type { Platform } from '../../../../platform/platform.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import type { TierKeeper } from '../keep/keeper.ts';

export type Verdict = 'drop' | 'keep';
export interface Decision {
  verdict: Verdict;
  reason: string;
  by: string;
}
/** A decision about everybody who waited when it was made, while it is being carried out. */
export interface RunningDecision extends Decision {
  beganAt: Date;
  people: number;
  decided: number;
}

const decidedAtOnce = 2_000;

/** Makes drops that wait, or keeps the tiers all the same; returns how many were decided. */
export async function decideAbout(client: pg.PoolClient, keeper: TierKeeper, customerNos: readonly number[], { verdict, reason, by }: Decision, now: Date): Promise<number> {
  const { rows } = await client.query<{ no: number; tier: string }>('select customer_no as no, tier from member where customer_no = any($1::int[])', [customerNos]);
  const before = new Map(rows.map(({ no, tier }) => [no, tier]));
  const looked = await keeper.decide(client, customerNos, verdict);
  await client.query(
    `insert into tier_decision (customer_no, verdict, reason, decided_by, decided_at, from_tier, to_tier)
      select no, $4, $5, $6, $7, from_tier, to_tier from unnest($1::int[], $2::text[], $3::text[]) as d (no, from_tier, to_tier)`,
    [looked.map(({ row }) => row.customerNo), looked.map(({ row, standing }) => before.get(row.customerNo) ?? standing.life.shown), looked.map(({ standing }) => standing.life.shown), verdict, reason, by, now]);
  return looked.length;
}

/** Begins a decision about all who wait; one at a time. Returns how many they are. */
export async function beginDecision(client: pg.PoolClient, { verdict, reason, by }: Decision, now: Date): Promise<number> {
  const { rows: [row] } = await client.query<{ people: number }>(
    `insert into tier_decision_run (verdict, reason, decided_by, began_at, people)
      select $1, $2, $3, $4, count(*) from member where awaiting_since <= $4 and left_at is null on conflict do nothing returning people`, [verdict, reason, by, now]);
  if (!row) throw conflict('membership.review_is_decided');
  return row.people;
}

/** What is being carried out now; null where nothing is. */
export async function runningDecision(pool: pg.Pool): Promise<RunningDecision | null> {
  const { rows } = await pool.query<RunningDecision>(
    'select verdict, reason, decided_by as by, began_at as "beganAt", people, decided from tier_decision_run where ended_at is null');
  return rows.at(0) ?? null;
}

/** Carries out some thousand of a decision about all; returns true while there is more of it. Stopped at any moment it goes on from where it was. */
export function carryOutDecision({ pg: pool, clock }: Pick<Platform, 'pg' | 'clock'>, keeper: TierKeeper): Promise<boolean> {
  return inTransaction(pool, async (client) => {
    const { rows: [run] } = await client.query<Decision & { runNo: number; position: number; beganAt: Date }>(
      'select run_no as "runNo", verdict, reason, decided_by as by, position, began_at as "beganAt" from tier_decision_run where ended_at is null for update skip locked');
    if (!run) return false;
    // Whoever came to wait since was not decided about.
    const { rows } = await client.query<{ customerNo: number }>(
      `select customer_no as "customerNo" from member where awaiting_since <= $1 and left_at is null and customer_no > $2 order by customer_no limit ${decidedAtOnce}`, [run.beganAt, run.position]);
    const decided = await decideAbout(client, keeper, rows.map(({ customerNo }) => customerNo), run, clock.now());
    const isMore = rows.length === decidedAtOnce;
    await client.query('update tier_decision_run set decided = decided + $2, position = $3, ended_at = $4 where run_no = $1', [run.runNo, decided, rows.at(-1)?.customerNo ?? run.position, isMore ? null : clock.now()]);
    return isMore;
  });
}
