import { z } from 'zod';
import { addDays, addMonths, type Day } from '../../../kernel/day.ts';

/** A year, quarter or month of the calendar: `2026`, `2026-Q1`, `2026-03`. */
export const planPeriod = z.string().regex(/^(19|20|21)\d\d(-Q[1-4]|-(0[1-9]|1[0-2]))?$/);
export type PlanPeriod = z.output<typeof planPeriod>;

export const periodUnits = ['year', 'quarter', 'month'] as const;
export type PeriodUnit = (typeof periodUnits)[number];

/** Days of the brand's calendar, both included. */
export interface Days {
  from: Day;
  to: Day;
}

const monthsOf: Record<PeriodUnit, number> = { year: 12, quarter: 3, month: 1 };

export const unitOf = (period: PlanPeriod): PeriodUnit => (period.length === 4 ? 'year' : period.includes('Q') ? 'quarter' : 'month');

/** The days of a period. */
export function daysOf(period: PlanPeriod): Days {
  const unit = unitOf(period);
  const month = unit === 'year' ? 1 : unit === 'quarter' ? Number(period[6]) * 3 - 2 : Number(period.slice(5));
  const from = `${period.slice(0, 4)}-${String(month).padStart(2, '0')}-01`;
  return { from, to: addDays(addMonths(from, monthsOf[unit]), -1) };
}

/** The year, quarter or month that a day is in. */
export function periodOf(day: Day, unit: PeriodUnit): PlanPeriod {
  if (unit === 'year') return day.slice(0, 4);
  return unit === 'month' ? day.slice(0, 7) : `${day.slice(0, 4)}-Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`;
}

/** The quarters or months of a period, in their order. */
export function partsOf(period: PlanPeriod, unit: PeriodUnit): PlanPeriod[] {
  const { from, to } = daysOf(period);
  const parts: PlanPeriod[] = [];
  for (let day = from; day <= to; day = addMonths(day, monthsOf[unit])) parts.push(periodOf(day, unit));
  return parts;
}
