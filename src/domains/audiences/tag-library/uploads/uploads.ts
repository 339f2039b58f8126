import type { Actor } from '../../../../kernel/actor.ts';
import { conflict, notFound } from '../../../../kernel/problem.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import { readBrand } from '../../../../platform/settings.ts';
import { recordAudit } from '../../../access/public.ts';
import { requireCard } from '../cards/keep-tags.ts';
import type { TagCard } from '../cards/store.ts';
import { lapseOf } from '../cards/validity.ts';
import type { TagLibraryDoors } from '../doors.ts';
import { evaluateTag } from '../evaluation/evaluate-tag.ts';
import { deleteUploads, insertUpload } from './store.ts';

/** A tag that comes from files. */
async function requireFileTag({ platform }: TagLibraryDoors, tagId: number): Promise<TagCard> {
  const card = await requireCard(platform.pg, tagId);
  if (card.kind !== 'file') throw conflict('audiences.tag_not_by_file', { name: card.name });
  return card;
}

/** Gives a tag to the people of an uploaded list, for as long as the tag is valid; to them alone where the list replaces what was before. */
export async function giveByList(doors: TagLibraryDoors, tagId: number, listId: number, replaces: boolean, actor: Actor): Promise<void> {
  const { platform } = doors;
  const card = await requireFileTag(doors, tagId);
  const { name, members } = await doors.list(listId);
  const at = platform.clock.now();
  const { timeZone } = await readBrand(platform.pg);
  await inTransaction(platform.pg, async (client) => {
    if (replaces) await deleteUploads(client, card.tagId, null);
    await insertUpload(client, { tagId: card.tagId, name, members, at, by: actor.name, lapsesAt: lapseOf(card, at, timeZone) });
    await recordAudit(client, { actor, action: 'audiences.tag_by_file', subject: `tag:${card.tagId}`, details: { name: card.name, list: name, people: members.size, replaces } });
  });
  await evaluateTag(doors, card);
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
