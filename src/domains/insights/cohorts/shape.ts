import { formatDecimal } from '../../../kernel/decimal.ts';
import type { CohortCell } from '../contract/cohorts.ts';
import type { CohortPeriods } from './asked.ts';
import type { CohortFigures } from './tally-cohorts.ts';

/** Which people are put together: of these codes and these periods of beginning. */
interface Together {
  codes: readonly number[];
  begins: readonly number[];
}

/** The cells of a cohort, from its first period on as far as anybody of it has been looked at. */
export function cellsOf(figures: CohortFigures, periods: CohortPeriods, { codes, begins }: Together): CohortCell[] {
  // A cohort of one period shows the present one too and says that it is not over; of several, whole periods of each person count.
  const last = begins.length === 1 ? periods.lastSeen : periods.lastWhole;
  const cells: CohortCell[] = [];
  for (let age = 0; age < periods.ages; age++) {
    const looked = begins.filter((begin) => begin + age <= last);
    if (looked.length === 0) break;
    cells.push(cellOf(figures, periods, { codes, begins: looked }, age, begins.length > 1 || begins[0] + age <= periods.lastWhole));
  }
  return cells;
}

/** How many people there are. */
export function sizeOf({ sizes }: CohortFigures, { begins: all }: CohortPeriods, { codes, begins }: Together): number {
  return codes.reduce((sum, code) => sum + begins.reduce((some, begin) => some + sizes[code * all + begin], 0), 0);
}

function cellOf(figures: CohortFigures, periods: CohortPeriods, together: Together, age: number, isComplete: boolean): CohortCell {
  const { begins: all, ages } = periods;
  const cell: CohortCell = { age, of: sizeOf(figures, periods, together), active: 0, repurchased: 0, orders: 0, sales: '', net: '', isComplete };
  let [sales, refunds] = [0n, 0n];
  for (const code of together.codes) {
    for (const begin of together.begins) {
      const base = (code * all + begin) * ages;
      cell.active += figures.active[base + age];
      for (let at = base; at <= base + age; at++) {
        cell.repurchased += figures.second[at];
        cell.orders += figures.orders[at];
        sales += moneyAt(figures.sales, at);
        refunds += moneyAt(figures.refunds, at);
      }
    }
  }
  return { ...cell, sales: formatDecimal(sales), net: formatDecimal(sales + refunds) };
}

const moneyAt = ({ high, low }: CohortFigures['sales'], at: number): bigint => (BigInt(high[at]) << 32n) + BigInt(low[at]);
