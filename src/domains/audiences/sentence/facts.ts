import type { Facts, LineFilter, PropertyFilter } from '../contract/facts.ts';
import type { FieldTest } from '../contract/conditions.ts';
import { comparisonText, periodText } from './values.ts';
import type { Words } from './words.ts';

/** "is one of 杭州, 上海", of a field, a column of a line or a property. */
export function testText(test: FieldTest, words: Words, of = ''): string {
  const { say } = words;
  switch (test.test) {
    case 'any_of':
    case 'none_of': return say(`test.${test.test}`, { values: words.joined(test.values.map((value) => words.value(of, value))) });
    case 'contains':
    case 'starts_with': return say(`test.${test.test}`, { value: test.value });
    case 'compare': return comparisonText(test.compare, words);
    case 'within': return say('test.within', { period: periodText(test.period, words) || say('period.ever') });
    case 'anniversary': return say('test.anniversary', { from: test.from, to: test.to });
    default: return say(`test.${test.test}`);
  }
}

const lineText = (filter: LineFilter, words: Words): string => `${words.say(`line.${filter.field}`)}${words.say('space')}${testText(filter as FieldTest, words, `line:${filter.field}`)}`;
const propertyText = (filter: PropertyFilter, words: Words): string => `${filter.property}${words.say('space')}${testText(filter as FieldTest, words)}`;

/** "purchases (category is one of 茶叶)". */
export function factsText(facts: Facts, words: Words): string {
  const what = facts.fact === 'order' ? words.say(`facts.${facts.of}`) : words.say('facts.event', { name: words.event(facts.name) });
  const where = facts.fact === 'order' ? facts.where.map((each) => lineText(each, words)) : facts.where.map((each) => propertyText(each, words));
  return where.length === 0 ? what : words.say('facts.where', { what, where: words.joined(where) });
}
