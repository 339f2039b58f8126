import type pg from 'pg';
import { systemActor } from '../../../kernel/actor.ts';
import { dayIn, startOfDay } from '../../../kernel/day.ts';
import { formatDecimal, parseDecimal } from '../../../kernel/decimal.ts';
import { programKeyOf } from '../../../kernel/program.ts';
import { inTransaction } from '../../../platform/postgres/pool.ts';
import { readBrand } from '../../../platform/settings.ts';
import type { MembershipDoors } from '../part.ts';
import { type Version, versionAt } from '../programme/programme.ts';
import { type Expected, expectedOf, isToldByUse, lookBackDays } from './rules/expected.ts';
import { eachOf } from './rules/each.ts';
import { type Benefit, costSince, costSoFar, readBenefit, setStopped } from './store/benefits.ts';

type BudgetDoors = Pick<MembershipDoors, 'platform' | 'programme' | 'budget'>;

const exact = (text: string | undefined): bigint | null => (text === undefined ? null : parseDecimal(text));
/** Whether it is given now or will be, and costs something: only then is the budget asked. */
const costs = (benefit: Benefit, worth: bigint, now: number): boolean => benefit.stoppedAt === null && (benefit.endsAt === null || now < benefit.endsAt) && eachOf(benefit.definition, worth) > 0n;
/** What it was said that it may cost: by what there still is of it, or in all; null where nothing was said. */
const saidOf = (benefit: Benefit, worth: bigint): bigint | null => (benefit.leftInAll === null ? exact(benefit.definition.planned) : BigInt(benefit.leftInAll) * eachOf(benefit.definition, worth));

/** What a point pays at a moment; nothing before there is a programme. */
export const worthAt = (versions: readonly Version[], now: Date): bigint => parseDecimal(versionAt(versions, now.getTime())?.definition.points.worth ?? '') ?? 0n;

/** What a benefit will come to from its beginning to its end, where a point pays `worth`; null where nothing can be told, or it costs nothing any more. */
export async function expectedCost(connection: pg.Pool | pg.PoolClient, benefit: Benefit, worth: bigint, now: Date): Promise<Expected | null> {
  if (!costs(benefit, worth, now.getTime())) return null;
  const { benefitId, kind, definition, tiers, startsAt, endsAt, leftInAll } = benefit;
  const { timeZone } = await readBrand(connection);
  const since = new Date(Math.max(startsAt, now.getTime() - lookBackDays * 86_400_000));
  const isEstimated = saidOf(benefit, worth) === null;
  const [soFar, lately] = [await costSoFar(connection, benefitId, now, worth), isEstimated ? await costSince(connection, benefitId, now, worth, since) : 0n];
  const count = async (sql: string, values: unknown[]): Promise<number> => (isEstimated && !isToldByUse({ now: now.getTime(), startsAt, lately }) ? (await connection.query<{ count: number }>(sql, values)).rows[0].count : 0);
  // Counting ten million members takes a second: it is asked only where the answer is used.
  const members = kind === 'birthday' || definition.limits.perMember ? await count('select count(*) as count from member where left_at is null and tier = any($1::text[])', [tiers]) : 0;
  const changes = kind === 'joining' || kind === 'upgrade'
    ? await count('select count(*) as count from tier_change where kind = $1 and to_tier = any($2::text[]) and occurred_at >= $3 and occurred_at < $4', [kind === 'joining' ? 'join' : 'rise', tiers, new Date(now.getTime() - lookBackDays * 86_400_000), now]) : 0;
  return expectedOf({ ...definition, planned: exact(definition.planned) }, {
    now: now.getTime(), startsAt, until: endsAt ?? startOfDay(`${Number(dayIn(timeZone, now).slice(0, 4)) + 1}-01-01`, timeZone).getTime(), leftInAll, each: eachOf(definition, worth), soFar, lately, members, changes,
  });
}

/**
 * Asks the budget for a benefit that begins, goes on, or may now cost more than before: what it can come to at most, what is planned, or what is
 * expected is put aside, or it is refused. Where nothing can be told it is enough that its lines have something left. What it may cost less is
 * given back at its end. Returns the lines that only warn and are over their caps.
 */
export async function askBudget({ platform: { clock }, programme, budget }: BudgetDoors, client: pg.PoolClient, benefitId: number, before: Benefit | null, by: string): Promise<readonly string[]> {
  const now = clock.now();
  const benefit = await readBenefit(client, benefitId);
  const worth = worthAt(await programme.versions(client), now);
  if (!costs(benefit, worth, now.getTime())) return [];
  if (before !== null && costs(before, worth, now.getTime())) {
    const [then, next] = [saidOf(before, worth), saidOf(benefit, worth)];
    if (next === null ? then === null : then !== null && next <= then) return [];
  }
  const expected = await expectedCost(client, benefit, worth, now);
  return budget.reserve(client, programKeyOf('benefit', benefitId), { most: expected && formatDecimal(expected.amount), hasBegun: benefit.startsAt <= now.getTime() }, by);
}

/** Stops what is given and costs something, by nobody's hand, for the lines of the budget that are full; false where it is not given. */
export function stopFull({ platform: { pg, clock }, programme }: Pick<BudgetDoors, 'platform' | 'programme'>, benefitId: number, lines: readonly string[]): Promise<boolean> {
  return inTransaction(pg, async (client) => {
    const now = clock.now();
    if (!costs(await readBenefit(client, benefitId, 'for update'), worthAt(await programme.versions(client), now), now.getTime())) return false;
    await setStopped(client, benefitId, true, systemActor, now, lines);
    return true;
  });
}
