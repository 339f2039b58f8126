import { z } from 'zod';

/** An exact amount or quantity as a plain decimal: `9747747.934`. */
const amount = z.string();
const count = z.number().int();

/** What is counted, under the names by which the registry, the messages and the web know it. */
export const figures = z.object({
  sales: amount,
  refunds: amount,
  netSales: amount,
  orders: count,
  /** Sales per order; null where there is no order. */
  averageOrder: amount.nullable(),
  buyers: count,
  newBuyers: count,
  returningBuyers: count,
  units: amount,
  linesWithoutCustomer: count,
  linesInOtherCurrency: count,
});
export type Figures = z.output<typeof figures>;

export const metricNames = figures.keyof().options;
export type MetricName = keyof Figures;

/** How a metric is written for a person, and whether more of it is good. */
export interface MetricTraits {
  unit: 'money' | 'count' | 'quantity' | 'percent';
  more: 'good' | 'bad' | 'neutral';
}

export const metricTraits: Record<MetricName, MetricTraits> = {
  sales: { unit: 'money', more: 'good' },
  refunds: { unit: 'money', more: 'bad' },
  netSales: { unit: 'money', more: 'good' },
  orders: { unit: 'count', more: 'good' },
  averageOrder: { unit: 'money', more: 'good' },
  buyers: { unit: 'count', more: 'good' },
  newBuyers: { unit: 'count', more: 'good' },
  returningBuyers: { unit: 'count', more: 'good' },
  units: { unit: 'quantity', more: 'good' },
  linesWithoutCustomer: { unit: 'count', more: 'neutral' },
  linesInOtherCurrency: { unit: 'count', more: 'neutral' },
};

/** By what time goes: days of the brand's zone, weeks from Monday (ISO 8601), months. */
export const timeDimensions = ['day', 'week', 'month'] as const;
export type TimeDimension = (typeof timeDimensions)[number];

/** What order lines say of themselves. */
export const fieldDimensions = ['channel', 'region', 'category', 'brand', 'product'] as const;
export type FieldDimension = (typeof fieldDimensions)[number];

export const dimensionNames = [...timeDimensions, ...fieldDimensions] as const;
export type DimensionName = (typeof dimensionNames)[number];
