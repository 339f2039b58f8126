import type { PlainCondition, Rule } from '../contract/rule.ts';
import type { Facts } from '../contract/facts.ts';
import type { Period, Point } from '../contract/values.ts';
import type { FieldRegistry } from '../fields/registry.ts';

/** By what the members of a rule can change. */
export interface Dependencies {
  /** Names of events. */
  events: Set<string>;
  lines: boolean;
  /** Any fact at all: a field of another domain may be made of it. */
  facts: boolean;
  /** What is known of customers; whether somebody is one concerns every rule. */
  tags: Set<number>;
  /** Members of other audiences as they are now. */
  audiences: Set<number>;
  /** When time alone changes them: at the brand's midnight, or with each minute. */
  clock: 'never' | 'day' | 'minute';
}

const order = ['never', 'day', 'minute'] as const;

export function dependenciesOf(rule: Rule, fields: FieldRegistry): Dependencies {
  const found: Dependencies = { events: new Set(), lines: false, facts: false, tags: new Set(), audiences: new Set(), clock: 'never' };
  const tick = (clock: Dependencies['clock']): void => {
    if (order.indexOf(clock) > order.indexOf(found.clock)) found.clock = clock;
  };
  const use = (facts: Facts): void => {
    if (facts.fact === 'event') found.events.add(facts.name);
    else found.lines = true;
  };
  const visit = (part: Rule): void => {
    if (part.kind === 'group') return part.parts.forEach(visit);
    if (part.kind !== 'held') return add(part);
    tick('day');
    visit(part.rule);
  };
  const add = (condition: PlainCondition): void => {
    switch (condition.kind) {
      case 'field':
        if (fields.find(condition.field)?.source === 'facts') found.facts = true;
        if (condition.test.test === 'within') tick(clockOf(condition.test.period));
        if (condition.test.test === 'anniversary') tick('day');
        break;
      case 'measure':
        use(condition.facts);
        tick(clockOf(condition.period));
        if (condition.measure === 'days_since_first' || condition.measure === 'days_since_last') tick('day');
        break;
      case 'moment':
        use(condition.facts);
        tick(clockOf(condition.period));
        tick(clockOf(condition.when));
        break;
      case 'sequence':
        [condition.first, ...condition.then.map((step) => step.facts)].forEach(use);
        // Facts of the present minute are looked at when it is over, and a time runs out in any minute.
        tick('minute');
        break;
      case 'recurring':
        use(condition.facts);
        tick('day');
        break;
      case 'tag': condition.tags.forEach((tag) => found.tags.add(tag)); break;
      case 'audience': if (condition.on === undefined) found.audiences.add(condition.audienceId); break;
      case 'consent': case 'identifier': case 'sample': case 'list': break;
    }
  };
  visit(rule);
  return found;
}

const clockOf = ({ from, to }: Period): Dependencies['clock'] => {
  const clocks = [from, to].filter((point) => point !== undefined).map(clockOfPoint);
  return clocks.includes('minute') ? 'minute' : clocks.includes('day') ? 'day' : 'never';
};

const clockOfPoint = (point: Point): Dependencies['clock'] => {
  if (typeof point === 'string') return 'never';
  return 'unit' in point && point.unit === 'hour' ? 'minute' : 'day';
};
