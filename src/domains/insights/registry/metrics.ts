import type { MetricName } from '../contract.ts';

/** Counts different customer numbers exactly; as bitmaps of small dense numbers it costs half of `uniqExactIf`. */
export const differentPeopleIf = 'groupBitmapIf';

/**
 * Metrics the engine counts: an aggregate over order lines of which only those count for which
 * `when` holds. `buyer` is the customer a line counts for today, 0 for nobody.
 */
export const countedMetrics = {
  sales: (when: string) => `sumIf(amount, kind = 'sale' and ${when})`,
  refunds: (when: string) => `-sumIf(amount, kind = 'refund' and ${when})`,
  orders: (when: string) => `uniqExactIf(order_key, kind = 'sale' and ${when})`,
  buyers: (when: string) => `${differentPeopleIf}(buyer, kind = 'sale' and buyer > 0 and ${when})`,
  units: (when: string) => `sumIf(quantity, kind = 'sale' and ${when})`,
  linesWithoutCustomer: (when: string) => `countIf(customer_no = 0 and ${when})`,
  linesInOtherCurrency: (when: string) => `countIf(currency not in ('', {currency:String}) and ${when})`,
} as const satisfies Partial<Record<MetricName, (when: string) => string>>;
export type CountedMetric = keyof typeof countedMetrics;

/** Which counted columns a metric is made of. */
export const madeOf: Record<MetricName, (CountedMetric | 'newBuyers')[]> = {
  sales: ['sales'],
  refunds: ['refunds'],
  netSales: ['sales', 'refunds'],
  orders: ['orders'],
  averageOrder: ['sales', 'orders'],
  buyers: ['buyers'],
  newBuyers: ['newBuyers'],
  returningBuyers: ['buyers', 'newBuyers'],
  units: ['units'],
  linesWithoutCustomer: ['linesWithoutCustomer'],
  linesInOtherCurrency: ['linesInOtherCurrency'],
};

/**
 * What rows are sorted by, over the columns of `countedMetrics` and `newBuyers` of the period asked
 * for (`_now`). Figures themselves are reckoned exactly, in `shape.ts`; an order may be by a float.
 */
export const sortExpressions: Record<MetricName, string> = {
  sales: 'sales_now',
  refunds: 'refunds_now',
  netSales: 'sales_now - refunds_now',
  orders: 'orders_now',
  averageOrder: 'if(orders_now = 0, null, toFloat64(sales_now) / orders_now)',
  buyers: 'buyers_now',
  newBuyers: 'newBuyers_now',
  returningBuyers: 'buyers_now - newBuyers_now',
  units: 'units_now',
  linesWithoutCustomer: 'linesWithoutCustomer_now',
  linesInOtherCurrency: 'linesInOtherCurrency_now',
};
