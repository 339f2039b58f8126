import type pg from 'pg';
import type { Actor } from '../../../../kernel/actor.ts';
import { formatDecimal, parseDecimal } from '../../../../kernel/decimal.ts';
import { conflict, notFound } from '../../../../kernel/problem.ts';
import { programKeyOf } from '../../../../kernel/program.ts';
import { recordAudit } from '../../../access/public.ts';
import { hasLapsed } from '../counts.ts';
import { type BenefitDefinition, benefitDefinition } from '../../contract/benefits.ts';

/** A benefit as it stands; moments are milliseconds. */
export interface Benefit {
  benefitId: number;
  kind: BenefitDefinition['promise']['kind'];
  definition: BenefitDefinition;
  tiers: readonly string[];
  version: number;
  startsAt: number;
  endsAt: number | null;
  stoppedAt: number | null;
  /** The lines of the budget whose end stopped it; null where somebody did, or nothing. */
  fullLines: readonly string[] | null;
  leftInAll: number | null;
  changedAt: Date;
  changedBy: string;
}

interface Row {
  benefitId: number;
  definition: unknown;
  version: number;
  startsAt: Date;
  endsAt: Date | null;
  stoppedAt: Date | null;
  fullLines: string[] | null;
  leftInAll: number | null;
  changedAt: Date;
  changedBy: string;
}

const columns = `benefit_id as "benefitId", definition, version, starts_at as "startsAt", ends_at as "endsAt", stopped_at as "stoppedAt", full_lines as "fullLines", left_in_all as "leftInAll",
  changed_at as "changedAt", changed_by as "changedBy"`;

const ms = (moment: Date | null): number | null => (moment === null ? null : moment.getTime());

function parsed({ definition: stored, startsAt, endsAt, stoppedAt, ...row }: Row): Benefit {
  const definition = benefitDefinition.parse(stored);
  return { ...row, kind: definition.promise.kind, definition, tiers: definition.tiers, startsAt: startsAt.getTime(), endsAt: ms(endsAt), stoppedAt: ms(stoppedAt) };
}

/** Every benefit there is or was. A programme has some dozens of them. */
export async function readBenefits(connection: pg.Pool | pg.PoolClient): Promise<Benefit[]> {
  const { rows } = await connection.query<Row>({ name: 'benefits.all', text: `select ${columns} from benefit order by benefit_id` });
  return rows.map(parsed);
}

/** One benefit; 404 where there is none of this number. */
export async function readBenefit(connection: pg.Pool | pg.PoolClient, benefitId: number, lock: '' | 'for update' = ''): Promise<Benefit> {
  const { rows: [row] } = await connection.query<Row>(`select ${columns} from benefit where benefit_id = $1 ${lock}`, [benefitId]);
  if (!row) throw notFound('membership.benefit_not_found', { benefitId });
  return parsed(row);
}

export const isRunning = ({ startsAt, endsAt, stoppedAt }: Benefit, at: number): boolean => stoppedAt === null && startsAt <= at && (endsAt === null || at < endsAt);

export function stateOf(benefit: Benefit, now: number): 'planned' | 'running' | 'ended' | 'stopped' {
  if (benefit.stoppedAt !== null) return 'stopped';
  if (benefit.endsAt !== null && benefit.endsAt <= now) return 'ended';
  return benefit.startsAt > now ? 'planned' : 'running';
}

export async function insertBenefit(client: pg.PoolClient, definition: BenefitDefinition, actor: Actor, at: Date): Promise<number> {
  const { rows: [{ benefitId }] } = await client.query<{ benefitId: number }>(
    `insert into benefit (kind, definition, starts_at, ends_at, left_in_all, created_at, changed_at, changed_by)
      values ($1, $2, $3, $4, $5, $6, $6, $7) returning benefit_id as "benefitId"`,
    [definition.promise.kind, JSON.stringify(definition), definition.startsAt, definition.endsAt, definition.limits.inAll, at, actor.name]);
  await recordAudit(client, { actor, action: 'membership.create_benefit', subject: `benefit:${benefitId}`, details: { definition } });
  return benefitId;
}

/** Replaces a benefit that is still the version it was changed from. What there is left of it changes with the limit. */
export async function updateBenefit(client: pg.PoolClient, benefitId: number, version: number, definition: BenefitDefinition, actor: Actor, at: Date): Promise<number> {
  const before = await readBenefit(client, benefitId, 'for update');
  if (before.version !== version) throw conflict('membership.benefit_changed', { by: before.changedBy });
  if (before.kind !== definition.promise.kind) throw conflict('membership.benefit_kind');
  const { inAll } = definition.limits;
  const gone = (before.definition.limits.inAll ?? 0) - (before.leftInAll ?? 0);
  const left = inAll === null ? null : Math.max(0, inAll - (before.leftInAll === null ? await givenSoFar(client, benefitId) : gone));
  await client.query(
    'update benefit set definition = $2, starts_at = $3, ends_at = $4, left_in_all = $5, version = version + 1, changed_at = $6, changed_by = $7 where benefit_id = $1',
    [benefitId, JSON.stringify(definition), definition.startsAt, definition.endsAt, left, at, actor.name]);
  await recordAudit(client, { actor, action: 'membership.change_benefit', subject: `benefit:${benefitId}`, details: { version: version + 1, definition, before: before.definition } });
  return version + 1;
}

/** What it has cost so far: gifts that were given or wait for it, their points as far as they can be redeemed or were, and uses of what a tier brings. `worth` is what a point pays. */
export const costSoFar = (connection: pg.Pool | pg.PoolClient, benefitId: number, now: Date, worth: bigint): Promise<bigint> => sumOf(
  connection, `select (select coalesce(sum(cost) filter (where taken_back_at is null and not (${hasLapsed})), 0) + coalesce(sum(points) filter (where state = 'waiting'), 0) * $3::numeric from benefit_grant where benefit_id = $2 and state <> 'refused')
      + coalesce((select given - lapsed from program_points_cost where program = $4), 0) + (select forgotten_cost from benefit where benefit_id = $2)
      + (select coalesce(sum(cost), 0) from benefit_use where benefit_id = $2 and grant_no is null and undone_at is null) as cost`,
  [now, benefitId, formatDecimal(worth), programKeyOf('benefit', benefitId)]);

/** What was given since a moment, with all of its points, and what was used of what a tier brings. */
export const costSince = (connection: pg.Pool | pg.PoolClient, benefitId: number, now: Date, worth: bigint, since: Date): Promise<bigint> => sumOf(
  connection, `select (select coalesce(sum(cost + points * $3::numeric), 0) from benefit_grant where benefit_id = $2 and state <> 'refused' and taken_back_at is null and not (${hasLapsed}) and occurred_at >= $4)
      + (select coalesce(sum(cost), 0) from benefit_use where benefit_id = $2 and grant_no is null and undone_at is null and used_at >= $4) as cost`,
  [now, benefitId, formatDecimal(worth), since]);

async function sumOf(connection: pg.Pool | pg.PoolClient, sql: string, values: unknown[]): Promise<bigint> {
  const { rows: [{ cost }] } = await connection.query<{ cost: string }>(sql, values);
  return parseDecimal(cost) ?? 0n;
}

/** How often a benefit was given or used that had no limit until now. */
async function givenSoFar(client: pg.PoolClient, benefitId: number): Promise<number> {
  const { rows: [{ times }] } = await client.query<{ times: number }>(
    `select (select count(*) from benefit_grant where benefit_id = $1 and state <> 'refused') + (select count(*) from benefit_use where benefit_id = $1 and grant_no is null and undone_at is null) as times`, [benefitId]);
  return times;
}

/** Stops it or lets it go on. `fullLines`: the lines of the budget whose end stops it, where nobody's hand does. */
export async function setStopped(client: pg.PoolClient, benefitId: number, stopped: boolean, actor: Actor, at: Date, fullLines: readonly string[] | null = null): Promise<number> {
  const { version } = await readBenefit(client, benefitId, 'for update');
  await client.query('update benefit set stopped_at = $2, full_lines = $3, version = version + 1, changed_at = $4, changed_by = $5 where benefit_id = $1', [benefitId, stopped ? at : null, fullLines, at, actor.name]);
  await recordAudit(client, { actor, action: stopped ? 'membership.stop_benefit' : 'membership.resume_benefit', subject: `benefit:${benefitId}`, details: fullLines === null ? {} : { fullLines } });
  return version + 1;
}
