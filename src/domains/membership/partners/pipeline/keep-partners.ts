import type pg from 'pg';
import type { Actor } from '../../../../kernel/actor.ts';
import { dayIn } from '../../../../kernel/day.ts';
import type { EndpointInput } from '../../../../kernel/endpoint.ts';
import { conflict, notFound, Problem } from '../../../../kernel/problem.ts';
import type { Platform } from '../../../../platform/platform.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import { readBrand } from '../../../../platform/settings.ts';
import type { changePartner, createPartner, PartnerStage } from '../../contract/partners.ts';
import { recordHappening } from './history.ts';
import { demandImpersonal } from './open-text.ts';
import { mayMoveTo, type Period } from './stages.ts';

type World = Pick<Platform, 'pg' | 'clock'>;

/** More than a team can work with; a board of more shows nothing. */
const mostUnderWay = 500;

interface Row {
  name: string;
  trade: string;
  website: string;
  summary: string;
  stage: PartnerStage;
  ownerId: number | null;
  nextStep: string;
  nextStepOn: string | null;
  nextStepOwnerId: number | null;
  version: number;
}

/** Locks a partner; 404 where there is none, 409 where it was changed since it was read. */
export async function lockPartner(client: pg.PoolClient, partnerId: number, version?: number): Promise<Row> {
  const { rows: [row] } = await client.query<Row>(
    `select name, trade, website, summary, stage, owner_id as "ownerId", next_step as "nextStep", next_step_on::text as "nextStepOn", next_step_owner_id as "nextStepOwnerId", version
      from partner where partner_id = $1 for update`, [partnerId]);
  if (!row) throw notFound('membership.partner_not_found', { partnerId });
  if (version !== undefined && row.version !== version) throw conflict('membership.partner_edited_meanwhile', { name: row.name });
  return row;
}

/** A name that another partner has, told as such. */
async function namedOnce<T>(name: string | undefined, work: () => Promise<T>): Promise<T> {
  return work().catch((error: unknown) => {
    const { code, constraint } = error as { code?: string; constraint?: string };
    if (code === '23505' && constraint === 'partner_name') throw new Problem('membership.partner_name_taken', { status: 409, params: { name }, fields: [{ path: 'body.name', code: 'taken' }] });
    if (code === '23503' && /owner/.test(constraint ?? '')) throw new Problem('membership.partner_owner_unknown', { fields: [{ path: 'body.ownerId', code: 'unknown' }] });
    throw error;
  });
}

export async function makePartner({ pg: pool, clock }: World, body: EndpointInput<typeof createPartner>['body'], actor: Actor): Promise<number> {
  demandImpersonal({ name: body.name, trade: body.trade, summary: body.summary });
  return namedOnce(body.name, () => inTransaction(pool, async (client) => {
    const { rows: [{ underWay }] } = await client.query<{ underWay: number }>("select count(*)::int as \"underWay\" from partner where stage <> 'ended'");
    if (underWay >= mostUnderWay) throw conflict('membership.too_many_partners', { most: mostUnderWay });
    const at = clock.now();
    const { rows: [{ partnerId }] } = await client.query<{ partnerId: number }>(
      `insert into partner (name, trade, website, summary, owner_id, stage, stage_since, created_at, updated_at) values ($1, $2, $3, $4, $5, 'idea', $6, $6, $6) returning partner_id as "partnerId"`,
      [body.name, body.trade, body.website, body.summary, body.ownerId, at]);
    await recordHappening(client, { partnerId, kind: 'created', actor, at, audit: { name: body.name } });
    return partnerId;
  }));
}

/** Changes what is said of a partner; answers with the version it has now. */
export async function editPartner({ pg: pool, clock }: World, partnerId: number, body: EndpointInput<typeof changePartner>['body'], actor: Actor): Promise<number> {
  const { version, nextStep, ...told } = body;
  demandImpersonal({ name: told.name, trade: told.trade, summary: told.summary, nextStep: nextStep?.text });
  return namedOnce(body.name, () => inTransaction(pool, async (client) => {
    const before = await lockPartner(client, partnerId, version);
    const given = { ...told, ...(nextStep && { nextStep: nextStep.text, nextStepOn: nextStep.on, nextStepOwnerId: nextStep.ownerId }) };
    const after = { ...before, ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) };
    const at = clock.now();
    await client.query(
      `update partner set name = $2, trade = $3, website = $4, summary = $5, owner_id = $6, next_step = $7, next_step_on = $8, next_step_owner_id = $9, version = version + 1, updated_at = $10
        where partner_id = $1`,
      [partnerId, after.name, after.trade, after.website, after.summary, after.ownerId, after.nextStep, after.nextStepOn, after.nextStepOwnerId, at]);
    const fields = (Object.keys(given) as (keyof Row)[]).filter((field) => before[field] !== after[field]);
    const isStep = fields.some((field) => field === 'nextStep' || field === 'nextStepOn');
    await recordHappening(client, {
      partnerId, kind: 'changed', actor, at, audit: { name: after.name, fields },
      details: { fields, ...(isStep ? { nextStep: after.nextStep, nextStepOn: after.nextStepOn } : {}) },
    });
    return version + 1;
  }));
}

export async function moveToStage({ pg: pool, clock }: World, partnerId: number, { version, stage }: { version: number; stage: PartnerStage }, actor: Actor): Promise<number> {
  return inTransaction(pool, async (client) => {
    const { name, stage: from } = await lockPartner(client, partnerId, version);
    if (stage === from) return version;
    const { rows: contracts } = await client.query<Period>('select starts_on::text as "startsOn", ends_on::text as "endsOn" from partner_contract where partner_id = $1', [partnerId]);
    const at = clock.now();
    const { timeZone } = await readBrand(client);
    if (!mayMoveTo(stage, contracts, dayIn(timeZone, at))) throw conflict('membership.partner_needs_contract', { name });
    await client.query('update partner set stage = $2, stage_since = $3, version = version + 1, updated_at = $3 where partner_id = $1', [partnerId, stage, at]);
    await recordHappening(client, { partnerId, kind: 'moved', actor, at, details: { from, to: stage }, audit: { name, from, to: stage } });
    return version + 1;
  });
}

export async function addNote({ pg: pool, clock }: World, partnerId: number, text: string, actor: Actor): Promise<void> {
  demandImpersonal({ text });
  await inTransaction(pool, async (client) => {
    const { name } = await lockPartner(client, partnerId);
    await recordHappening(client, { partnerId, kind: 'noted', actor, at: clock.now(), details: { text }, audit: { name } });
  });
}

/** Deletes a partner with which nothing was agreed; what was agreed stays for ever, and the partner ends instead. */
export async function removePartner({ pg: pool, clock }: World, partnerId: number, actor: Actor): Promise<void> {
  await inTransaction(pool, async (client) => {
    const { name } = await lockPartner(client, partnerId);
    const { rowCount } = await client.query('select from partner_contract where partner_id = $1', [partnerId]);
    if (rowCount) throw conflict('membership.partner_has_contract', { name });
    await recordHappening(client, { partnerId, kind: 'deleted', actor, at: clock.now(), audit: { name } });
    await client.query('delete from partner where partner_id = $1', [partnerId]);
  });
}
