import { formatDecimal, parseDecimal } from '../../../kernel/decimal.ts';
import type { buyerGroups, salesFactors } from '../contract/analysis.ts';
import type { DimensionName, Figures, MetricName } from '../contract.ts';
import type { Compared } from './compared.ts';
import { type Contribution, differences, factorEffects, ratioEffects } from './contributions.ts';
import type { UsualRange } from './usual-range.ts';

export type BuyerGroup = (typeof buyerGroups)[number];
export type SalesFactor = (typeof salesFactors)[number];

/** Two amounts and the difference between them, in ten-thousandths. */
export interface Moved {
  now: bigint;
  before: bigint;
  change: bigint;
}

/** What was found out about a period, before it is put into words. */
export interface Found {
  overview: Compared;
  sales: Moved;
  factors: { factor: SalesFactor; change: bigint }[];
  groups: ({ key: BuyerGroup } & Moved)[];
  dimensions: { dimension: DimensionName; rows: ({ key: string } & Moved)[]; rest: bigint }[];
  /** How the average order moved, where channels explain it. */
  ticket: (Moved & { mix: bigint; rate: bigint }) | null;
  outside: { metric: MetricName; day: string; value: number; range: UsualRange }[];
}

export const exact = (text: string | null): bigint => parseDecimal(text ?? '0') ?? 0n;

export const movedOf = (now: bigint, before: bigint): Moved => ({ now, before, change: now - before });

/**
 * The factors that sales are the product of. Buyers are counted where each line has one; where some have none, orders
 * per buyer would be of other people than the buyers, and orders alone stand for both.
 */
export function salesFactorsOf({ total: { now, before } }: Compared, change: bigint): Found['factors'] {
  const isWhole = now.linesWithoutCustomer === 0 && before.linesWithoutCustomer === 0;
  const parts: [SalesFactor, (of: Figures) => number][] = isWhole
    ? [['buyers', ({ buyers }) => buyers], ['frequency', ({ orders, buyers }) => orders / buyers], ['ticket', ticketOf]]
    : [['orders', ({ orders }) => orders], ['ticket', ticketOf]];
  const effects = factorEffects(parts.map(([, read]) => ({ now: read(now), before: read(before) })), change);
  return effects === null ? [] : parts.map(([factor], i) => ({ factor, change: effects[i] }));
}

const ticketOf = ({ sales, orders }: Figures): number => Number(exact(sales)) / orders;

/** What each value of a dimension adds to the change of sales. */
export function salesByDimension(dimension: DimensionName, { rows, total }: Compared): Found['dimensions'][number] {
  const pairs = rows.map(({ key, now, before }) => ({ key, ...movedOf(exact(now.sales), exact(before.sales)) }));
  const byKey = new Map(pairs.map((pair) => [pair.key, pair]));
  const found = differences(pairs, { now: exact(total.now.sales), before: exact(total.before.sales) });
  return { dimension, rest: found.rest, rows: found.rows.flatMap(({ key }: Contribution) => byKey.get(key) ?? []) };
}

/** The average order's change by mix and rate of channels; null where orders have several, or a side has none. */
export function ticketByChannel({ rows, total }: Compared): Found['ticket'] {
  const { averageOrder: now } = total.now;
  const { averageOrder: before } = total.before;
  if (now === null || before === null) return null;
  const counted = (side: 'now' | 'before'): number => rows.reduce((sum, row) => sum + row[side].orders, 0);
  if (counted('now') !== total.now.orders || counted('before') !== total.before.orders) return null;
  const moved = movedOf(exact(now), exact(before));
  const pairs = rows.map((row) => ({ key: row.key, amount: { now: exact(row.now.sales), before: exact(row.before.sales) }, count: { now: row.now.orders, before: row.before.orders } }));
  const effects = ratioEffects(pairs, moved.change);
  return effects && { ...moved, mix: effects.mix, rate: effects.rate };
}

/** How much of its size before an amount changed; null where there was none. */
export const shareOf = (part: bigint, whole: bigint): number | null => (whole === 0n ? null : Number((part * 1_000_000n) / whole) / 1_000_000);

export const decimal = formatDecimal;
