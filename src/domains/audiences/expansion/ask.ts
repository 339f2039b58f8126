import type pg from 'pg';
import type { Actor } from '../../../kernel/actor.ts';
import { Bitmap } from '../../../kernel/bitmap/bitmap.ts';
import { conflict, notFound } from '../../../kernel/problem.ts';
import { inTransaction } from '../../../platform/postgres/pool.ts';
import { recordAudit } from '../../access/public.ts';
import type { ExpansionOrigin } from '../contract/audiences.ts';
import { nobody } from '../contract/rule.ts';
import { referencesOf } from '../stored/keeping/references.ts';
import { makeAudience } from '../stored/keeping/keep-audiences.ts';
import { findAudiences } from '../stored/keeping/store.ts';
import { featuresOfRule } from './features/of-rule.ts';
import { likenessAt, reachAt } from './model/rank.ts';
import { type ExpansionDoors, kindsOf } from './run-expansion.ts';
import { bestPeople, endExpansion, type ExpansionResult, type ExpansionRow, insertExpansion, readLevels, readOne } from './store.ts';

export const expansionQueue = 'audiences.expansion';

const standardErrors = 1.96;

/** No better than chance, as far as chance goes. */
export const isUseless = ({ auc, error }: ExpansionResult): boolean => auc - standardErrors * error <= 0.5;

export const memberShareOf = ({ members, others }: ExpansionResult): number => members / (members + others);

/** Features by which the rule of an audience decides, and the rules of those it refers to. */
export async function decidingFeatures(pool: pg.Pool, audienceId: number): Promise<string[]> {
  const keys = new Set<string>();
  const seen = new Set<number>();
  for (let ids = [audienceId]; ids.length > 0;) {
    ids.forEach((id) => seen.add(id));
    const rules = (await findAudiences(pool, ids)).map(({ rule }) => rule);
    rules.flatMap(featuresOfRule).forEach((key) => keys.add(key));
    ids = [...new Set(rules.flatMap((rule) => referencesOf(rule).audiences.map((used) => used.audienceId)))].filter((id) => !seen.has(id));
  }
  return [...keys];
}

/** Has the worker look for people like those of an audience. */
export async function askForExpansion(doors: ExpansionDoors, audienceId: number, leaveOut: readonly string[] | undefined, actor: Actor): Promise<number> {
  const { pg: pool, clock, jobs } = doors.platform;
  const [audience] = await findAudiences(pool, [audienceId]);
  if (!audience) throw notFound('audiences.not_found', { audienceId });
  await kindsOf(doors, audienceId);
  const leftOut = [...new Set(leaveOut ?? (await decidingFeatures(pool, audienceId)))];
  const expansionId = await inTransaction(pool, async (client) => {
    const made = await insertExpansion(client, { audienceId, leftOut, asOf: clock.now(), askedBy: actor.name });
    if (made === null) throw conflict('audiences.expansion_under_way', { name: audience.name });
    await recordAudit(client, { actor, action: 'audiences.expand', subject: `audience:${audienceId}`, details: { name: audience.name, leftOut: leftOut.length } });
    return made;
  });
  await jobs.later(expansionQueue, { expansionId }, { key: `expansion-${expansionId}` });
  return expansionId;
}

/** Ends a search: at once while it waits, otherwise as soon as the worker sees it. */
export async function cancelSearch({ platform: { pg: pool, clock } }: ExpansionDoors, expansionId: number, actor: Actor): Promise<void> {
  await inTransaction(pool, async (client) => {
    const { state, audienceId } = await readOne(client, expansionId, true);
    if (state !== 'waiting' && state !== 'running') throw conflict('audiences.expansion_is_over', { state });
    if (state === 'waiting') await endExpansion(client, expansionId, 'cancelled', clock.now());
    else await client.query('update audience_expansion set cancel_requested = true where expansion_id = $1', [expansionId]);
    await recordAudit(client, { actor, action: 'audiences.cancel_expansion', subject: `audience:${audienceId}` });
  });
}

/** Whom to keep, and under which name. */
export interface Taking {
  name: string;
  reason: string;
  take: { reach: number } | { likeness: number };
  withMembers: boolean;
}

/** Keeps the likest people as a fixed audience. Whoever has become a member, was merged or erased meanwhile is not among those found. */
export async function keepLikest(doors: ExpansionDoors, expansionId: number, { name, reason, take, withMembers }: Taking, actor: Actor): Promise<number> {
  const { pg: pool } = doors.platform;
  const row = await readOne(pool, expansionId);
  const { result, audienceId } = row;
  if (!result) throw conflict('audiences.expansion_not_done', { state: row.state });
  if (isUseless(result)) throw conflict('audiences.expansion_useless', { auc: result.auc.toFixed(2) });
  const levels = await readLevels(pool, expansionId, result);
  const reach = 'reach' in take ? take.reach : reachAt(levels, take.likeness, memberShareOf(result));
  if (reach < 1) throw conflict('audiences.expansion_finds_nobody');
  if (reach > result.ranked) throw conflict('audiences.expansion_too_wide', { most: result.ranked });
  const { members, others } = await kindsOf(doors, audienceId);
  const found = await likest(pool, row, others, reach);
  const [source] = await findAudiences(pool, [audienceId]);
  const origin: ExpansionOrigin = {
    audienceId, name: source.name, at: row.asOf.toISOString(), auc: result.auc, reach: found.size, likeness: likenessAt(levels, [reach], memberShareOf(result))[0], withMembers,
  };
  const people = withMembers ? found.or(members) : found;
  return makeAudience({ platform: doors.platform, evaluate: async () => people }, { name, reason, kind: 'fixed', rule: nobody, origin }, actor);
}

/** The first of them, in their order, who may be meant. */
async function likest(pool: pg.Pool, { expansionId }: ExpansionRow, allowed: Bitmap, reach: number): Promise<Bitmap> {
  const found: number[] = [];
  for await (const piece of bestPeople(pool, expansionId)) {
    for (const no of piece) {
      if (found.length === reach) break;
      if (allowed.has(no)) found.push(no);
    }
    if (found.length === reach) break;
  }
  return Bitmap.of(found);
}
