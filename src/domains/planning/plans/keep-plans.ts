import type pg from 'pg';
import type { z } from 'zod';
import type { Actor } from '../../../kernel/actor.ts';
import { notFound } from '../../../kernel/problem.ts';
import type { Platform } from '../../../platform/platform.ts';
import { inTransaction } from '../../../platform/postgres/pool.ts';
import { recordAudit } from '../../access/public.ts';
import type { createPlan, editPlan, Plan } from '../contract.ts';
import type { PlanningDoors } from '../part.ts';
import { refuseOtherChart } from '../positions/carry-roles.ts';
import { readPlans } from './read-plans.ts';

/** Throws `planning.plan_not_found`. */
export async function requirePlan(connection: pg.Pool | pg.PoolClient, planNo: number): Promise<Plan> {
  const [plan] = await readPlans(connection, planNo);
  if (!plan) throw notFound('planning.plan_not_found', { planNo });
  return plan;
}

/** Begins a plan; the first one is the current one. */
export const beginPlan = ({ pg: pool, clock }: Platform, said: z.output<NonNullable<typeof createPlan.body>>, actor: Actor): Promise<Plan> =>
  inTransaction(pool, (client) => beginPlanIn(client, said, actor, clock.now()));

/** Begins a plan within a transaction of the caller's. */
export async function beginPlanIn(client: pg.PoolClient, said: z.output<NonNullable<typeof createPlan.body>>, actor: Actor, at: Date): Promise<Plan> {
  // Two first plans at once would both be the current one.
  await client.query("select pg_advisory_xact_lock(hashtext('planning.current'))");
  const { rows: [{ planNo }] } = await client.query<{ planNo: number }>(
    `insert into plan (name, starts_on, years, is_current, created_at, created_by)
      values ($1, $2, $3, not exists (select from plan where is_current), $4, $5) returning plan_no as "planNo"`,
    [said.name, said.startsOn, said.years, at, actor.name]);
  await recordAudit(client, { actor, action: 'planning.begin_plan', subject: `plan:${planNo}`, details: said });
  return requirePlan(client, planNo);
}

export function changePlan({ platform: { pg: pool }, rolesByChart }: Pick<PlanningDoors, 'platform' | 'rolesByChart'>, planNo: number, said: z.output<NonNullable<typeof editPlan.body>>, actor: Actor): Promise<Plan> {
  return inTransaction(pool, async (client) => {
    await client.query("select pg_advisory_xact_lock(hashtext('planning.current'))");
    await requirePlan(client, planNo);
    if (said.isCurrent) await refuseOtherChart(client, rolesByChart, planNo, actor);
    if (said.isCurrent) await client.query('update plan set is_current = false where is_current and plan_no <> $1', [planNo]);
    await client.query('update plan set name = coalesce($2, name), is_current = is_current or $3 where plan_no = $1', [planNo, said.name ?? null, said.isCurrent ?? false]);
    await recordAudit(client, { actor, action: 'planning.edit_plan', subject: `plan:${planNo}`, details: said });
    return requirePlan(client, planNo);
  });
}
