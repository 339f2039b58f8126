import type pg from 'pg';
import { type Actor, systemActor } from '../../../kernel/actor.ts';
import type { Locale } from '../../../kernel/locale.ts';
import { conflict, forbidden, Problem } from '../../../kernel/problem.ts';
import { inTransaction } from '../../../platform/postgres/pool.ts';
import { readBrand } from '../../../platform/settings.ts';
import { recordAudit } from '../../access/public.ts';
import type { CampaignDefinition, CampaignPolicy, CampaignState, CampaignTurn } from '../contract/plans.ts';
import type { CampaignsDoors } from '../part.ts';
import { estimateOf } from './estimate.ts';
import { readPolicy, writePolicy } from './policy.ts';
import { type Check, checksOf, checksOfEstimate } from './rules/checks.ts';
import { nextOccasion } from './rules/occasions.ts';
import { changeable, deletable, turns } from './rules/state.ts';
import { runsOf, turnRuns, usedBy } from './run/runs.ts';
import { actorKey, type CampaignRow, demandCampaign, insertCampaign, isSecondPerson, noteStep } from './store.ts';

const subjectOf = (campaignNo: number): string => `campaign:${campaignNo}`;
const detailsOf = ({ name, channel, holdout, schedule }: CampaignDefinition) => ({ name, channel, holdout: holdout.share, ...(holdout.share === 0 ? { reason: holdout.reason } : {}), when: schedule.when });

/** Everything that is wrong with a definition at this moment. */
export async function checkDefinition({ platform: { pg: pool, clock }, messaging: { templates, channels } }: CampaignsDoors, definition: CampaignDefinition): Promise<Check[]> {
  const [{ timeZone }, isChannelOpen, isChannelTest, ...found] = await Promise.all([
    readBrand(pool), channels.isOpen(definition.channel), channels.isTest(definition.channel),
    ...definition.arms.map(({ templateNo, templateVersion }) => templates.open(templateNo, templateVersion).then(async ({ channel, bindings }) => {
      if (channel !== definition.channel) return 'other_channel' as const;
      return (await channels.canCarry(channel, bindings)) ? null : 'no_account' as const;
    }, (error: unknown) => {
      if (error instanceof Problem) return 'missing' as const;
      throw error;
    })),
  ]);
  return checksOf(definition, { now: clock.now(), timeZone, isChannelOpen, isChannelTest, templates: found });
}

/** Refuses what has errors, with the first of them in words. */
function demandSound({ say }: CampaignsDoors, checks: readonly Check[], locale: Locale): void {
  const errors = checks.filter(({ level }) => level === 'error');
  if (errors.length === 0) return;
  const fields = errors.map(({ path, key, params }) => ({ path: `body.definition.${path}`, code: key, message: say(locale, 'campaigns', `plans.check.${key}`, params) }));
  throw new Problem('campaigns.unsound', { status: 409, params: { first: fields[0].message }, fields });
}

/** Who does what, with the campaign locked and as they saw it; then what they did is noted. */
async function change(doors: CampaignsDoors, campaignNo: number, version: number, step: string, actor: Actor, work: (client: pg.PoolClient, before: CampaignRow) => Promise<string | void>): Promise<CampaignRow> {
  const { pg: pool, clock } = doors.platform;
  return inTransaction(pool, async (client) => {
    const before = await demandCampaign(client, campaignNo, 'for update');
    if (before.version !== version) throw conflict('campaigns.changed', { campaignNo });
    const note = await work(client, before);
    await client.query('update campaign set version = version + 1 where campaign_no = $1', [campaignNo]);
    await noteStep(client, campaignNo, actor.name, step, clock.now(), note ?? '');
    await recordAudit(client, { actor, action: `campaigns.${step}_campaign`, subject: subjectOf(campaignNo), details: { ...detailsOf(before.definition), ...(note ? { note } : {}) } });
    return demandCampaign(client, campaignNo);
  });
}

const demandState = ({ campaignNo, state }: CampaignRow, states: readonly CampaignState[]): void => {
  if (!states.includes(state)) throw conflict('campaigns.not_in_state', { campaignNo });
};

/** Drafts a campaign; a second click with the same key is the same draft. */
export async function draftCampaign({ platform: { pg: pool, clock } }: CampaignsDoors, key: string, definition: CampaignDefinition, actor: Actor): Promise<CampaignRow> {
  return inTransaction(pool, async (client) => {
    const { campaignNo, isNew } = await insertCampaign(client, key, definition, actor, clock.now());
    if (isNew) {
      await noteStep(client, campaignNo, actor.name, 'create', clock.now());
      await recordAudit(client, { actor, action: 'campaigns.create_campaign', subject: subjectOf(campaignNo), details: detailsOf(definition) });
    }
    return demandCampaign(client, campaignNo);
  });
}

/** Changes what nobody was reached by yet. It is a draft again: what was checked and approved was something else. */
export function changeDefinition(doors: CampaignsDoors, campaignNo: number, { version, definition }: { version: number; definition: CampaignDefinition }, actor: Actor): Promise<CampaignRow> {
  return change(doors, campaignNo, version, 'change', actor, async (client, before) => {
    if (!changeable.includes(before.state)) throw conflict('campaigns.begun', { campaignNo });
    await client.query(
      `update campaign set definition = $2, state = 'draft', estimate = null, next_at = null, submitted_actor = null, submitted_by = null, approved_by = null, edited_actor = $3, edited_by = $4, edited_at = $5 where campaign_no = $1`,
      [campaignNo, definition, actorKey(actor), actor.name, doors.platform.clock.now()]);
    // What was reserved when it was approved is reserved anew for what it is then.
    if (before.state === 'approved') await doors.budget.end(client, campaignNo, '0', actor.name);
  });
}

export async function dropCampaign({ platform: { pg: pool } }: CampaignsDoors, campaignNo: number, actor: Actor): Promise<void> {
  await inTransaction(pool, async (client) => {
    const before = await demandCampaign(client, campaignNo, 'for update');
    demandState(before, deletable);
    await client.query('delete from campaign where campaign_no = $1', [campaignNo]);
    await recordAudit(client, { actor, action: 'campaigns.delete_campaign', subject: subjectOf(campaignNo), details: detailsOf(before.definition) });
  });
}

/** One step on its way. A double click is refused the second time: the first has made another version of it. */
export async function turnCampaignTo(doors: CampaignsDoors, campaignNo: number, { version, turn }: { version: number; turn: CampaignTurn }, actor: Actor): Promise<CampaignRow> {
  if (turn === 'check') return check(doors, campaignNo, version, actor);
  const { pg: pool, clock } = doors.platform;
  const { timeZone } = await readBrand(pool);
  const sent = await doors.messaging.sending.progress(await runsOf(pool, campaignNo));
  return change(doors, campaignNo, version, turn, actor, async (client, before) => {
    demandState(before, turns[turn].from);
    const now = clock.now();
    if (turn === 'submit') {
      const isApproved = !before.needsApproval;
      await client.query('update campaign set state = $2, submitted_actor = $3, submitted_by = $4, next_at = $5 where campaign_no = $1',
        [campaignNo, isApproved ? 'approved' : 'submitted', actorKey(actor), actor.name, isApproved ? nextOccasion(before.definition, timeZone, null, now) : null]);
      if (isApproved) await doors.budget.reserve(client, campaignNo, before.estimate?.cost ?? '0', actor.name);
      return;
    }
    await client.query('update campaign set state = $2 where campaign_no = $1', [campaignNo, turns[turn].to]);
    if (turn === 'withdraw') await client.query('update campaign set next_at = null, approved_by = null, submitted_actor = null, submitted_by = null where campaign_no = $1', [campaignNo]);
    if (turn === 'cancel') await client.query('update campaign set next_at = null, finished_at = $2 where campaign_no = $1', [campaignNo, now]);
    // What it slept through while it stood still is not made up for.
    if (turn === 'resume' && before.lastAt !== null) await client.query('update campaign set next_at = $2 where campaign_no = $1', [campaignNo, nextOccasion(before.definition, timeZone, new Date(Math.max(before.lastAt.getTime(), now.getTime())), now)]);
    if (turn !== 'withdraw') await turnRuns(client, doors, campaignNo, turn);
    if (turn === 'withdraw' || turn === 'cancel') await doors.budget.end(client, campaignNo, usedBy(sent.values(), before.definition), actor.name);
  });
}

/** Halts a campaign that does harm, with what it was found by; whoever is responsible decides how it goes on. */
export const pauseBySelf = (doors: CampaignsDoors, { campaignNo, version }: CampaignRow, { step, percent, most }: { step: 'pause_bounced' | 'pause_complained'; percent: number; most: number }): Promise<CampaignRow> =>
  change(doors, campaignNo, version, step, systemActor, async (client, before) => {
    demandState(before, turns.pause.from);
    await client.query("update campaign set state = 'paused' where campaign_no = $1", [campaignNo]);
    await turnRuns(client, doors, campaignNo, 'pause');
    return `${percent.toFixed(2)}% > ${most}%`;
  });

/** Reckons what it would come to, and keeps that with it. Errors leave it as it was. */
async function check(doors: CampaignsDoors, campaignNo: number, version: number, actor: Actor): Promise<CampaignRow> {
  const { pg: pool } = doors.platform;
  const seen = await demandCampaign(pool, campaignNo);
  demandState(seen, turns.check.from);
  const [checks, estimate, { approvalAbove }] = await Promise.all([checkDefinition(doors, seen.definition), estimateOf(doors, seen.definition, campaignNo), readPolicy(pool)]);
  demandSound(doors, [...checks, ...checksOfEstimate(estimate)], actor.locale);
  return change(doors, campaignNo, version, 'check', actor, async (client, before) => {
    demandState(before, turns.check.from);
    await client.query(`update campaign set state = 'checked', estimate = $2, needs_approval = $3 where campaign_no = $1`, [campaignNo, JSON.stringify(estimate), estimate.reached > approvalAbove]);
  });
}

/** A second person lets it go, or gives it back. */
export async function decideCampaign(doors: CampaignsDoors, campaignNo: number, { version, isApproved, reason }: { version: number; isApproved: boolean; reason: string }, actor: Actor): Promise<CampaignRow> {
  const { pg: pool, clock } = doors.platform;
  const { timeZone } = await readBrand(pool);
  return change(doors, campaignNo, version, isApproved ? 'approve' : 'give_back', actor, async (client, before) => {
    demandState(before, ['submitted']);
    if (!isSecondPerson(before, actor)) throw forbidden('campaigns.same_person', { campaignNo });
    if (isApproved) {
      await client.query(`update campaign set state = 'approved', approved_by = $2, next_at = $3 where campaign_no = $1`, [campaignNo, actor.name, nextOccasion(before.definition, timeZone, null, clock.now())]);
      await doors.budget.reserve(client, campaignNo, before.estimate?.cost ?? '0', actor.name);
    } else await client.query(`update campaign set state = 'draft', submitted_actor = null, submitted_by = null where campaign_no = $1`, [campaignNo]);
    return reason;
  });
}

export async function changePolicy({ platform: { pg: pool } }: CampaignsDoors, policy: CampaignPolicy, actor: Actor): Promise<CampaignPolicy> {
  await inTransaction(pool, async (client) => {
    await writePolicy(client, policy);
    await recordAudit(client, { actor, action: 'campaigns.change_policy', subject: 'campaigns', details: policy });
  });
  return policy;
}
