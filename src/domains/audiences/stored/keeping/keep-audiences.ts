import type pg from 'pg';
import { isDeepStrictEqual } from 'node:util';
import type { Actor } from '../../../../kernel/actor.ts';
import { Bitmap } from '../../../../kernel/bitmap/bitmap.ts';
import { addDays, type Day, dayIn, startOfDay } from '../../../../kernel/day.ts';
import { conflict, notFound } from '../../../../kernel/problem.ts';
import type { Platform } from '../../../../platform/platform.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import { readBrand } from '../../../../platform/settings.ts';
import { recordAudit } from '../../../access/public.ts';
import type { Rule } from '../../contract/rule.ts';
import { changeBetween } from '../membership/change.ts';
import { readMembers } from '../membership/read-membership.ts';
import { writeMembers } from '../membership/write-membership.ts';
import { checkReferences, lockReferences, makeDependentsDue, namedOnce, type References, writeReferences } from './references.ts';
import { keepRule } from './rule-versions.ts';
import { type AudienceRow, findAudiences, insertAudience, lockAudience, type NewAudience, usersOf } from './store.ts';
import type { AudienceUseSource } from './uses.ts';

/** What keeping audiences needs: who is meant by a rule at a moment. */
export interface Keeping {
  platform: Platform;
  evaluate(rule: Rule, now: Date): Promise<Bitmap>;
}

/** What deleting needs: who may still use an audience. */
export interface Removing {
  platform: Platform;
  uses: readonly AudienceUseSource[];
}

/** What may be changed of an audience, on the version it was read in. */
export interface AudienceEdit {
  version: number;
  name?: string;
  reason?: string;
  rule?: Rule;
  archived?: boolean;
}

/** Keeps a rule with its people of this moment. A live audience is computed once more by the worker, which knows what has been seen since. */
export async function makeAudience({ platform, evaluate }: Keeping, given: Omit<NewAudience, 'owner'>, actor: Actor): Promise<number> {
  const { pg: pool, clock } = platform;
  const now = clock.now();
  const endOf = await endOfDays(platform, now);
  await checkReferences(pool, given.rule, { selfId: null, endOf });
  const after = await evaluate(given.rule, now);
  return namedOnce(given.name, () => inTransaction(pool, async (client) => {
    await lockReferences(client);
    const references = await checkReferences(client, given.rule, { selfId: null, endOf });
    const audienceId = await insertAudience(client, { ...given, owner: actor.name }, now);
    await writeReferences(client, audienceId, references);
    // Of people whom no rule found there is no rule to take up again.
    if (!given.origin) await keepRule(client, audienceId, { ruleVersion: 1, rule: given.rule, madeAt: now, madeBy: actor.name, size: after.size, entered: 0, left: 0 });
    const standing = { audienceId, ruleVersion: 1, versionNo: 0, rewrites: 0 };
    await writeMembers(client, { standing, before: Bitmap.empty, after, at: now, isWhole: false });
    await recordAudit(client, { actor, action: 'audiences.create', subject: `audience:${audienceId}`, details: { name: given.name, kind: given.kind, size: after.size, ...(given.origin && !('kind' in given.origin) ? { expandedFrom: given.origin.audienceId } : {}) } });
    return audienceId;
  }));
}

/** Changes an audience; with a new rule, its members follow in the same transaction. */
export async function changeAudience({ platform, evaluate }: Keeping, audienceId: number, edit: AudienceEdit, actor: Actor): Promise<void> {
  const { pg: pool, clock } = platform;
  const now = clock.now();
  const endOf = await endOfDays(platform, now);
  const current = (await findAudiences(pool, [audienceId])).at(0);
  if (!current) throw notFound('audiences.not_found', { audienceId });
  refuseEdit(current, edit);
  const rule = edit.rule !== undefined && !isDeepStrictEqual(edit.rule, current.rule) ? edit.rule : undefined;
  const isBack = edit.archived === false && current.archivedAt !== null;
  // What is refused is refused before anything is computed; and again where nobody else can change it.
  const check = (connection: pg.Pool | pg.PoolClient): Promise<References | null> =>
    rule || isBack ? checkReferences(connection, rule ?? current.rule, { selfId: audienceId, endOf }) : Promise.resolve(null);
  await check(pool);
  const after = rule && (await evaluate(rule, now));
  await namedOnce(edit.name ?? current.name, () => inTransaction(pool, async (client) => {
    await lockReferences(client);
    const locked = await lockAudience(client, audienceId);
    if (!locked) throw notFound('audiences.not_found', { audienceId });
    refuseEdit(locked, edit);
    if (edit.archived === true) await refuseInUse(client, audienceId);
    const references = await check(client);
    if (references) await writeReferences(client, audienceId, references);
    await client.query(
      `update audience set name = $2, reason = $3, rule = $4, rule_version = rule_version + $5, version = version + 1, updated_at = $6,
          archived_at = case when $7 then coalesce(archived_at, $6) end, is_due = kind = 'live' and (is_due or $8)
        where audience_id = $1`,
      [audienceId, edit.name ?? locked.name, edit.reason ?? locked.reason, JSON.stringify(rule ?? locked.rule), rule ? 1 : 0, now,
        edit.archived ?? locked.archivedAt !== null, isBack || rule !== undefined]);
    if (rule && after) await replaceMembers(client, locked, { rule, after, at: now, by: actor.name });
    await recordAudit(client, { actor, action: 'audiences.change', subject: `audience:${audienceId}`, details: detailsOf(locked, edit, rule !== undefined) });
  }));
}

async function replaceMembers(client: pg.PoolClient, locked: AudienceRow, { rule, after, at, by }: { rule: Rule; after: Bitmap; at: Date; by: string }): Promise<void> {
  const { audienceId, versionNo } = locked;
  const { rows } = await client.query<{ rewrites: number }>('select rewrites from audience where audience_id = $1', [audienceId]);
  const standing = { audienceId, versionNo, ruleVersion: locked.ruleVersion + 1, rewrites: rows[0].rewrites };
  const before = await readMembers(client, audienceId, versionNo);
  const { entered, left } = changeBetween(before, after);
  await keepRule(client, audienceId, { ruleVersion: standing.ruleVersion, rule, madeAt: at, madeBy: by, size: after.size, entered: entered.size, left: left.size });
  await writeMembers(client, { standing, before, after, at, isWhole: false });
  await makeDependentsDue(client, audienceId);
}

/** Deletes an audience with its past; one that others refer to, that somebody follows or uses, stays. */
export async function removeAudience({ platform: { pg: pool }, uses }: Removing, audienceId: number, actor: Actor): Promise<void> {
  await inTransaction(pool, async (client) => {
    await lockReferences(client);
    const locked = await lockAudience(client, audienceId);
    if (!locked) throw notFound('audiences.not_found', { audienceId });
    await refuseInUse(client, audienceId);
    await refuseUsed(client, uses, audienceId, actor);
    await client.query('delete from audience where audience_id = $1', [audienceId]);
    await recordAudit(client, { actor, action: 'audiences.delete', subject: `audience:${audienceId}`, details: { name: locked.name, size: locked.size } });
  });
}

function refuseEdit({ audienceId, version, kind, rule, name }: AudienceRow, edit: AudienceEdit): void {
  if (edit.version !== version) throw conflict('audiences.edited_meanwhile', { audienceId, name, version });
  if (kind === 'fixed' && edit.rule !== undefined && !isDeepStrictEqual(edit.rule, rule)) throw conflict('audiences.fixed_rule', { audienceId, name });
}

async function refuseInUse(client: pg.PoolClient, audienceId: number): Promise<void> {
  const users = await usersOf(client, [audienceId]);
  if (users.length > 0) throw conflict('audiences.in_use', { audienceId, users: users.map((user) => user.name) });
  const { rows } = await client.query<{ consumer: string }>(
    `select coalesce((select t.name from audience_delivery d join audience_destination t using (destination_id) where 'delivery:' || delivery_id = consumer), consumer) as consumer
      from audience_cursor where audience_id = $1 order by 1`, [audienceId]);
  if (rows.length > 0) throw conflict('audiences.followed', { audienceId, consumers: rows.map((row) => row.consumer) });
}

async function refuseUsed(client: pg.PoolClient, uses: readonly AudienceUseSource[], audienceId: number, { locale }: Actor): Promise<void> {
  const consumers: string[] = [];
  for (const source of uses) consumers.push(...(await source.usesOf(client, audienceId, locale)));
  if (consumers.length > 0) throw conflict('audiences.followed', { audienceId, consumers });
}

const detailsOf = (before: AudienceRow, edit: AudienceEdit, isNewRule: boolean): Record<string, unknown> => ({
  name: before.name,
  ...(edit.name !== undefined && edit.name !== before.name ? { renamed: edit.name } : {}),
  ...(edit.reason !== undefined && edit.reason !== before.reason ? { reason: true } : {}),
  ...(isNewRule ? { rule: true } : {}),
  ...(edit.archived !== undefined && edit.archived !== (before.archivedAt !== null) ? { archived: edit.archived } : {}),
});

/** The end of a day that is over; null for today and what is to come. */
async function endOfDays({ pg: pool }: Platform, now: Date): Promise<(day: Day) => Date | null> {
  const { timeZone } = await readBrand(pool);
  const today = dayIn(timeZone, now);
  return (day) => (day < today ? startOfDay(addDays(day, 1), timeZone) : null);
}
