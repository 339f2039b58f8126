import type pg from 'pg';
import type { z } from 'zod';
import { type Actor, actorKey, may, systemActor } from '../../../../kernel/actor.ts';
import { parseDecimal } from '../../../../kernel/decimal.ts';
import { conflict, forbidden, notFound } from '../../../../kernel/problem.ts';
import type { Platform } from '../../../../platform/platform.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import { recordAudit } from '../../../access/public.ts';
import { type BudgetChange, type decideBudgetChanges, overCaps } from '../../contract.ts';
import { lockPlan } from '../../items/changes.ts';
import { demandByHand, demandLine, type LineRow, type Sight } from './store.ts';
import { writeVersion } from './versions.ts';

interface Wanted {
  lineNo: number;
  cap: string;
  overCap: LineRow['overCap'];
  reason: string;
}

/** Keeps what is asked for until a second person decides. */
export async function askFor(client: pg.PoolClient, wanted: readonly Wanted[], actor: Actor, at: Date): Promise<number[]> {
  const { rows } = await client.query<{ changeNo: number }>(
    `insert into budget_change (line_no, cap, over_cap, reason, asked_at, asked_by, asked_actor, state)
      select n.*, $5, $6, $7, 'open' from unnest($1::int[], $2::numeric[], $3::text[], $4::text[]) as n returning change_no as "changeNo"`,
    [wanted.map(({ lineNo }) => lineNo), wanted.map(({ cap }) => cap), wanted.map(({ overCap }) => overCap), wanted.map(({ reason }) => reason), at, actor.name, actorKey(actor)]);
  return rows.map(({ changeNo }) => changeNo);
}

/** The changes of lines that wait for somebody. */
export async function askedOf(client: pg.PoolClient, lineNos: readonly number[]): Promise<number[]> {
  const { rows } = await client.query<{ changeNo: number }>(`select change_no as "changeNo" from budget_change where line_no = any($1::int[]) and state = 'open'`, [lineNos]);
  return rows.map(({ changeNo }) => changeNo);
}

const exact = (text: string): bigint => parseDecimal(text) ?? 0n;
const isStricter = (line: LineRow, { cap, overCap }: Pick<Wanted, 'cap' | 'overCap'>): boolean => exact(cap) <= exact(line.cap) && overCaps.indexOf(overCap) <= overCaps.indexOf(line.overCap);

/** Puts a cap in force. A line that stops gets no cap below what it holds, but for one that it is over already: that is raised as far as was asked, or begins to stop. */
export async function putInForce(client: pg.PoolClient, line: LineRow, { cap, overCap }: Pick<Wanted, 'cap' | 'overCap'>): Promise<void> {
  if (overCap === 'stop' && exact(cap) < exact(line.cap) && exact(line.reserved) + exact(line.committed) + exact(line.spent) > exact(cap)) throw conflict('planning.budget_below_held', { name: line.name });
  await client.query("update budget_line set cap = $2, over_cap = $3, overrun = case when $3 = 'stop' then greatest(0, reserved + committed + spent - $2::numeric) else 0 end, version = version + 1 where line_no = $1", [line.lineNo, cap, overCap]);
}

/** What is stricter takes nobody else; anything else waits for a second person. */
export function askChange({ pg: pool, clock }: Platform, sight: Sight, wanted: Wanted, actor: Actor): Promise<{ changeNo: number; isInForce: boolean }> {
  return inTransaction(pool, async (client) => {
    await lockPlan(client, sight.planNo);
    const line = await demandLine(client, sight, wanted.lineNo, 'for update of l');
    if (line.isClosed) throw conflict('planning.budget_line_closed', { lineNo: line.lineNo });
    demandByHand(line);
    if (line.openChangeNo !== null) throw conflict('planning.budget_change_open', { name: line.name });
    const [changeNo] = await askFor(client, [wanted], actor, clock.now());
    const isInForce = isStricter(line, wanted);
    if (isInForce) {
      await putInForce(client, line, wanted);
      await settle(client, [changeNo], 'approved', '', actor, clock.now());
      await writeVersion(client, sight.planNo, [changeNo], clock.now(), actor.name);
    }
    await recordAudit(client, { actor, action: 'planning.ask_budget_change', subject: `budget_line:${line.lineNo}`, details: { cap: wanted.cap, overCap: wanted.overCap, reason: wanted.reason, isInForce } });
    return { changeNo, isInForce };
  });
}

/** Ends changes that waited. */
export const settle = (client: pg.PoolClient, changeNos: readonly number[], state: 'approved' | 'refused', note: string, actor: Actor, at: Date) => client.query(
  'update budget_change set state = $2, decided_note = $3, decided_at = $4, decided_by = $5 where change_no = any($1::int[])', [changeNos, state, note, at, actor.name]);

type Decision = z.output<NonNullable<(typeof decideBudgetChanges)['body']>>;

/** Whether somebody changed positions or their cost since the cap of a line that follows them was approved last: then what is asked for it is also theirs. */
async function hasBroughtAbout(client: pg.PoolClient, changeNos: readonly number[], actor: Actor): Promise<boolean> {
  const { rowCount } = await client.query(
    `select from budget_change c join budget_line l using (line_no) where c.change_no = any($1::int[]) and c.asked_actor = $4 and exists (
        select from plan_change p join plan_item i using (item_no) where p.plan_no = l.plan_no and coalesce(p.by_actor = $2, p.by_name = $3) and i.kind in ('position', 'position_cost')
          and p.at >= coalesce((select max(decided_at) from budget_change before where before.line_no = l.line_no and before.state = 'approved'), '-infinity')) limit 1`,
    [changeNos, actorKey(actor), actor.name, actorKey(systemActor)]);
  return rowCount !== 0;
}

/** All of them or none: a version of the budget is what one person approved at one time. */
export const decideChanges = ({ pg: pool, clock }: Platform, sight: Sight, decision: Decision, actor: Actor): Promise<{ versionNo: number | null }> =>
  inTransaction(pool, (client) => decideChangesIn(client, sight, decision, actor, clock.now()));

/** Decides within a transaction of the caller's. */
export async function decideChangesIn(client: pg.PoolClient, sight: Sight, { changeNos, isApproved, reason }: Decision, actor: Actor, at: Date): Promise<{ versionNo: number | null }> {
  await lockPlan(client, sight.planNo);
  const { rows } = await client.query<Wanted & { changeNo: number; askedActor: string }>(
    `select change_no as "changeNo", line_no as "lineNo", c.cap, c.over_cap as "overCap", reason, asked_actor as "askedActor" from budget_change c join budget_line l using (line_no)
      where change_no = any($1::int[]) and state = 'open' and l.plan_no = $2 order by line_no for update of c`, [changeNos, sight.planNo]);
  const missing = changeNos.find((changeNo) => rows.every((row) => row.changeNo !== changeNo));
  if (missing !== undefined) throw notFound('planning.budget_change_not_found', { changeNo: missing });
  if (rows.some(({ askedActor }) => askedActor === actorKey(actor))) throw forbidden('planning.budget_same_person');
  if (isApproved && (await hasBroughtAbout(client, changeNos, actor))) throw forbidden('planning.budget_same_person_people');
  await settle(client, changeNos, isApproved ? 'approved' : 'refused', reason, actor, at);
  if (isApproved) for (const wanted of rows) await putInForce(client, await demandLine(client, sight, wanted.lineNo, 'for update of l'), wanted);
  await recordAudit(client, { actor, action: isApproved ? 'planning.approve_budget' : 'planning.refuse_budget', subject: `plan:${sight.planNo}`, details: { changes: changeNos.length, ...(reason ? { reason } : {}) } });
  return { versionNo: isApproved ? await writeVersion(client, sight.planNo, changeNos, at, actor.name) : null };
}

/** Changes that wait, the oldest first. */
export async function listOpenChanges(pool: pg.Pool, { planNo, withPeople }: Sight, { page, pageSize }: { page: number; pageSize: number }, actor: Actor): Promise<{ rows: BudgetChange[]; total: number }> {
  const { rows } = await pool.query<Omit<BudgetChange, 'askedAt' | 'mayDecide'> & { askedAt: Date; askedActor: string; total: number }>(
    `select c.change_no as "changeNo", c.line_no as "lineNo", l.name as "lineName", trim_scale(c.cap) as cap, c.over_cap as "overCap", trim_scale(l.cap) as "capBefore", l.over_cap as "overCapBefore", c.reason, c.asked_at as "askedAt", c.asked_by as "askedBy",
        c.asked_actor as "askedActor", count(*) over ()::int as total
      from budget_change c join budget_line l using (line_no) where l.plan_no = $1 and ($2 or l.purpose <> 'people') and c.state = 'open' order by c.change_no limit $3 offset $4`, [planNo, withPeople, pageSize, (page - 1) * pageSize]);
  const mayApprove = may(actor, 'planning.approve');
  return { rows: rows.map(({ total: _total, askedActor, askedAt, ...row }) => ({ ...row, askedAt: askedAt.toISOString(), mayDecide: mayApprove && askedActor !== actorKey(actor) })), total: rows[0]?.total ?? 0 };
}
