import type { Actor } from '../../../kernel/actor.ts';
import { notFound } from '../../../kernel/problem.ts';
import type { Platform } from '../../../platform/platform.ts';
import { inTransaction } from '../../../platform/postgres/pool.ts';
import { recordAudit } from '../../access/public.ts';
import { requireLineage, shownTags } from '../profiles/read-profile.ts';
import { readTags, removeTag, tags } from './store.ts';

/** Gives a customer a tag on a person's word and returns all they have. One they already have changes nothing. */
export function giveTag({ pg: pool, clock }: Platform, customerNo: number, name: string, actor: Actor) {
  return inTransaction(pool, async (client) => {
    const lineage = await requireLineage(client, customerNo);
    const held = await readTags(client, lineage);
    if (!held.some((tag) => tag.name.toLowerCase() === name.toLowerCase())) {
      await tags.add(client, [{ customerNo: lineage[0], name, at: clock.now(), by: actor.name }]);
      await recordAudit(client, { actor, action: 'customers.add_tag', subject: `customer:${lineage[0]}`, details: { name } });
    }
    return { tags: shownTags(await readTags(client, lineage)) };
  });
}

/** Takes a tag from a customer and everybody who became part of them. */
export function takeTag({ pg: pool, clock }: Platform, customerNo: number, tagId: number, actor: Actor): Promise<void> {
  return inTransaction(pool, async (client) => {
    const lineage = await requireLineage(client, customerNo);
    const had = await removeTag(client, lineage, tagId, clock.now(), actor.name);
    if (!had) throw notFound('customers.tag_not_found', { tagId });
    await recordAudit(client, { actor, action: 'customers.remove_tag', subject: `customer:${lineage[0]}`, details: { tagId } });
  });
}
