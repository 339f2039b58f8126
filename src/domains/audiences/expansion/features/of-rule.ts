import type { Facts } from '../../contract/facts.ts';
import type { Condition, Rule } from '../../contract/rule.ts';

type Measured = Extract<Condition, { kind: 'measure' }>;

/** Fields of a profile and of totals that are features under another name. */
const ofField: Record<string, string[]> = { orders_ever: ['orders', 'has_ordered'], sales_ever: ['spend'], refunded_ever: ['refunds', 'refunded'] };
const ofMeasure: Partial<Record<Measured['measure'], string[]>> = {
  amount: ['spend', 'average_order'], average_order: ['average_order'], largest_order: ['average_order'], smallest_order: ['average_order'],
  days_since_last: ['last_order', 'recent_lines', 'recent_spend'], days_since_first: ['first_order'],
};
const lately = ['last_order', 'recent_lines', 'recent_spend'];

/**
 * Families and keys of features by which a rule decides: a model that learns from them repeats the rule and finds nobody
 * else. What only goes along with them stays; the model says of it how much it alone decides.
 */
export function featuresOfRule(rule: Rule): string[] {
  const found = new Set<string>();
  const visit = (part: Rule): void => {
    if (part.kind === 'group') part.parts.forEach(visit);
    else if (part.kind === 'held') visit(part.rule);
    else featuresOf(part).forEach((key) => found.add(key));
  };
  visit(rule);
  return [...found];
}

function featuresOf(condition: Exclude<Condition, { kind: 'held' }>): string[] {
  switch (condition.kind) {
    case 'field': return ofField[condition.field] ?? (condition.field.endsWith('_order') ? [condition.field, ...lately] : [condition.field]);
    case 'tag': return condition.tags.map((tag) => `tag:${tag}`);
    case 'consent': return ['granted', 'withdrawn'].map((state) => `consent:${condition.channel}/${condition.purpose}/${state}`);
    case 'measure': return ofFacts(condition.facts, ofMeasure[condition.measure], Object.keys(condition.period).length > 0);
    case 'moment': return ofFacts(condition.facts, condition.which === 'first' ? ['first_order'] : lately, false);
    case 'sequence': return [condition.first, ...condition.then.map(({ facts }) => facts)].flatMap((facts) => ofFacts(facts, undefined, true));
    case 'recurring': return ofFacts(condition.facts, undefined, true);
    case 'identifier':
    case 'audience':
    case 'sample':
    case 'list': return [];
  }
}

/** Of orders of certain products, the shares of these; of any orders, how many and how lately. */
function ofFacts(facts: Facts, measured: string[] | undefined, inPeriod: boolean): string[] {
  if (facts.fact === 'event') return [`event:${facts.name}`, 'last_event', 'event_days'];
  if (facts.of === 'refund') return ['refunds', 'refunded'];
  const named = facts.where.flatMap((filter) => ('values' in filter && filter.field !== 'product' ? filter.values.map((value) => `${filter.field}:${value}`) : []));
  if (named.length > 0) return named;
  return [...(measured ?? ['orders', 'has_ordered']), ...(inPeriod ? lately : [])];
}
