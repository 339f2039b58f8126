import type { Condition, Facts, Rule } from '../../audiences/contract.ts';

/** Where the rows lie that a feature is counted over. */
type Source = 'lines' | 'events' | 'profile';

/** Something that a tree may ask of a person. Rules can ask for it as well, so that a leaf is an audience. */
export interface TreeFeature {
  /** `orders`, `category:茶叶`: the family, and which of its values. */
  key: string;
  source: Source;
  /** A ClickHouse expression over the rows of one person. */
  sql: string;
  params: Record<string, string>;
  isWhole: boolean;
  /** NaN where nothing is known, otherwise 0. */
  isUnknownWithout: boolean;
  /** Who has at least so much, and all others. */
  atLeast(limit: number): Rule;
  below(limit: number): Rule;
}

/** Values of the brand that are asked for, the commonest first. */
export interface TreeValues {
  category: readonly string[];
  brand: readonly string[];
  channel: readonly string[];
  event: readonly string[];
  gender: readonly string[];
  province: readonly string[];
  first_channel: readonly string[];
}

export const sale: Facts = { fact: 'order', of: 'sale', where: [] };
const sold = "kind = 'sale'";
/** Periods by their days; the moment each begins is bound as `since90`. */
export const periodDays = [30, 90, 365] as const;

type Measure = Extract<Condition, { kind: 'measure' }>['measure'];

/** Of orders, from the beginning or of the last days. */
function ofOrders(key: string, measure: Measure, sql: string, { facts = sale, days, params = {}, isWhole = true }: { facts?: Facts; days?: number; params?: Record<string, string>; isWhole?: boolean } = {}): TreeFeature {
  const condition = (is: 'at_least' | 'less_than', limit: number): Rule => ({
    kind: 'measure', facts, measure, period: days === undefined ? {} : { from: { ago: days, unit: 'day' } }, compare: { is, value: String(limit) },
  });
  return { key, source: facts.fact === 'event' ? 'events' : 'lines', sql, params, isWhole, isUnknownWithout: false, atLeast: (limit) => condition('at_least', limit), below: (limit) => condition('less_than', limit) };
}

const lately = (days: number): string => `occurred_at >= {since${days}:DateTime64(3, 'UTC')}`;
const different = (column: string): string => `uniqExactIf(${column}, ${sold} and ${column} != '')`;
const daysSince = (moment: string): string => `dateDiff('day', toDate32(toTimeZone(${moment}, {zone:String})), toDate32({day:String}))`;

/** Orders with a value of a column among their lines. */
const withValue = (column: 'category' | 'brand' | 'channel', value: string, at: number): TreeFeature =>
  ofOrders(`${column}:${value}`, 'orders', `uniqExactIf(order_key, ${sold} and ${column} = {${column}${at}:String})`, {
    params: { [`${column}${at}`]: value }, facts: { fact: 'order', of: 'sale', where: [{ field: column, test: 'any_of', values: [value] }] },
  });

/** A word of the profile: has it, or has another one or none. */
const ofProfile = (field: 'gender' | 'province' | 'first_channel', value: string, at: number): TreeFeature => ({
  key: `${field}:${value}`, source: 'profile', sql: `${field === 'first_channel' ? 'channel' : field} = {${field}${at}:String}`, params: { [`${field}${at}`]: value }, isWhole: true, isUnknownWithout: false,
  atLeast: () => ({ kind: 'field', field, test: { test: 'any_of', values: [value] } }),
  below: () => ({ kind: 'field', field, test: { test: 'none_of', values: [value] } }),
});

const born = (years: number): Rule => ({ kind: 'field', field: 'birth_date', test: { test: 'within', period: { to: { ago: years, unit: 'year' } } } });

/** Everything that a tree may ask: how lately, how often, how much and what was bought, what was seen, and what profiles say. */
export const featuresOf = (values: TreeValues): TreeFeature[] => [
  ofOrders('last_order', 'days_since_last', daysSince(`maxIf(occurred_at, ${sold})`)),
  ofOrders('first_order', 'days_since_first', daysSince(`minIf(occurred_at, ${sold})`)),
  ofOrders('orders', 'orders', `uniqExactIf(order_key, ${sold})`),
  ...periodDays.map((days) => ofOrders(`orders_${days}`, 'orders', `uniqExactIf(order_key, ${sold} and ${lately(days)})`, { days })),
  ofOrders('amount', 'amount', `sumIf(amount, ${sold})`, { isWhole: false }),
  ofOrders('amount_365', 'amount', `sumIf(amount, ${sold} and ${lately(365)})`, { days: 365, isWhole: false }),
  ofOrders('average_order', 'average_order', `toFloat64(sumIf(amount, ${sold})) / uniqExactIf(order_key, ${sold})`, { isWhole: false }),
  ofOrders('products', 'products', different('product_id')),
  ofOrders('categories', 'categories', different('category')),
  ofOrders('brands', 'brands', different('brand')),
  ofOrders('channels', 'channels', different('channel')),
  ofOrders('refunds', 'orders', "uniqExactIf(order_key, kind = 'refund')", { facts: { fact: 'order', of: 'refund', where: [] } }),
  ...(['category', 'brand', 'channel'] as const).flatMap((column) => values[column].map((value, at) => withValue(column, value, at))),
  ...values.event.map((name, at) => ofOrders(`event:${name}`, 'times', `countIf(name = {event${at}:String} and ${lately(30)})`, { facts: { fact: 'event', name, where: [] }, days: 30, params: { [`event${at}`]: name } })),
  ...(['gender', 'province', 'first_channel'] as const).flatMap((field) => values[field].map((value, at) => ofProfile(field, value, at))),
  {
    key: 'age', source: 'profile', sql: "if(birth_date is null or birth_date > toDate32({day:String}), nan, toFloat64(age('year', assumeNotNull(birth_date), toDate32({day:String}))))", params: {}, isWhole: true, isUnknownWithout: true,
    atLeast: born, below: (limit) => ({ kind: 'group', match: 'none', parts: [born(limit)] }),
  },
];
