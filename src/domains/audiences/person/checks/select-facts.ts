import { passes } from '../../resolve/number-test.ts';
import type { ResolvedFacts, ResolvedLineFilter, ResolvedPropertyFilter, TimeRange } from '../../resolve/resolved.ts';
import type { EventFact, LineFact, PersonFacts } from '../person-facts.ts';
import { isWithin, textTest } from './tests.ts';

type OrderFacts = Extract<ResolvedFacts, { fact: 'order' }>;
type EventFacts = Extract<ResolvedFacts, { fact: 'event' }>;

/** The lines that are meant, oldest first. */
export function lineSelector({ of, where }: OrderFacts, range: TimeRange): (facts: PersonFacts) => LineFact[] {
  const filters = where.map(lineTest);
  return ({ lines }) => lines.filter((line) => (of === 'net' || line.kind === of) && isWithin(range, line.atMs) && filters.every((test) => test(line)));
}

/** The events that are meant, oldest first. */
export function eventSelector({ name, where }: EventFacts, range: TimeRange): (facts: PersonFacts) => EventFact[] {
  const filters = where.map(propertyTest);
  return ({ events }) => (events.get(name) ?? []).filter((event) => isWithin(range, event.atMs) && filters.every((test) => test(event)));
}

/** When the facts that are meant happened, ascending. */
export function timeSelector(facts: ResolvedFacts, range: TimeRange): (facts: PersonFacts) => number[] {
  const select = facts.fact === 'order' ? lineSelector(facts, range) : eventSelector(facts, range);
  return (person) => select(person).map((fact) => fact.atMs);
}

const numbersOf = { unit_price: 'unitPrice', quantity: 'quantity', amount: 'amount' } as const;

function lineTest(filter: ResolvedLineFilter): (line: LineFact) => boolean {
  if (filter.test === 'compare') {
    const field = numbersOf[filter.field];
    return (line) => passes(filter.compare, spoken(line, field));
  }
  const passesText = textTest(filter);
  return (line) => passesText(line[filter.field] || undefined);
}

/** What was given back is spoken of in positive numbers, too. */
const spoken = (line: LineFact, field: 'unitPrice' | 'quantity' | 'amount'): bigint => (line.kind === 'refund' && field !== 'unitPrice' ? -line[field] : line[field]);

function propertyTest(filter: ResolvedPropertyFilter): (event: EventFact) => boolean {
  const passesText = textTest(filter);
  return (event) => passesText(event.properties.get(filter.property));
}
