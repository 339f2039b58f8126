import type { Actor } from '../../../../kernel/actor.ts';
import { conflict } from '../../../../kernel/problem.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import { recordAudit } from '../../../access/public.ts';
import type { TagLibraryDoors } from '../doors.ts';
import { requireCard } from './keep-tags.ts';

/** Gives a tag to many by hand, or takes it from them; returns how many came to have it or lost it. */
export async function changePeople({ platform, customers }: TagLibraryDoors, tagId: number, change: 'give' | 'take', customerNos: readonly number[], actor: Actor): Promise<number> {
  const card = await requireCard(platform.pg, tagId);
  if (card.kind !== 'hand') throw conflict('audiences.tag_not_by_hand', { name: card.name });
  const changed = await inTransaction(platform.pg, async (client) => {
    const those = { tagId, customerNos, at: platform.clock.now(), by: actor.name };
    const people = await (change === 'give' ? customers.tags.giveToMany(client, those) : customers.tags.takeFromMany(client, those));
    await recordAudit(client, { actor, action: change === 'give' ? 'audiences.give_tag' : 'audiences.take_tag', subject: `tag:${tagId}`, details: { name: card.name, people } });
    return people;
  });
  // Should that fail, the worker brings the copies up to date.
  await customers.copier.drain().catch((error: unknown) => platform.log.warn({ err: error }, 'copies of customers wait for the worker'));
  return changed;
}
