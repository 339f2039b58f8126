import { passes } from '../../resolve/number-test.ts';
import type { Measure, NumberTest, ResolvedCondition } from '../../resolve/resolved.ts';
import type { EventFact, LineFact, PersonFacts } from '../person-facts.ts';
import type { Check } from './check.ts';
import { eventSelector, lineSelector } from './select-facts.ts';
import { numberOf } from './tests.ts';
import { dayFinder } from './zone-days.ts';

type MeasureCondition = Extract<ResolvedCondition, { kind: 'measure' }>;
/** An exact number in ten-thousandths: a sum, divided where it is an average; null where there is no value. */
type Measured = { sum: bigint; by: bigint } | null;

/** A measure of somebody's orders or events, compared exactly. */
export function checkMeasure(condition: MeasureCondition): Check {
  const measure = measurer(condition);
  return (person) => {
    const measured = measure(person);
    if (measured === null) return { holds: false, found: null };
    const { sum, by } = measured;
    return { holds: passes(by === 1n ? condition.compare : times(condition.compare, by), sum), found: { number: sum / by } };
  };
}

/** The same test of a number that is `by` times as large: an average is compared without dividing. */
const times = (test: NumberTest, by: bigint): NumberTest =>
  test.is === 'between' ? { ...test, from: test.from * by, to: test.to * by } : { ...test, value: test.value * by };

function measurer({ facts, measure, property, range, zone }: MeasureCondition): (person: PersonFacts) => Measured {
  const dayOf = dayFinder(zone);
  if (facts.fact === 'order') {
    const select = lineSelector(facts, range);
    const sign = facts.of === 'refund' ? -1n : 1n;
    return (person) => ofLines(measure, select(person), sign, dayOf);
  }
  const select = eventSelector(facts, range);
  return (person) => ofEvents(measure, select(person), property, dayOf);
}

const exactly = (sum: bigint): Measured => ({ sum, by: 1n });
const count = (number: number): Measured => exactly(BigInt(number) * 10_000n);
const total = (values: readonly bigint[]): bigint => values.reduce((sum, value) => sum + value, 0n);
const distinct = (texts: readonly string[]): Measured => count(new Set(texts.filter((text) => text !== '')).size);
const average = (values: readonly bigint[]): Measured => (values.length === 0 ? null : { sum: total(values), by: BigInt(values.length) });
const largest = (values: readonly bigint[]): Measured => (values.length === 0 ? null : exactly(values.reduce((a, b) => (b > a ? b : a))));
const smallest = (values: readonly bigint[]): Measured => (values.length === 0 ? null : exactly(values.reduce((a, b) => (b < a ? b : a))));

function ofLines(measure: Measure, lines: readonly LineFact[], sign: bigint, dayOf: (ms: number) => string): Measured {
  switch (measure) {
    case 'orders': return distinct(lines.map((line) => line.orderKey));
    case 'lines': return count(lines.length);
    case 'amount': return exactly(sign * total(lines.map((line) => line.amount)));
    case 'quantity': return exactly(sign * total(lines.map((line) => line.quantity)));
    case 'products': return distinct(lines.map((line) => line.product));
    case 'categories': return distinct(lines.map((line) => line.category));
    case 'brands': return distinct(lines.map((line) => line.brand));
    case 'channels': return distinct(lines.map((line) => line.channel));
    case 'days': return distinct(lines.map((line) => dayOf(line.atMs)));
    case 'average_order': return average(orderTotals(lines, sign));
    case 'largest_order': return largest(orderTotals(lines, sign));
    case 'smallest_order': return smallest(orderTotals(lines, sign));
    default: throw new RangeError(`${measure} is no measure of orders`);
  }
}

/** What each order comes to, by the lines that are meant. */
function orderTotals(lines: readonly LineFact[], sign: bigint): bigint[] {
  const totals = new Map<string, bigint>();
  for (const { orderKey, amount } of lines) totals.set(orderKey, (totals.get(orderKey) ?? 0n) + sign * amount);
  return [...totals.values()];
}

function ofEvents(measure: Measure, events: readonly EventFact[], property: string, dayOf: (ms: number) => string): Measured {
  const texts = (): string[] => events.map((event) => event.properties.get(property)).filter((text) => text !== undefined);
  const numbers = (): bigint[] => texts().map(numberOf).filter((value) => value !== null);
  switch (measure) {
    case 'times': return count(events.length);
    case 'days': return distinct(events.map((event) => dayOf(event.atMs)));
    case 'distinct': return distinct(texts());
    case 'sum': return exactly(total(numbers()));
    case 'average': return average(numbers());
    case 'minimum': return smallest(numbers());
    case 'maximum': return largest(numbers());
    default: throw new RangeError(`${measure} is no measure of events`);
  }
}
