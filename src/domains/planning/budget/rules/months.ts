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
