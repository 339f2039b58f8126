import { randomBytes } from 'node:crypto';
import { type Actor, systemActor } from '../../../../kernel/actor.ts';
import { formatDecimal, parseDecimal } from '../../../../kernel/decimal.ts';
import { conflict, Problem } from '../../../../kernel/problem.ts';
import { programKeyOf } from '../../../../kernel/program.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import { readBrand } from '../../../../platform/settings.ts';
import { recordAudit } from '../../../access/public.ts';
import type { ActivityDefinition } from '../../contract/activities.ts';
import { nameIn } from '../../contract/programme.ts';
import type { MembershipDoors } from '../../part.ts';
import { type Check, checksOf } from '../rules/checks.ts';
import { givesPointsAlone } from '../rules/points-alone.ts';
import { stateAt, type Turn, turns } from '../rules/state.ts';
import { type ActivityRow, decideState, demandActivity, insertActivity, rewriteActivity } from './store.ts';

export type PlanDoors = Pick<MembershipDoors, 'platform' | 'programme' | 'say' | 'budget'>;

const seedBytes = 32;
const subjectOf = (activityNo: number): string => `activity:${activityNo}`;
const detailsOf = ({ names, does, startsAt, endsAt, budget }: ActivityDefinition) => ({ name: nameIn(names, 'zh-CN'), kind: does.kind, startsAt, endsAt, budget });

/** Everything that is wrong with a definition at this moment. */
export async function checkActivity({ platform: { pg, clock }, programme }: PlanDoors, definition: ActivityDefinition): Promise<Check[]> {
  const now = clock.now();
  const wanted = definition.does.kind === 'exchange' ? [definition.does.itemNo] : definition.does.kind === 'lottery' ? definition.does.prizes.flatMap(({ gives }) => (gives.kind === 'item' ? [gives.itemNo] : [])) : [];
  const [{ timeZone }, version, { rows: items }] = await Promise.all([
    readBrand(pg), programme.at(now.getTime()),
    pg.query<{ itemNo: number; left: number | null }>('select item_no as "itemNo", stock - taken as left from mall_item where item_no = any($1::int[])', [wanted]),
  ]);
  return checksOf(definition, { now, timeZone, tiers: version?.definition.tiers.map(({ key }) => key) ?? [], items: new Map(items.map(({ itemNo, left }) => [itemNo, { left }])) });
}

export async function planActivity({ platform: { pg, clock } }: PlanDoors, definition: ActivityDefinition, actor: Actor): Promise<ActivityRow> {
  return inTransaction(pg, async (client) => {
    const activityNo = await insertActivity(client, definition, randomBytes(seedBytes), actor.name, clock.now());
    await recordAudit(client, { actor, action: 'membership.create_activity', subject: subjectOf(activityNo), details: detailsOf(definition) });
    return demandActivity(client, activityNo);
  });
}

/** Changes an activity that nobody can have taken part in yet, on the version it was read in. */
export async function changePlan(doors: PlanDoors, activityNo: number, { version, definition }: { version: number; definition: ActivityDefinition }, actor: Actor): Promise<ActivityRow> {
  const { pg, clock } = doors.platform;
  const { decided } = await demandActivity(pg, activityNo);
  if (decided !== 'draft') await demandSound(doors, definition);
  return inTransaction(pg, async (client) => {
    const before = await demandActivity(client, activityNo, 'for update');
    const state = stateAt(before.decided, before.definition, clock.now());
    if (state !== 'draft' && state !== 'scheduled') throw conflict('membership.activity_begun', { activityNo });
    if (before.version !== version) throw conflict('membership.activity_changed', { activityNo });
    if (before.definition.does.kind !== definition.does.kind) throw conflict('membership.activity_kind_stays', { activityNo });
    await rewriteActivity(client, activityNo, definition, actor.name, clock.now());
    await recordAudit(client, { actor, action: 'membership.change_activity', subject: subjectOf(activityNo), details: detailsOf(definition) });
    return demandActivity(client, activityNo);
  });
}

async function demandSound(doors: PlanDoors, definition: ActivityDefinition): Promise<void> {
  const errors = (await checkActivity(doors, definition)).filter(({ level }) => level === 'error');
  if (errors.length === 0) return;
  const said = errors.map(({ key, params }) => doors.say('zh-CN', 'membership', `activities.check.${key}`, params));
  throw new Problem('membership.activity_unsound', { status: 409, params: { first: said[0] }, fields: errors.map(({ path, key }, n) => ({ path: `body.definition.${path}`, code: key, message: said[n] })) });
}

/** What the points of an activity can come to at most, in the brand's money; null where it has no end of them, or gives other things. */
export async function mostCost({ platform: { clock }, programme }: Pick<PlanDoors, 'platform' | 'programme'>, definition: ActivityDefinition): Promise<string | null> {
  const worth = parseDecimal((await programme.at(clock.now().getTime()))?.definition.points.worth ?? '');
  return definition.budget === null || worth === null || !givesPointsAlone(definition) ? null : formatDecimal(BigInt(definition.budget) * worth);
}

/** Publishes it, pauses it, lets it go on, or ends it. */
export async function turnPlan(doors: PlanDoors, activityNo: number, turn: Turn, actor: Actor, fullLines: readonly string[] | null = null): Promise<ActivityRow> {
  const { pg, clock } = doors.platform;
  if (turn === 'publish') await demandSound(doors, (await demandActivity(pg, activityNo)).definition);
  return inTransaction(pg, async (client) => {
    const before = await demandActivity(client, activityNo, 'for update');
    const state = stateAt(before.decided, before.definition, clock.now());
    if (!turns[turn].from.includes(state)) throw conflict('membership.activity_not_turned', { activityNo });
    // One that goes on has put aside what it may cost, where it could be told: it is enough that its lines have something.
    if (turns[turn].to === 'published') {
      const most = turn === 'publish' ? await mostCost(doors, before.definition) : null;
      await doors.budget.reserve(client, programKeyOf('activity', activityNo), { most, hasBegun: Date.parse(before.definition.startsAt) <= clock.now().getTime() }, actor.name);
    }
    await decideState(client, before, turns[turn].to, actor.name, clock.now(), fullLines);
    await recordAudit(client, { actor, action: `membership.${turn}_activity`, subject: subjectOf(activityNo), details: { ...detailsOf(before.definition), ...(fullLines ? { fullLines } : {}) } });
    return demandActivity(client, activityNo);
  });
}

/** Pauses what runs or will, for the lines of the budget that have nothing for it; false where it does neither. */
export async function pauseByItself(doors: PlanDoors, activityNo: number, fullLines: readonly string[]): Promise<boolean> {
  const { decided, definition } = await demandActivity(doors.platform.pg, activityNo);
  if (!turns.pause.from.includes(stateAt(decided, definition, doors.platform.clock.now()))) return false;
  await turnPlan(doors, activityNo, 'pause', systemActor, fullLines);
  return true;
}

export async function dropPlan({ platform: { pg } }: PlanDoors, activityNo: number, actor: Actor): Promise<void> {
  await inTransaction(pg, async (client) => {
    const { decided, definition } = await demandActivity(client, activityNo, 'for update');
    if (decided !== 'draft') throw conflict('membership.activity_published', { activityNo });
    await client.query('delete from activity where activity_no = $1', [activityNo]);
    await recordAudit(client, { actor, action: 'membership.delete_activity', subject: subjectOf(activityNo), details: detailsOf(definition) });
  });
}
