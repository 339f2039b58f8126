import type { z } from 'zod';
import type { Actor } from '../../../../kernel/actor.ts';
import { Bitmap } from '../../../../kernel/bitmap/bitmap.ts';
import type { EndpointReply } from '../../../../kernel/endpoint.ts';
import { conflict, notFound, Problem } from '../../../../kernel/problem.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import { readBrand } from '../../../../platform/settings.ts';
import { recordAudit } from '../../../access/public.ts';
import { readOwnersOf } from '../../../customers/public.ts';
import type { uploadTagFile } from '../../contract/tag-library.ts';
import { requireCard } from '../cards/keep-tags.ts';
import type { TagCard } from '../cards/store.ts';
import { lapseOf } from '../cards/validity.ts';
import type { TagLibraryDoors } from '../doors.ts';
import { evaluateTag } from '../evaluation/evaluate-tag.ts';
import { readIdentifiers } from './read-identifiers.ts';
import { deleteUploads, insertUpload } from './store.ts';

/** A tag that comes from files. */
async function requireFileTag({ platform }: TagLibraryDoors, tagId: number): Promise<TagCard> {
  const card = await requireCard(platform.pg, tagId);
  if (card.kind !== 'file') throw conflict('audiences.tag_not_by_file', { name: card.name });
  return card;
}

/** Gives a tag to the people of an uploaded list, for as long as the tag is valid; to them alone where the list replaces what was before. */
export async function giveByList(doors: TagLibraryDoors, tagId: number, listId: number, replaces: boolean, actor: Actor): Promise<void> {
  const card = await requireFileTag(doors, tagId);
  await give(doors, card, await doors.list(listId), replaces, actor);
}

async function give(doors: TagLibraryDoors, card: TagCard, { name, members }: { name: string; members: Bitmap }, replaces: boolean, actor: Actor): Promise<void> {
  const { platform } = doors;
  const at = platform.clock.now();
  const { timeZone } = await readBrand(platform.pg);
  await inTransaction(platform.pg, async (client) => {
    if (replaces) await deleteUploads(client, card.tagId, null);
    await insertUpload(client, { tagId: card.tagId, name, members, at, by: actor.name, lapsesAt: lapseOf(card, at, timeZone) });
    await recordAudit(client, { actor, action: 'audiences.tag_by_file', subject: `tag:${card.tagId}`, details: { name: card.name, list: name, people: members.size, replaces } });
  });
  await evaluateTag(doors, card);
}

/** Lines of one file. */
const mostLines = 1_000_000;

/**
 * Gives a tag to the people a file names, looked up in the vault in bulk. Nothing of the file is kept but whom it
 * named; what is nobody's is counted and forgotten.
 */
export async function giveByFile(doors: TagLibraryDoors, tagId: number, file: z.output<NonNullable<typeof uploadTagFile.body>>, actor: Actor): Promise<EndpointReply<typeof uploadTagFile>> {
  const card = await requireFileTag(doors, tagId);
  const { values, ...counts } = await readIdentifiers(file.text, file.kind, mostLines);
  if (counts.lines > mostLines) throw new Problem('audiences.file_too_long', { params: { most: mostLines }, fields: [{ path: 'body.text', code: 'file_too_long' }] });
  const named = file.kind === 'customer_no' ? values.map(Number) : [...(await readOwnersOf(doors.platform.pg, doors.customers.vault, file.kind, values)).values()];
  const members = (await doors.asOfToday(Bitmap.of(named))).and(await doors.everybody());
  if (members.size === 0) throw new Problem('audiences.file_names_nobody', { params: counts, fields: [{ path: 'body.text', code: 'file_names_nobody' }] });
  await give(doors, card, { name: file.name, members }, file.replaces, actor);
  const found = file.kind === 'customer_no' ? members.size : named.length;
  return { ...counts, people: members.size, unknown: values.length - found };
}

/** Takes an upload back: whoever has the tag by it alone loses it. */
export async function takeBackUpload(doors: TagLibraryDoors, tagId: number, uploadId: number, actor: Actor): Promise<void> {
  const { platform } = doors;
  const card = await requireFileTag(doors, tagId);
  await inTransaction(platform.pg, async (client) => {
    if ((await deleteUploads(client, card.tagId, uploadId)) === 0) throw notFound('audiences.upload_not_found', { uploadId });
    await recordAudit(client, { actor, action: 'audiences.untag_by_file', subject: `tag:${card.tagId}`, details: { name: card.name, uploadId } });
  });
  await evaluateTag(doors, card);
}
