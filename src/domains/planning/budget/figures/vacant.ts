import { formatDecimal } from '../../../../kernel/decimal.ts';
import type { Vacant } from '../../contract.ts';
import type { MonthStaffing } from '../../positions/rules/staffing.ts';
import type { LineRow } from '../lines/store.ts';
import type { Month } from '../rules/months.ts';

/**
 * Of a line that follows positions, in months of a year that are over (all of the line's where none is said): what heads that nobody filled would have
 * cost, which is planned and was never spent. Null for other lines, and where all were filled.
 */
export function vacantOf({ isFromPositions, isClosed, fromMonth, untilMonth }: LineRow, staffing: readonly MonthStaffing[], now: Month, year?: number): Vacant | null {
  if (!isFromPositions || isClosed) return null;
  const own = staffing.map((each) => ({ ...each, at: each.month.slice(0, 7) })).filter(({ at }) => at >= fromMonth && at <= untilMonth && (year === undefined || at.startsWith(`${year}-`)));
  const over = own.filter(({ at }) => at < now);
  const amount = over.reduce((all, { cost, filledCost }) => all + cost - filledCost, 0n);
  const shown = own.find(({ at }) => at === now) ?? over.at(-1);
  if (amount <= 0n || !shown) return null;
  return { heads: formatDecimal(shown.heads), filled: formatDecimal(shown.filled), amount: formatDecimal(amount), isNobody: own.every(({ at, filled }) => at > now || filled === 0n) };
}
