import type { Actor } from '../../../../kernel/actor.ts';
import type { TagUse } from '../../contract/tag-library.ts';
import type { Platform } from '../../../../platform/platform.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import { readCards, type TagCard, writeCard } from '../cards/store.ts';
import type { AudienceRules, TagLibraryDoors } from '../doors.ts';
import { referencesOf, rulesOf, withRules, withTagReplaced } from './rule-tags.ts';

/** Something that asks for tags: a rule, or a program of another domain. */
export interface TagUser extends TagUse {
  tagIds: readonly number[];
}

/** Where tags are used. Other domains register theirs; the library knows none of them. */
export interface TagUseSource {
  users(): Promise<TagUser[]>;
  /** Puts one tag in the place of another wherever it is asked for; returns in how many places. */
  replace(fromId: number, toId: number, actor: Actor): Promise<number>;
}

/** Tags whose own rules ask for a tag. */
export const cardsAskingFor = async (connection: Parameters<typeof readCards>[0], tagId: number): Promise<TagCard[]> =>
  (await readCards(connection)).filter((card) => referencesOf(rulesOf(card.definition)).tagIds.includes(tagId));

/** Rules of other tags. A tier's tag is its tag's. */
export const tagRuleUses = ({ pg: pool, clock }: Platform): TagUseSource => ({
  async users() {
    const cards = await readCards(pool);
    return cards.flatMap((card) => {
      const { tagIds } = referencesOf(rulesOf(card.definition));
      return tagIds.length === 0 ? [] : [{ tagIds, label: 'audiences:tags.use.tag', name: card.name, path: `/users/tags/${card.tagId}` }];
    });
  },
  replace: (fromId, toId) => inTransaction(pool, async (client) => {
    const asking = await cardsAskingFor(client, fromId);
    for (const card of asking) {
      const definition = withRules(card.definition, (rule) => withTagReplaced(rule, fromId, toId));
      await writeCard(client, card.tagId, { ...card, definition }, clock.now());
      await client.query('update tag_state set stamp = null where tag_id = $1', [card.tagId]);
    }
    return asking.length;
  }),
});

/** Rules of audiences. */
export const audienceUses = (audiences: AudienceRules): TagUseSource => ({
  async users() {
    return (await audiences.all()).flatMap(({ audienceId, name, rule }) => {
      const { tagIds } = referencesOf([rule]);
      return tagIds.length === 0 ? [] : [{ tagIds, label: 'audiences:tags.use.audience', name, path: `/users/audiences/${audienceId}` }];
    });
  },
  replace: audiences.replaceTag,
});

/** What uses a tag, or one of its tiers. */
export const usesOf = (card: Pick<TagCard, 'tagId' | 'tiers'>, users: readonly TagUser[]): TagUse[] => {
  const meant = new Set([card.tagId, ...card.tiers.map((tier) => tier.tagId)]);
  return users.filter((user) => user.tagIds.some((tagId) => meant.has(tagId))).map(({ label, name, path }) => ({ label, name, path }));
};

/**
 * Whether a tag whose rules are these would ask for itself, directly or through other tags and audiences.
 * A tag that follows itself never comes to rest.
 */
export async function asksForItself(doors: Pick<TagLibraryDoors, 'platform' | 'audiences'>, card: Pick<TagCard, 'tagId' | 'tiers'>, rules: Parameters<typeof referencesOf>[0]): Promise<boolean> {
  const [cards, audiences] = await Promise.all([readCards(doors.platform.pg), doors.audiences.all()]);
  const ownIds = new Set([card.tagId, ...card.tiers.map((tier) => tier.tagId)]);
  const cardOf = new Map(cards.flatMap((each) => [each.tagId, ...each.tiers.map((tier) => tier.tagId)].map((tagId) => [tagId, each] as const)));
  const ruleOf = new Map(audiences.map(({ audienceId, rule }) => [audienceId, rule]));
  const seen = new Set<string>();
  const waiting = [referencesOf(rules)];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (next.tagIds.some((tagId) => ownIds.has(tagId))) return true;
    const found = [
      ...next.tagIds.map((tagId) => ({ key: `tag ${tagId}`, rules: rulesOf(cardOf.get(tagId)?.definition ?? { kind: 'hand' }) })),
      ...next.audienceIds.map((id) => ({ key: `audience ${id}`, rules: [ruleOf.get(id)].filter((rule) => rule !== undefined) })),
    ].filter(({ key }) => !seen.has(key));
    for (const { key, rules: further } of found) {
      seen.add(key);
      waiting.push(referencesOf(further));
    }
  }
  return false;
}
