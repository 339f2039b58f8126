import type { PlainCondition, Rule } from '../contract/rule.ts';
import { factsText, testText } from './facts.ts';
import { comparisonText, periodText } from './values.ts';
import type { Words } from './words.ts';

/** A rule as a sentence. A period of all time leaves a gap, which is closed. */
export const describeRule = (rule: Rule, words: Words): string => describe(rule, words).replace(/ {2,}/g, ' ').trim();

function describe(rule: Rule, words: Words): string {
  const { say } = words;
  if (rule.kind === 'held') return say('held', { rule: describe(rule.rule, words), count: rule.days });
  if (rule.kind !== 'group') return describeCondition(rule, words);
  if (rule.parts.length === 0) return say(rule.match === 'any' ? 'nobody' : 'everybody');
  const parts = rule.parts.map((part) => (part.kind === 'group' && part.parts.length > 1 && part.match !== 'none' ? say('brackets', { rule: describe(part, words) }) : describe(part, words)));
  if (rule.match === 'none') return say('none', { parts: parts.join(say('or')) });
  return parts.join(say(rule.match === 'all' ? 'and' : 'or'));
}

function describeCondition(condition: PlainCondition, words: Words): string {
  const { say, joined } = words;
  switch (condition.kind) {
    case 'field': return say('field', { field: words.field(condition.field), test: testText(condition.test, words, `field:${condition.field}`) });
    case 'tag': return say(`tag.${condition.match}`, { tags: joined(condition.tags.map(words.tag)) });
    case 'consent': return say(`consent.${condition.state}`, { channel: say(`channel.${condition.channel}`), purpose: say(`purpose.${condition.purpose}`) });
    case 'identifier': return say(`identifier.${condition.match}`, { kinds: joined(condition.identifiers.map((kind) => say(`kind.${kind}`))) });
    case 'measure': {
      const what = { period: periodText(condition.period, words), facts: factsText(condition.facts, words), compare: comparisonText(condition.compare, words) };
      return say('measure', { ...what, measure: say(`measures.${condition.measure}`, { property: condition.property ?? '' }) });
    }
    case 'moment': return say(`moment.${condition.which}`, { period: periodText(condition.period, words), facts: factsText(condition.facts, words), when: periodText(condition.when, words) || say('period.ever') });
    case 'sequence': {
      const steps = condition.then.map((step, i) => say(condition.ends === 'did_not' && i === condition.then.length - 1 ? 'sequence.not' : 'sequence.then',
        { facts: factsText(step.facts, words), within: say(`duration.${step.within.unit}`, { count: step.within.amount }) }));
      return say('sequence.first', { period: periodText(condition.period, words), facts: factsText(condition.first, words), then: joined(steps) });
    }
    case 'recurring': return say('recurring', { facts: factsText(condition.facts, words), of: say(`periods.${condition.every}`, { count: condition.of }), times: condition.times });
    case 'audience': return condition.on ? say('audience.on', { name: words.audience(condition.audienceId), day: words.day(condition.on) }) : say('audience.now', { name: words.audience(condition.audienceId) });
    case 'sample': return say('sample', { percent: condition.percent });
    case 'list': return say('list', { name: words.list(condition.listId) });
  }
}
