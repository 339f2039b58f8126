import fc from 'fast-check';
import { consentChannels, consentPurposes, identifierKinds } from '../src/domains/customers/contract.ts';
import { calendarUnits, eventCounts, eventValues, orderCounts, orderValues, propertyMeasures, timeUnits } from '../src/domains/audiences/contract.ts';

/** Few words, so that rules and facts meet, and among them whatever a person or an attacker may type. */
export const words = ['茶', '茶具', '🍵', 'ａ', "'; DROP TABLE event", 'a\\b', '%', 'x\ny\t"z"', 'true', '10', '10.00009', '-3', '9007199254740993', '1e3', '0', 'a\0b'] as const;
export const eventNames = ['Product Viewed', 'Cart Viewed', '搜索'] as const;
export const propertyPaths = ['price', 'page.path', 'tag', 'never'] as const;
export const attributeKeys = ['plan', 'visits'] as const;
export const tagIds = [1, 2, 3, 4] as const;
export const audienceIds = [1, 2] as const;
/** Moments around which facts lie: noon of a Thursday, the night Beirut skips an hour, a birthday of leaplings. */
export const anchors = ['2026-06-18T04:30:20.000Z', '2026-03-29T10:00:00.000Z', '2028-02-29T01:00:00.000Z', '2027-02-28T12:00:00.000Z'] as const;
export const zones = ['Asia/Shanghai', 'Asia/Beirut', 'America/St_Johns', 'Australia/Lord_Howe', 'UTC'] as const;

/** What facts and rules mostly say. */
const text = fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...words.slice(0, 4)) }, { weight: 2, arbitrary: fc.constantFrom(...words) });
const texts = fc.uniqueArray(text, { minLength: 1, maxLength: 3 });
const number = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 3 }) },
  { weight: 3, arbitrary: fc.integer({ min: -2, max: 12 }) },
  { weight: 3, arbitrary: fc.constantFrom('0.5', '2.25', '7.5', '10.0001', '-3', '3.3333') },
  { weight: 1, arbitrary: fc.constantFrom('90071992547409.9301', '99999999999999.9999', '-99999999999999.9999', '100') },
);
const comparison = fc.oneof(
  fc.record({ is: fc.constantFrom('at_least', 'at_most', 'more_than', 'less_than', 'equals', 'not_equals'), value: number }),
  fc.record({ is: fc.constant('between'), from: number, to: number }),
);
const day = fc.constantFrom('2026-06-18', '2026-06-17', '2026-03-29', '2026-03-28', '2028-02-29', '2026-12-31', '1900-01-01', '2199-12-31');
const amount = fc.oneof({ weight: 7, arbitrary: fc.integer({ min: 0, max: 7 }) }, { weight: 3, arbitrary: fc.integer({ min: 0, max: 400 }) }, { weight: 1, arbitrary: fc.constant(36_500) });
const point = fc.oneof(
  { weight: 1, arbitrary: day },
  { weight: 4, arbitrary: fc.record({ ago: amount, unit: fc.constantFrom(...timeUnits) }) },
  { weight: 1, arbitrary: fc.record({ ahead: amount, unit: fc.constantFrom(...timeUnits) }) },
  { weight: 1, arbitrary: fc.record({ calendar: fc.constantFrom(...calendarUnits), ago: fc.integer({ min: 0, max: 14 }) }) },
);
const period = fc.oneof({ weight: 3, arbitrary: fc.constant({}) }, { weight: 4, arbitrary: fc.record({ from: point }) }, { weight: 2, arbitrary: fc.record({ to: point }) }, { weight: 1, arbitrary: fc.record({ from: point, to: point }) });

const valueTests = [
  fc.record({ test: fc.constantFrom('any_of', 'none_of'), values: texts }),
  fc.record({ test: fc.constantFrom('contains', 'starts_with'), value: fc.oneof(text, fc.constantFrom('1', '具', '\\', '.', '\0')) }),
  fc.record({ test: fc.constant('compare'), compare: comparison }),
  fc.record({ test: fc.constantFrom('known', 'unknown') }),
] as const;
const timeTests = [
  fc.record({ test: fc.constant('within'), period }),
  fc.tuple(fc.integer({ min: -180, max: 180 }), fc.integer({ min: 0, max: 9 })).map(([from, days]) => ({ test: 'anniversary', from, to: Math.min(180, from + days) })),
  fc.record({ test: fc.constantFrom('known', 'unknown') }),
] as const;

const few = <T>(filter: fc.Arbitrary<T>): fc.Arbitrary<T[]> => fc.oneof({ weight: 3, arbitrary: fc.constant<T[]>([]) }, { weight: 2, arbitrary: fc.array(filter, { maxLength: 2 }) });
const lineFilter = fc.oneof(
  fc.record({ field: fc.constantFrom('product', 'category', 'brand', 'channel', 'region'), test: fc.constantFrom('any_of', 'none_of'), values: texts }),
  fc.record({ field: fc.constantFrom('unit_price', 'quantity', 'amount'), test: fc.constant('compare'), compare: comparison }),
);
const propertyFilter = fc.tuple(fc.constantFrom(...propertyPaths), fc.oneof(...valueTests)).map(([property, test]) => ({ property, ...test }));
const orderFacts = fc.record({ fact: fc.constant('order' as const), of: fc.constantFrom('sale', 'refund', 'net'), where: few(lineFilter) });
const eventFacts = fc.record({ fact: fc.constant('event' as const), name: fc.constantFrom(...eventNames), where: few(propertyFilter) });
const facts = fc.oneof(orderFacts, eventFacts);

const rangedMeasure = { kind: fc.constant('measure'), period, compare: comparison };
const measures = [
  fc.record({ ...rangedMeasure, facts: orderFacts.map((one) => ({ ...one, of: one.of === 'net' ? 'sale' : one.of })), measure: fc.constantFrom(...orderCounts, ...orderValues) }),
  fc.record({ ...rangedMeasure, facts: orderFacts.map((one) => ({ ...one, of: 'net' })), measure: fc.constantFrom('amount', 'quantity') }),
  fc.record({ ...rangedMeasure, facts: orderFacts.map((one) => ({ ...one, where: [] })), measure: fc.constantFrom('amount'), period: fc.constant({}) }),
  fc.record({ ...rangedMeasure, facts: eventFacts, measure: fc.constantFrom(...eventCounts, ...eventValues) }),
  fc.record({ ...rangedMeasure, facts: eventFacts, measure: fc.constantFrom(...propertyMeasures), property: fc.constantFrom(...propertyPaths) }),
] as const;

const field = (names: readonly string[], tests: readonly fc.Arbitrary<object>[]) =>
  fc.record({ kind: fc.constant('field'), field: fc.constantFrom(...names), test: fc.oneof(...tests) });
/** Facts lie whole days, half hours and hours apart. */
const duration = fc.oneof(
  fc.record({ amount: fc.integer({ min: 1, max: 5 }), unit: fc.constant('day') }),
  fc.record({ amount: fc.constantFrom(1, 2, 3, 6, 24), unit: fc.constant('hour') }),
  fc.record({ amount: fc.constantFrom(1, 30, 60, 90), unit: fc.constant('minute') }),
);
const match = fc.constantFrom('any', 'all', 'none');

const conditions: fc.Arbitrary<object>[] = [
  field(['gender', 'province', 'city', 'first_channel', ...attributeKeys.map((key) => `attribute.${key}`), 'attribute.never'], valueTests),
  field(['orders_ever', 'sales_ever', 'refunded_ever'], [valueTests[2], valueTests[3]]),
  field(['birth_date', 'first_seen', 'first_order', 'last_order'], timeTests),
  fc.record({ kind: fc.constant('tag'), tags: fc.uniqueArray(fc.constantFrom(...tagIds), { minLength: 1, maxLength: 3 }), match }),
  fc.record({ kind: fc.constant('consent'), channel: fc.constantFrom(...consentChannels), purpose: fc.constantFrom(...consentPurposes), state: fc.constantFrom('granted', 'withdrawn', 'unasked') }),
  fc.record({ kind: fc.constant('identifier'), identifiers: fc.uniqueArray(fc.constantFrom(...Object.keys(identifierKinds)), { minLength: 1, maxLength: 3 }), match }),
  ...measures,
  fc.record({ kind: fc.constant('moment'), facts, which: fc.constantFrom('first', 'last'), period, when: period }),
  fc.record({ kind: fc.constant('moment'), facts: orderFacts.map((one) => ({ ...one, where: [] })), which: fc.constantFrom('first', 'last'), period: fc.constant({}), when: period }),
  fc.record({ kind: fc.constant('sequence'), first: facts, then: fc.array(fc.record({ facts, within: duration }), { minLength: 1, maxLength: 3 }), ends: fc.constantFrom('did', 'did_not'), period }),
  fc.tuple(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 0, max: 7 }), facts, fc.constantFrom('day', 'week', 'month'))
    .map(([of, fewer, what, every]) => ({ kind: 'recurring', facts: what, every, of, times: Math.max(1, of - fewer) })),
  fc.record({ kind: fc.constant('audience'), audienceId: fc.constantFrom(...audienceIds), on: day }, { requiredKeys: ['kind', 'audienceId'] }),
  fc.record({ kind: fc.constant('sample'), percent: fc.double({ min: 0.01, max: 100, noNaN: true }), salt: text }),
  fc.record({ kind: fc.constant('list'), listId: fc.constantFrom(...audienceIds) }),
];

/** Rules of every kind there is, valid as they are, as JSON. */
export const randomRule: fc.Arbitrary<unknown> = fc.letrec<{ rule: unknown }>((tie) => ({
  rule: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    { weight: 5, arbitrary: fc.oneof(...conditions) },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('group'), match: fc.constantFrom('all', 'any', 'none'), parts: fc.array(tie('rule'), { maxLength: 4 }) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('held'), days: fc.integer({ min: 1, max: 3 }), rule: tie('rule') }) },
  ),
})).rule;

/** The present in which a rule is asked. */
export const randomPresent = fc.record({ now: fc.constantFrom(...anchors).map((at) => new Date(at)), timeZone: fc.constantFrom(...zones), untilMs: fc.constant(null) });
