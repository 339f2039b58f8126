import { canonicalNo } from '../../../platform/clickhouse/merge-dictionary.ts';
import type { Dimension } from './entry.ts';

// Date32 reaches from 1900 to 2299. Weeks and months are counted back from the day, because
// ClickHouse's own functions for them answer in a type that begins in 1970.
const day = (at: string): string => `toDate32(toTimeZone(${at}, {zone:String}))`;

const times: Record<string, (at: string) => string> = {
  day: (at) => `toString(${day(at)})`,
  week: (at) => `toString(${day(at)} - toIntervalDay(toDayOfWeek(${day(at)}) - 1))`,
  month: (at) => `toString(${day(at)} - toIntervalDay(toDayOfMonth(${day(at)}) - 1))`,
};

const own = (name: string, group: Dimension['group'], more: Partial<Dimension>): Dimension => ({ name, words: `insights:dimension.${name}`, group, ...more });

const ofLine = (name: string, column: string, more: Partial<Dimension> = {}): Dimension => own(name, 'orders', { of: { lines: column }, ...more });

/** What the row of a person says; a survivor's row holds what the whole lineage says. */
const ofProfile = (name: string, value: string, more: Partial<Dimension> = {}): Dimension => own(name, 'customers', {
  of: { customers: value },
  ofPerson: `select customer_no, ${value} as value from customer final where status = 'active' and value != ''`,
  ...more,
});

/** From which price on a line belongs to which band; what costs nothing has one of its own. */
export const priceBands = ['0', '0.01', '20', '50', '100', '200', '500', '1000', '2000', '5000', '10000'] as const;
const priceBand = `multiIf(unit_price <= 0, '0', ${priceBands.slice(2).map((from, i) => `unit_price < ${from}, '${priceBands[i + 1]}'`).join(', ')}, '${priceBands.at(-1)}')`;

export const ageBands = ['0', '18', '25', '30', '35', '40', '50', '60'] as const;
const age = 'age(\'year\', assumeNotNull(birth_date), {today:Date32})';
const ageBand = `multiIf(isNull(birth_date), '', ${ageBands.slice(1).map((from, i) => `${age} < ${from}, '${ageBands[i]}'`).join(', ')}, '${ageBands.at(-1)}')`;

/** First orders of all time, by month in the brand's zone. */
const firstOrderMonth = `select no as customer_no, ${times.month('first_ever')} as value
  from (select ${canonicalNo()} as no, min(assumeNotNull(first_order_at)) as first_ever from customer_summary final where isNotNull(first_order_at) group by no)`;

export const newness = ['new', 'returning'] as const;

/** This domain's own dimensions. */
export const ownDimensions: Dimension[] = [
  ...Object.entries(times).map(([name, ofTime]) => own(name, 'time', { ofTime })),
  own('channel', 'orders', { of: { lines: 'channel', events: 'channel' } }),
  ofLine('region', 'region'),
  ofLine('category', 'category'),
  ofLine('brand', 'brand'),
  ofLine('product', 'product_id', { searched: ['product_name'] }),
  ofLine('priceBand', priceBand, { isNumeric: true, values: priceBands }),
  ofLine('newness', "multiIf(person = 0, '', isFirstWithin, 'new', 'returning')", { group: 'customers', needsFirstOrder: true, values: newness }),
  ofProfile('gender', 'toString(gender)'),
  ofProfile('ageBand', ageBand, { isNumeric: true, values: ageBands }),
  ofProfile('province', 'toString(province)'),
  ofProfile('city', 'toString(city)'),
  ofProfile('firstChannel', 'toString(channel)'),
  own('firstOrderMonth', 'customers', { ofPerson: firstOrderMonth }),
  own('event', 'events', { of: { events: 'name' } }),
];
