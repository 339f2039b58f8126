import type { Figures } from '../src/domains/insights/contract.ts';
import { formatDecimal } from '../src/kernel/decimal.ts';
import { dayIn } from '../src/kernel/day.ts';
import type { TestLine } from './order-lines.ts';

/** What figures are reckoned from a second time, without the program's own code: lines, and who became part of whom. */
export interface PlainFacts {
  lines: TestLine[];
  /** absorbed → survivor */
  merges: ReadonlyMap<number, number>;
  timeZone: string;
}

const exact = (value: number): bigint => BigInt(Math.round(value * 10_000));

/**
 * The figures of the lines that `counts`, among people whose first purchase ever `isNewMoment` tells
 * to be within the period (or bucket) looked at.
 */
export function plainFigures(facts: PlainFacts, counts: (line: TestLine) => boolean, isNewMoment: (at: string) => boolean): Figures {
  const who = (line: TestLine): number => facts.merges.get(line.customerNo) ?? line.customerNo;
  const firstAt = new Map<number, string>();
  for (const line of facts.lines) {
    const known = firstAt.get(who(line));
    if (line.kind === 'sale' && (known === undefined || line.at < known)) firstAt.set(who(line), line.at);
  }
  const lines = facts.lines.filter(counts);
  const sold = lines.filter((line) => line.kind === 'sale');
  const sum = (some: TestLine[], of: (line: TestLine) => number): bigint => some.reduce((total, line) => total + exact(of(line)), 0n);
  const sales = sum(sold, (line) => line.amount);
  const refunds = sum(lines.filter((line) => line.kind === 'refund'), (line) => line.amount);
  const orders = BigInt(new Set(sold.map((line) => `${line.source} ${line.order}`)).size);
  const buyers = [...new Set(sold.map(who))].filter((no) => no !== 0);
  const newBuyers = buyers.filter((no) => isNewMoment(firstAt.get(no) ?? '')).length;
  return {
    sales: formatDecimal(sales),
    refunds: formatDecimal(refunds),
    netSales: formatDecimal(sales - refunds),
    orders: Number(orders),
    averageOrder: orders === 0n ? null : formatDecimal(roundedHalfUp(sales, orders)),
    buyers: buyers.length,
    newBuyers,
    returningBuyers: buyers.length - newBuyers,
    units: formatDecimal(sum(sold, (line) => line.quantity)),
    linesWithoutCustomer: lines.filter((line) => line.customerNo === 0).length,
    linesInOtherCurrency: lines.filter((line) => !['', 'CNY'].includes(line.currency)).length,
  };
}

function roundedHalfUp(amount: bigint, by: bigint): bigint {
  const magnitude = amount < 0n ? -amount : amount;
  const rounded = magnitude / by + (2n * (magnitude % by) >= by ? 1n : 0n);
  return amount < 0n ? -rounded : rounded;
}

/** The day of a line in the zone of the facts. */
export const plainDay = (facts: PlainFacts, at: string): string => dayIn(facts.timeZone, new Date(at));
