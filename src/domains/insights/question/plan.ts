import { type Asked, isTime } from './asked.ts';

/** How a question is answered. */
export interface Plan {
  /**
   * `totals`: from the totals of customers, which tell when each first ordered; it holds where every
   * line counts. `lines`: by looking up the first order of whoever the matching lines belong to.
   */
  newBuyersFrom: 'totals' | 'lines';
}

/** Decides where an answer comes from. */
export function planAnswer(asked: Asked): Plan {
  const { channel, region, category, brand, product } = asked.filters;
  const isFiltered = [channel, region, category, brand].some((values) => values.length > 0) || Boolean(product);
  const fromTotals = isTime(asked.dimension) && !isFiltered && asked.page === null;
  return { newBuyersFrom: fromTotals ? 'totals' : 'lines' };
}
