import type { Rule } from '../../contract/rule.ts';
import type { TagDefinition } from '../../contract/tag-definition.ts';

/** Every condition of a rule. */
function* conditionsOf(rule: Rule): Generator<Exclude<Rule, { kind: 'group' | 'held' }>> {
  if (rule.kind === 'group') for (const part of rule.parts) yield* conditionsOf(part);
  else if (rule.kind === 'held') yield* conditionsOf(rule.rule);
  else yield rule;
}

/** What a rule refers to, each once. */
export function referencesOf(rules: readonly Rule[]): { tagIds: number[]; audienceIds: number[]; listIds: number[] } {
  const conditions = rules.flatMap((rule) => [...conditionsOf(rule)]);
  const each = (ids: number[]): number[] => [...new Set(ids)];
  return {
    tagIds: each(conditions.flatMap((c) => (c.kind === 'tag' ? c.tags : []))),
    audienceIds: each(conditions.flatMap((c) => (c.kind === 'audience' && c.on === undefined ? [c.audienceId] : []))),
    listIds: each(conditions.flatMap((c) => (c.kind === 'list' ? [c.listId] : []))),
  };
}

/** Whether a rule's answer changes within a day while the data stays the same: it counts hours, or waits for what does not follow. */
export function isHourly(rules: readonly Rule[]): boolean {
  return rules.some((rule) => [...conditionsOf(rule)].some((c) => c.kind === 'sequence' || JSON.stringify(c).includes('"unit":"hour"')));
}

/** The same rule with another tag in the place of one. */
export function withTagReplaced(rule: Rule, fromId: number, toId: number): Rule {
  if (rule.kind === 'group') return { ...rule, parts: rule.parts.map((part) => withTagReplaced(part, fromId, toId)) };
  if (rule.kind === 'held') return { ...rule, rule: withTagReplaced(rule.rule, fromId, toId) };
  if (rule.kind !== 'tag' || !rule.tags.includes(fromId)) return rule;
  return { ...rule, tags: [...new Set(rule.tags.map((tagId) => (tagId === fromId ? toId : tagId)))] };
}

/** The rules a definition holds as they were written. */
export function rulesOf(definition: TagDefinition): Rule[] {
  if (definition.kind === 'rule') return [definition.rule];
  return definition.kind === 'tiers' && definition.tiers.by === 'rules' ? definition.tiers.tiers.map(({ rule }) => rule) : [];
}

/** The same definition with other rules. */
export function withRules(definition: TagDefinition, change: (rule: Rule) => Rule): TagDefinition {
  if (definition.kind === 'rule') return { ...definition, rule: change(definition.rule) };
  if (definition.kind !== 'tiers' || definition.tiers.by !== 'rules') return definition;
  return { ...definition, tiers: { ...definition.tiers, tiers: definition.tiers.tiers.map((tier) => ({ ...tier, rule: change(tier.rule) })) } };
}
