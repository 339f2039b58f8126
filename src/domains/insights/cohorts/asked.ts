import { addDays, addMonths, type Day, dayIn } from '../../../kernel/day.ts';
import { Problem } from '../../../kernel/problem.ts';
import type { LineFilters } from '../../commerce/contract.ts';
import { type CohortKind, cohortLimits, type CohortUnit } from '../contract/cohorts.ts';
import { bucketsOf } from '../question/period.ts';

/** One question about cohorts, as it is asked by the web and by the people behind a cell. */
export interface CohortsAsked extends LineFilters {
  cohort: CohortKind;
  unit: CohortUnit;
  from: Day;
  to: Day;
  periods: number;
  priced: boolean;
}

/** Periods of a question: those in which people may have begun, and so many after the last of them. */
export interface CohortPeriods {
  /** First days; the first `begins` are those of the rows. */
  starts: Day[];
  begins: number;
  ages: number;
  /** The last period that is over and of which there is all data, and the last of which there is any; -1 for none. */
  lastWhole: number;
  lastSeen: number;
}

const next = (start: Day, unit: CohortUnit, periods: number): Day => (unit === 'month' ? addMonths(start, periods) : addDays(start, 7 * periods));

/** The last day of a period. */
export const endOfPeriod = (start: Day, unit: CohortUnit): Day => addDays(next(start, unit, 1), -1);

/** Reads the periods of a question: 400 where they run backwards or are too many. `until` is the last day of the data, `today` is not over. */
export function periodsOf(asked: CohortsAsked, until: Day | null, today: Day): CohortPeriods {
  const { from, to, unit, periods: ages } = asked;
  if (to < from) throw badField('to', 'insights.period_backwards');
  if (to > next(from, unit, cohortLimits.begins)) throw badField('to', 'insights.too_many_cohorts', { most: cohortLimits.begins });
  const begins = bucketsOf({ from, to }, unit);
  if (begins.length > cohortLimits.begins) throw badField('to', 'insights.too_many_cohorts', { most: cohortLimits.begins });
  const starts = Array.from({ length: begins.length + ages }, (_, i) => next(begins[0], unit, i));
  const seen = until === null ? -1 : starts.findLastIndex((start) => start <= until && start <= today);
  const whole = starts.findLastIndex((start) => until !== null && endOfPeriod(start, unit) <= until && endOfPeriod(start, unit) < today);
  return { starts, begins: begins.length, ages, lastSeen: seen, lastWhole: whole };
}

/** The last day of which there is data: that of the last line, and no day to come. */
export const lastDayOf = (lastAt: string | null, now: Date, timeZone: string): Day | null => {
  if (lastAt === null) return null;
  const last = dayIn(timeZone, new Date(lastAt));
  const today = dayIn(timeZone, now);
  return last < today ? last : today;
};

const badField = (field: string, code: string, params: Record<string, unknown> = {}): Problem =>
  new Problem(code, { status: 400, params, fields: [{ path: `query.${field}`, code: code.split('.')[1] }] });
