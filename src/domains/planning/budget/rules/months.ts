import { addMonths } from '../../../../kernel/day.ts';

/** `2026-06`. */
export type Month = string;

/** The months from one to another, both with them. */
export function monthsBetween(from: Month, until: Month): Month[] {
  const months: Month[] = [];
  for (let at = from; at <= until; at = monthAfter(at)) months.push(at);
  return months;
}

export const monthAfter = (month: Month, months = 1): Month => addMonths(`${month}-01`, months).slice(0, 7);

/** An amount over so many months, exactly: the first ones have a ten-thousandth more where it does not come out even. */
export function spread(amount: bigint, months: number): bigint[] {
  const each = amount / BigInt(months);
  const rest = Number(amount % BigInt(months));
  return Array.from({ length: months }, (_, i) => each + (i < rest ? 1n : 0n));
}

/** What positions of a plan cost, month by month. */
export type Staffing = ReadonlyMap<Month, bigint>;

/**
 * An amount of a line over its months, exactly. What people cost lies where the positions cost it, also where it is not what they come to; everything
 * else, and people of whom nothing is said, lies evenly.
 */
export function spreadLine({ purpose, fromMonth, untilMonth }: { purpose: string; fromMonth: Month; untilMonth: Month }, amount: bigint, staffing: Staffing): Map<Month, bigint> {
  const months = monthsBetween(fromMonth, untilMonth);
  const weights = months.map((month) => (purpose === 'people' ? (staffing.get(month) ?? 0n) : 0n));
  const all = weights.reduce((sum, weight) => sum + weight, 0n);
  if (all === 0n) return new Map(spread(amount, months.length).map((part, i) => [months[i], part]));
  let [before, sofar] = [0n, 0n];
  return new Map(months.map((month, i) => {
    before += weights[i];
    const upTo = (amount * before) / all;
    const part = upTo - sofar;
    sofar = upTo;
    return [month, part];
  }));
}
