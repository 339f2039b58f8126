import type pg from 'pg';
import type { Locale } from '../../../kernel/locale.ts';
import type { Say } from '../../../platform/i18n.ts';
import type { Facts } from '../contract/facts.ts';
import type { PlainCondition, Rule } from '../contract/rule.ts';
import type { FieldRegistry } from '../fields/registry.ts';
import type { ValueNames } from '../fields/value-names.ts';
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

export const createSentences = (say: Say, fields: FieldRegistry, source: NameSource, values: ValueNames): Sentences => ({
  tagNames: source.tags,
  async ofRule(rule, locale) {
    const ids: Mentioned = { tag: new Set(), audience: new Set(), list: new Set(), product: new Set() };
    gather(rule, ids);
    const [tags, audiences, lists, products] = await Promise.all([source.tags([...ids.tag]), source.audiences([...ids.audience]), source.lists([...ids.list]), values.products([...ids.product])]);
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
      event: (name) => values.event(name, locale),
      value: (of, value) => (of === 'line:product' ? products.get(value) ?? value : values.word(of, value, locale)),
    }));
  },
});

/** What a rule refers to by number or by key. */
interface Mentioned {
  tag: Set<number>;
  audience: Set<number>;
  list: Set<number>;
  product: Set<string>;
}

function gather(rule: Rule, ids: Mentioned): void {
  if (rule.kind === 'group') rule.parts.forEach((part) => gather(part, ids));
  else if (rule.kind === 'held') gather(rule.rule, ids);
  else if (rule.kind === 'tag') rule.tags.forEach((id) => ids.tag.add(id));
  else if (rule.kind === 'audience') ids.audience.add(rule.audienceId);
  else if (rule.kind === 'list') ids.list.add(rule.listId);
  else for (const facts of factsOf(rule)) productsOf(facts).forEach((product) => ids.product.add(product));
}

function factsOf(condition: PlainCondition): Facts[] {
  if (condition.kind === 'sequence') return [condition.first, ...condition.then.map(({ facts }) => facts)];
  return 'facts' in condition ? [condition.facts] : [];
}

const productsOf = (facts: Facts): string[] =>
  facts.fact === 'order' ? facts.where.flatMap((filter) => (filter.field === 'product' && 'values' in filter ? filter.values : [])) : [];

/** Names out of a table of PostgreSQL. */
export const namesFrom = (pool: pg.Pool, sql: string) => async (ids: readonly number[]): Promise<Map<number, string>> => {
  if (ids.length === 0) return new Map();
  const { rows } = await pool.query<{ id: number; name: string }>(sql, [ids]);
  return new Map(rows.map(({ id, name }) => [id, name]));
};
