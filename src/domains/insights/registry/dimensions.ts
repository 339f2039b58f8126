import type { DimensionName } from '../contract.ts';

/** How a dimension is read from an order line. */
export interface Dimension {
  /** The row a line belongs to, as text. `at` is the expression of a moment, for dimensions of time. */
  key(at: string): string;
  /** What a search for rows looks into; none for times. */
  searched: string[];
}

// Date32 reaches from 1900 to 2299. Weeks and months are counted back from the day, because
// ClickHouse's own functions for them answer in a type that begins in 1970.
const day = (at: string): string => `toDate32(toTimeZone(${at}, {zone:String}))`;

const field = (column: string, searched = [column]) => ({ key: () => `toString(${column})`, searched });

export const dimensions: Record<DimensionName, Dimension> = {
  day: { key: (at) => `toString(${day(at)})`, searched: [] },
  week: { key: (at) => `toString(${day(at)} - toIntervalDay(toDayOfWeek(${day(at)}) - 1))`, searched: [] },
  month: { key: (at) => `toString(${day(at)} - toIntervalDay(toDayOfMonth(${day(at)}) - 1))`, searched: [] },
  channel: field('channel'),
  region: field('region'),
  category: field('category'),
  brand: field('brand'),
  product: field('product_id', ['product_id', 'product_name']),
};
