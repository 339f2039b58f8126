import { type CountedMetric, madeOf } from '../registry/metrics.ts';
import { type Asked, isTime } from './asked.ts';

/** How a question is answered. */
export interface Plan {
  /** What is counted over the lines; a column that no metric needs is not read. */
  counted: CountedMetric[];
  /**
   * `totals`: from the totals of customers, which tell when each first ordered; it holds where every
   * line counts. `lines`: by looking up the first order of whoever the matching lines belong to.
   */
  newBuyersFrom: 'totals' | 'lines' | 'nowhere';
}

/** Decides where an answer comes from. */
export function planAnswer(asked: Asked): Plan {
  const { channel, region, category, brand, product } = asked.filters;
  const isFiltered = [channel, region, category, brand].some((values) => values.length > 0) || Boolean(product);
  const fromTotals = isTime(asked.dimension) && !isFiltered && asked.page === null;
  const sorted = asked.page && asked.sort.field !== 'key' ? [asked.sort.field] : [];
  const needed = new Set([...asked.metrics, ...sorted].flatMap((metric) => madeOf[metric]));
  return {
    counted: [...needed].filter((name) => name !== 'newBuyers'),
    newBuyersFrom: !needed.has('newBuyers') ? 'nowhere' : fromTotals ? 'totals' : 'lines',
  };
}
