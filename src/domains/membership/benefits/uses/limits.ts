import { addDays, addMonths, type Day, dayIn, startOfDay } from '../../../../kernel/day.ts';
import type { BenefitDefinition } from '../../contract/benefits.ts';

type Period = NonNullable<BenefitDefinition['limits']['perMember']>['period'];

/** The period of the brand's calendar that a moment is in, and when the next begins; null for all of time. */
export function periodAt(period: Period, now: number, timeZone: string): { from: Date; until: Date } | null {
  if (period === 'ever') return null;
  const today = dayIn(timeZone, new Date(now));
  const [from, until]: [Day, Day] = period === 'day' ? [today, addDays(today, 1)]
    : period === 'month' ? [`${today.slice(0, 7)}-01`, addMonths(`${today.slice(0, 7)}-01`, 1)]
      : [`${today.slice(0, 4)}-01-01`, addMonths(`${today.slice(0, 4)}-01-01`, 12)];
  return { from: startOfDay(from, timeZone), until: startOfDay(until, timeZone) };
}
