import { type MetricTraits, metricTraits } from '../contract.ts';
import type { Metric } from './entry.ts';

/** Counts different customer numbers exactly; as bitmaps of small dense numbers it costs half of `uniqExactIf`. */
export const differentPeopleIf = 'groupBitmapIf';

const sold = "kind = 'sale' and person > 0";
const ofBuyers = { people: () => sold, isOfBuyers: true };

type Given = Pick<Metric, 'name' | 'reckoned'> & Partial<Metric>;

const traits: Partial<Record<string, MetricTraits>> = metricTraits;

const metric = (given: Given): Metric => ({
  subject: 'sales',
  table: 'lines',
  words: `insights:metric.${given.name}`,
  isAdditive: false,
  ...(traits[given.name] ?? { unit: 'count', more: 'good' }),
  ...given,
});

const counted = (name: string, sql: (when: string) => string, more: Partial<Metric> = {}): Metric => metric({ name, reckoned: { kind: 'aggregate', sql }, ...more });
const ratio = (name: string, of: [string, string], more: Partial<Metric> = {}): Metric => metric({ name, reckoned: { kind: 'ratio', of }, ...more });

/**
 * Who is new among the buyers of a row: their first order ever lies in the same period; in a row of time, in that very
 * day, week or month.
 */
const newBuyers = (when: string, inRow: (at: string) => string): string =>
  `${differentPeopleIf}(person, ${sold} and isFirstWithin and ${inRow('first_at')} and ${when})`;

/** What order lines say: an aggregate over lines of which only those count for which `when` holds. */
export const orderMetrics: Metric[] = [
  counted('sales', (when) => `sumIf(amount, kind = 'sale' and ${when})`, { isAdditive: true, ...ofBuyers }),
  counted('refunds', (when) => `-sumIf(amount, kind = 'refund' and ${when})`, { isAdditive: true, people: () => "kind = 'refund' and person > 0" }),
  metric({ name: 'netSales', reckoned: { kind: 'difference', of: ['sales', 'refunds'] }, isAdditive: true, people: () => 'person > 0' }),
  counted('orders', (when) => `uniqExactIf(order_key, kind = 'sale' and ${when})`, { addsUpInTime: true, ...ofBuyers }),
  ratio('averageOrder', ['sales', 'orders'], { ...ofBuyers }),
  counted('buyers', (when) => `${differentPeopleIf}(person, ${sold} and ${when})`, { ...ofBuyers }),
  metric({ name: 'newBuyers', reckoned: { kind: 'aggregate', sql: newBuyers, needsFirstOrder: true, differsInTime: true }, addsUpInTime: true, subject: 'users', people: (isNew) => `${sold} and ${isNew}` }),
  metric({ name: 'returningBuyers', reckoned: { kind: 'difference', of: ['buyers', 'newBuyers'], isNeverBelowZero: true }, subject: 'users', people: (isNew) => `${sold} and not (${isNew})` }),
  counted('units', (when) => `sumIf(quantity, kind = 'sale' and ${when})`, { isAdditive: true, ...ofBuyers }),
  counted('linesWithoutCustomer', (when) => `countIf(customer_no = 0 and ${when})`, { isAdditive: true }),
  counted('linesInOtherCurrency', (when) => `countIf(currency not in ('', {currency:String}) and ${when})`, { isAdditive: true, people: () => "currency not in ('', {currency:String}) and person > 0" }),
  ratio('refundRate', ['refunds', 'sales'], { unit: 'percent', more: 'bad' }),
  counted('refundingBuyers', (when) => `${differentPeopleIf}(person, kind = 'refund' and person > 0 and ${when})`, { more: 'bad', people: () => "kind = 'refund' and person > 0" }),
  ratio('salesPerBuyer', ['sales', 'buyers'], { unit: 'money', ...ofBuyers }),
  ratio('ordersPerBuyer', ['orders', 'buyers'], { unit: 'quantity', ...ofBuyers }),
  ratio('unitsPerOrder', ['units', 'orders'], { unit: 'quantity', ...ofBuyers }),
  ratio('averagePrice', ['sales', 'units'], { unit: 'money', more: 'neutral', ...ofBuyers }),
  counted('productsSold', (when) => `uniqExactIf(product_id, kind = 'sale' and product_id != '' and ${when})`, { more: 'neutral', ...ofBuyers }),
  ratio('newBuyerShare', ['newBuyers', 'buyers'], { unit: 'percent', more: 'neutral', subject: 'users', people: (isNew) => `${sold} and ${isNew}` }),
  ratio('returningBuyerShare', ['returningBuyers', 'buyers'], { unit: 'percent', more: 'neutral', subject: 'users', people: (isNew) => `${sold} and not (${isNew})` }),
];
