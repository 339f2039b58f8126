import type pg from 'pg';
import type { Locale } from '../../../kernel/locale.ts';
import type { Say } from '../../../platform/i18n.ts';
import type { Rule } from '../contract/rule.ts';
import type { FieldRegistry } from '../fields/registry.ts';
import { describeRule } from './describe.ts';
import { createWords } from './words.ts';

/** Rules in the reader's words. */
export interface Sentences {
  ofRule(rule: Rule, locale: Locale): Promise<string>;
  tagNames(tagIds: readonly number[]): Promise<Map<number, string>>;
}

/** Names of tags and audiences by their ids, as they are called today. */
export interface NameSource {
  tags(ids: readonly number[]): Promise<Map<number, string>>;
  audiences(ids: readonly number[]): Promise<Map<number, string>>;
  lists(ids: readonly number[]): Promise<Map<number, string>>;
}

export const createSentences = (say: Say, fields: FieldRegistry, source: NameSource): Sentences => ({
  tagNames: source.tags,
  async ofRule(rule, locale) {
    const ids = { tag: new Set<number>(), audience: new Set<number>(), list: new Set<number>() };
    gather(rule, ids);
    const [tags, audiences, lists] = await Promise.all([source.tags([...ids.tag]), source.audiences([...ids.audience]), source.lists([...ids.list])]);
    const gone = (id: number): string => say(locale, 'audiences', 'sentence.gone', { id });
    return describeRule(rule, createWords(say, locale, {
      field: (name) => {
        const field = fields.find(name);
        if (!field) return name;
        if (field.attribute !== undefined) return field.attribute;
        const [namespace, key] = field.label.split(':');
        return say(locale, namespace, key);
      },
      tag: (id) => tags.get(id) ?? gone(id),
      audience: (id) => audiences.get(id) ?? gone(id),
      list: (id) => lists.get(id) ?? gone(id),
    }));
  },
});

function gather(rule: Rule, ids: { tag: Set<number>; audience: Set<number>; list: Set<number> }): void {
  if (rule.kind === 'group') rule.parts.forEach((part) => gather(part, ids));
  else if (rule.kind === 'held') gather(rule.rule, ids);
  else if (rule.kind === 'tag') rule.tags.forEach((id) => ids.tag.add(id));
  else if (rule.kind === 'audience') ids.audience.add(rule.audienceId);
  else if (rule.kind === 'list') ids.list.add(rule.listId);
}

/** Names out of a table of PostgreSQL. */
export const namesFrom = (pool: pg.Pool, sql: string) => async (ids: readonly number[]): Promise<Map<number, string>> => {
  if (ids.length === 0) return new Map();
  const { rows } = await pool.query<{ id: number; name: string }>(sql, [ids]);
  return new Map(rows.map(({ id, name }) => [id, name]));
};
