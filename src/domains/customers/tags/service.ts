import type { Actor } from '../../../kernel/actor.ts';
import { conflict, notFound } from '../../../kernel/problem.ts';
import type { Platform } from '../../../platform/platform.ts';
import { inTransaction } from '../../../platform/postgres/pool.ts';
import { recordAudit } from '../../access/public.ts';
import { requireLineage, shownTags } from '../profiles/read-profile.ts';
import { findTag, type KnownTag, readTags, tags } from './store.ts';

const refuseComputed = (tag: KnownTag | undefined): void => {
  if (tag?.isComputed) throw conflict('customers.tag_is_computed', { name: tag.name });
};

/** Gives a customer a tag on a person's word and returns all they have. One they already have is only prolonged. */
export function giveTag({ pg: pool, clock }: Platform, customerNo: number, name: string, actor: Actor) {
  return inTransaction(pool, async (client) => {
    const lineage = await requireLineage(client, customerNo);
    refuseComputed(await findTag(client, { name }));
    const held = (await readTags(client, lineage)).find((tag) => tag.name.toLowerCase() === name.toLowerCase());
    await tags.add(client, [{ customerNo: held?.customerNo ?? lineage[0], name, at: clock.now(), by: actor.name }]);
    if (!held) await recordAudit(client, { actor, action: 'customers.add_tag', subject: `customer:${lineage[0]}`, details: { name } });
    return { tags: shownTags(await readTags(client, lineage)) };
  });
}

/** Takes a tag from a customer and everybody who became part of them. */
export function takeTag({ pg: pool, clock }: Platform, customerNo: number, tagId: number, actor: Actor): Promise<void> {
  return inTransaction(pool, async (client) => {
    const [rootNo] = await requireLineage(client, customerNo);
    refuseComputed(await findTag(client, { tagId }));
    const had = await tags.takeFromMany(client, { tagId, customerNos: [rootNo], at: clock.now(), by: actor.name });
    if (had === 0) throw notFound('customers.tag_not_found', { tagId });
    await recordAudit(client, { actor, action: 'customers.remove_tag', subject: `customer:${rootNo}`, details: { tagId } });
  });
}
