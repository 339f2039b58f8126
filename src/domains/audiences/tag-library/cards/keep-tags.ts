import { isDeepStrictEqual } from 'node:util';
import type { z } from 'zod';
import type { Actor } from '../../../../kernel/actor.ts';
import { conflict, notFound, Problem } from '../../../../kernel/problem.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import { recordAudit } from '../../../access/public.ts';
import { labelsOf, type TagDefinition } from '../../contract/tag-definition.ts';
import type { createLibraryTag, updateLibraryTag } from '../../contract/tag-library.ts';
import type { TagLibraryDoors } from '../doors.ts';
import { computeTag } from '../evaluation/compute.ts';
import { evaluateTag } from '../evaluation/evaluate-tag.ts';
import { makeAskingAudiencesDue } from '../uses/audience-rules.ts';
import { rulesOf } from '../uses/rule-tags.ts';
import { asksForItself, cardsAskingFor, type TagUseSource, usesOf } from '../uses/uses.ts';
import { namedOnce } from './named-once.ts';
import { type CardFields, findCard, insertTag, type TagCard, writeCard, writeTiers } from './store.ts';

type Connection = Parameters<typeof findCard>[0];

/** A tag that exists; a tier stands for the tag it is of. */
export async function requireCard(connection: Connection, tagId: number): Promise<TagCard> {
  const card = await findCard(connection, tagId);
  if (!card) throw notFound('audiences.tag_not_found', { tagId });
  return card;
}

const labelsIn = (definition: TagDefinition): string[] => (definition.kind === 'tiers' ? labelsOf(definition.tiers) : []);

/** Makes a tag; a computed one is computed before it is told of, and refused where that cannot be done. */
export async function makeTag(doors: TagLibraryDoors, given: z.output<NonNullable<typeof createLibraryTag.body>>, actor: Actor): Promise<number> {
  const { platform } = doors;
  const at = platform.clock.now();
  const fields: CardFields = { ...given, owner: given.owner ?? actor.name };
  await checkDefinition(doors, { tagId: 0, tiers: [] }, fields, at);
  const tagId = await namedOnce('audiences.tag_name_taken', given.name, () => inTransaction(platform.pg, async (client) => {
    await requireCategory(client, given.categoryId);
    const made = await insertTag(client, fields);
    await writeCard(client, made, fields, at);
    if (given.definition.kind !== 'hand') await client.query('insert into tag_state (tag_id) values ($1)', [made]);
    await writeTiers(client, { tagId: made, name: given.name, tiers: [] }, labelsIn(given.definition), at);
    await recordAudit(client, { actor, action: 'audiences.make_tag', subject: `tag:${made}`, details: { name: given.name, kind: given.definition.kind } });
    return made;
  }));
  if (given.definition.kind !== 'hand') await evaluateTag(doors, await requireCard(platform.pg, tagId));
  return tagId;
}

/** Changes a tag on the version it was read in. With another definition it is computed anew. */
export async function changeTag(doors: TagLibraryDoors, tagId: number, { version, ...edit }: z.output<NonNullable<typeof updateLibraryTag.body>>, actor: Actor): Promise<void> {
  const { platform } = doors;
  const at = platform.clock.now();
  const current = await requireCard(platform.pg, tagId);
  const fields: CardFields = { ...current, owner: current.owner || actor.name, ...withoutAbsent(edit) };
  if (fields.definition.kind !== current.kind) throw conflict('audiences.tag_kind_stays', { name: current.name });
  const isOther = !isDeepStrictEqual(fields.definition, current.definition);
  if (isOther) await checkDefinition(doors, current, fields, at);
  await namedOnce('audiences.tag_name_taken', fields.name, () => inTransaction(platform.pg, async (client) => {
    await client.query('select from tag where tag_id = $1 for update', [current.tagId]);
    const locked = await requireCard(client, current.tagId);
    if (locked.version !== version) throw conflict('audiences.tag_changed_meanwhile', { name: locked.name });
    if (fields.categoryId !== locked.categoryId) await requireCategory(client, fields.categoryId);
    await writeCard(client, current.tagId, fields, at);
    await writeTiers(client, { ...locked, name: fields.name }, labelsIn(fields.definition), at);
    if (isOther) await client.query('update tag_state set stamp = null, limits = null, limits_day = null where tag_id = $1', [current.tagId]);
    const changed = Object.keys(edit).filter((key) => !isDeepStrictEqual(fields[key as keyof CardFields], locked[key as keyof CardFields]));
    await recordAudit(client, { actor, action: 'audiences.change_tag', subject: `tag:${current.tagId}`, details: { name: locked.name, changed } });
  }));
  if (isOther) await evaluateTag(doors, await requireCard(platform.pg, tagId));
}

const withoutAbsent = <T extends object>(edit: T): T => Object.fromEntries(Object.entries(edit).filter(([, value]) => value !== undefined)) as T;

/** Refuses a definition that asks for what does not exist, for itself, or that cannot be computed. */
async function checkDefinition(doors: TagLibraryDoors, card: Pick<TagCard, 'tagId' | 'tiers'>, { definition, name }: CardFields, at: Date): Promise<void> {
  const rules = rulesOf(definition);
  if (await asksForItself(doors, card, rules)) throw conflict('audiences.tag_asks_for_itself', { name });
  if (definition.kind === 'rule' || definition.kind === 'tiers') {
    await computeTag(doors, { tagId: card.tagId, definition, limits: null, limitsDay: null }, at);
  }
}

async function requireCategory(connection: Connection, categoryId: number | null): Promise<void> {
  if (categoryId === null) return;
  const { rows } = await connection.query('select from tag_category where category_id = $1', [categoryId]);
  if (rows.length === 0) throw new Problem('audiences.unknown_category', { params: { categoryId }, fields: [{ path: 'body.categoryId', code: 'unknown_category' }] });
}

/** Deletes a tag. One that is used is deleted only by who names it; rules that still ask for it then find nobody. */
export async function deleteTag(doors: TagLibraryDoors, sources: readonly TagUseSource[], tagId: number, confirm: string | undefined, actor: Actor): Promise<void> {
  const { platform, customers } = doors;
  const card = await requireCard(platform.pg, tagId);
  const users = (await Promise.all(sources.map((source) => source.users()))).flat();
  const uses = usesOf(card, users).map((use) => use.name);
  if (uses.length > 0 && confirm !== card.name) throw conflict('audiences.tag_in_use', { name: card.name, users: uses });
  await inTransaction(platform.pg, async (client) => {
    const tagIds = [...card.tiers.map((tier) => tier.tagId), card.tagId];
    for (const each of tagIds) await customers.tags.delete(client, each, platform.clock.now(), actor.name);
    await makeAskingAudiencesDue(client, tagIds);
    await recordAudit(client, { actor, action: 'audiences.delete_tag', subject: `tag:${card.tagId}`, details: { name: card.name, usedBy: uses } });
  });
}

/** Puts another tag in the place of one wherever it is asked for; returns in how many places. */
export async function replaceTag(doors: TagLibraryDoors, sources: readonly TagUseSource[], fromId: number, toId: number, actor: Actor): Promise<number> {
  const { platform } = doors;
  const [from, to] = [await requireCard(platform.pg, fromId), await findCard(platform.pg, toId)];
  if (!to || toId === fromId) throw new Problem('audiences.bad_replacement', { params: { tagId: toId }, fields: [{ path: 'body.by', code: 'bad_replacement' }] });
  for (const asking of await cardsAskingFor(platform.pg, fromId)) {
    if (asking.tagId === to.tagId || (await asksForItself(doors, asking, rulesOf(to.definition)))) throw conflict('audiences.tag_asks_for_itself', { name: asking.name });
  }
  let replaced = 0;
  for (const source of sources) replaced += await source.replace(fromId, toId, actor);
  await recordAudit(platform.pg, { actor, action: 'audiences.replace_tag', subject: `tag:${fromId}`, details: { name: from.name, by: to.name, replaced } });
  return replaced;
}
