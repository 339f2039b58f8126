import fc from 'fast-check';
import { consentChannels, consentPurposes, identifierKinds } from '../src/domains/customers/contract.ts';
import type { ClickHouse } from '../src/platform/clickhouse/client.ts';
import { insertCustomers, insertEvents, type TestCustomer, type TestEvent } from './audience-people.ts';
import { anchors, attributeKeys, eventNames, propertyPaths, tagIds, words } from './random-rules.ts';

interface RandomLine {
  at: string;
  kind: 'sale' | 'refund';
  order: number;
  product: string;
  category: string;
  brand: string;
  channel: string;
  region: string;
  quantity: string;
  unitPrice: string;
  amount: string;
}

/** Somebody with a past, known under a number that the population gives. */
export interface RandomPerson {
  customer: Partial<TestCustomer>;
  lines: RandomLine[];
  events: Omit<TestEvent, 'customerNo'>[];
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** Hours of UTC at which days begin in the zones of the rules, and a few others. */
const hours = [0, 16, 22, 21, 2.5, 3.5, 13, 13.5, 10, 4.5] as const;
/** Mostly within a week before the anchors, on the full half hour: at the very ends of days, and whole hours and days apart. */
const moment = fc.tuple(
  fc.constantFrom(...anchors),
  fc.oneof({ weight: 4, arbitrary: fc.integer({ min: -7, max: 1 }) }, { weight: 1, arbitrary: fc.integer({ min: -400, max: 20 }) }),
  fc.constantFrom(...hours),
  fc.oneof({ weight: 6, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.constantFrom(1, -1, 20_000, -60_000) }),
).map(([anchor, days, hour, ms]) => new Date(Math.floor(Date.parse(anchor) / dayMs + days) * dayMs + hour * hourMs + ms).toISOString());

const said = fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...words.slice(0, 4)) }, { weight: 1, arbitrary: fc.constantFrom(...words) }, { weight: 2, arbitrary: fc.constant('') });
const price = fc.constantFrom('0', '0.5', '2.25', '5', '7.5', '10', '12');
const line = fc.record({
  at: moment, kind: fc.constantFrom('sale' as const, 'sale' as const, 'sale' as const, 'refund' as const), order: fc.integer({ min: 1, max: 3 }),
  product: said, category: said, brand: said, channel: said, region: said,
  quantity: fc.oneof({ weight: 9, arbitrary: price }, { weight: 1, arbitrary: fc.constant('-1') }), unitPrice: price,
  amount: fc.oneof({ weight: 18, arbitrary: price }, { weight: 2, arbitrary: fc.constant('-2.5') }, { weight: 1, arbitrary: fc.constant('99999999999999.9999') }),
});
const value = fc.oneof<fc.Arbitrary<unknown>[]>(fc.constantFrom(...words), fc.integer({ min: -3, max: 12 }), fc.constantFrom(9.5, 0.1, 2.25, true, null, '', '1.00005', `1.${'3'.repeat(60)}`, '1'.repeat(15), '007', '-0', ' 5'));
/** A path with a dot is a value within an object, or stands as it is. */
const properties = fc.dictionary(fc.constantFrom(...propertyPaths.slice(0, -1)), value, { maxKeys: 3 })
  .map((flat) => Object.fromEntries(Object.entries(flat).map(([path, one]) => (path === 'page.path' ? ['page', { path: one }] : [path, one]))));

const consents = fc.uniqueArray(fc.tuple(fc.constantFrom(...consentChannels), fc.constantFrom(...consentPurposes), fc.constantFrom('granted', 'withdrawn')), { maxLength: 6, selector: ([channel, purpose]) => `${channel}/${purpose}` });

export const randomPerson: fc.Arbitrary<RandomPerson> = fc.record({
  customer: fc.record({
    createdAt: moment, gender: fc.constantFrom('', 'male', 'female'), birthDate: fc.constantFrom(null, '1996-02-29', '1990-02-28', '1899-12-31', '2000-03-01', '1987-06-18', '2026-03-29'),
    province: said, city: said, channel: said,
    attributes: fc.dictionary(fc.constantFrom(...attributeKeys), value, { maxKeys: 2 }),
    tags: fc.uniqueArray(fc.constantFrom(...tagIds), { maxLength: 3 }),
    consents: consents.map((all) => all.map((one) => one.join('/'))),
    identifierKinds: fc.uniqueArray(fc.constantFrom(...Object.values(identifierKinds)), { maxLength: 3 }),
  }),
  lines: fc.array(line, { maxLength: 6 }),
  events: fc.array(fc.record({ at: moment, name: fc.constantFrom(...eventNames), properties }), { maxLength: 8 }),
});

const negated = (text: string): string => (text.startsWith('-') ? text.slice(1) : `-${text}`);

/** Puts people into ClickHouse: the facts of each under the first of their numbers and those of the others under theirs. */
export async function insertPeople(clickhouse: ClickHouse, people: readonly (RandomPerson & { customerNo: number; status: TestCustomer['status'] })[]): Promise<void> {
  await insertCustomers(clickhouse, people.map(({ customer, customerNo, status }) => ({ ...customer, customerNo, status })));
  await insertFacts(clickhouse, people);
}

/** Puts what people did into ClickHouse, as one batch of facts. */
export async function insertFacts(clickhouse: ClickHouse, people: readonly (Pick<RandomPerson, 'events' | 'lines'> & { customerNo: number })[], batchNo = 1): Promise<void> {
  await insertEvents(clickhouse, people.flatMap(({ events, customerNo }) => events.map((event) => ({ ...event, customerNo }))), batchNo);
  await clickhouse.insertRows('order_line', people.flatMap(({ lines, customerNo }) => lines.map((one, i) => ({
    fact_id: String(customerNo * 1_000 + i), batch_no: String(batchNo), import_id: 0, customer_no: customerNo, occurred_at: one.at.replace('Z', ''), kind: one.kind,
    order_key: String(2n ** 60n + BigInt(customerNo * 10 + one.order)), order_id: `${customerNo}-${one.order}`, product_id: one.product, product_name: '', category: one.category, brand: one.brand,
    channel: one.channel, region: one.region, unit_price: one.unitPrice, currency: 'CNY', source: 'test',
    quantity: one.kind === 'refund' ? negated(one.quantity) : one.quantity, amount: one.kind === 'refund' ? negated(one.amount) : one.amount,
  }))));
}
