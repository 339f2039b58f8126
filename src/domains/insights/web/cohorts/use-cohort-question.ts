import { z } from 'zod';
import { addMonths, daySchema } from '../../../../kernel/day.ts';
import { addDays, type DayRange, todayIn, useSearchState, useSession } from '../../../../web/kit.ts';
import { cohortKinds, cohortLimits, cohortUnits, type CohortUnit } from '../../contract.ts';
import { useFieldFilters } from '../overview/use-field-filters.ts';

/** What is shown of each cell. */
export const cohortMeasures = ['retention', 'repurchase', 'value', 'orders'] as const;
export type CohortMeasure = (typeof cohortMeasures)[number];

const state = z.object({
  cohort: z.enum(cohortKinds).default('time'),
  unit: z.enum(cohortUnits).default('month'),
  from: daySchema.optional(),
  to: daySchema.optional(),
  periods: z.coerce.number().int().min(1).max(cohortLimits.periods).optional(),
  priced: z.enum(['0', '1']).default('0'),
  measure: z.enum(cohortMeasures).default('retention'),
});

/** A year of months, or a quarter of weeks, up to a day. */
export const usualRange = (unit: CohortUnit, last: string): DayRange =>
  ({ from: unit === 'month' ? addMonths(`${last.slice(0, 7)}-01`, -12) : addDays(last, -7 * 12), to: last });

/** The question of the page, kept in the address. */
export function useCohortQuestion() {
  const [{ measure, from, to, periods, ...rest }, change] = useSearchState(state);
  const [filters, changeFilter] = useFieldFilters();
  const today = todayIn(useSession().brand.timeZone);
  const usual = usualRange(rest.unit, today);
  const range = from && to && from <= to ? { from, to } : usual;
  const asked = { ...rest, ...range, periods: periods ?? 13, ...filters };
  return { asked, measure, filters, changeFilter, change };
}
export type CohortQuestion = ReturnType<typeof useCohortQuestion>;
