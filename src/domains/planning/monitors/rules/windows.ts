import { addDays, addMonths, type Day } from '../../../../kernel/day.ts';
import { type Days, daysOf, periodOf } from '../../contract/periods.ts';
import type { MonitorWindow } from '../../contract/kinds/monitors.ts';

const daysBefore = { day: 1, last7: 7, last30: 30 } as const;

/** The newest whole periods that ended by a day, the newest first. */
export function windowsUntil(window: MonitorWindow, until: Day, count: number): Days[] {
  const newest = newestWindow(window, until);
  return Array.from({ length: count }, (_, n) => {
    if (window === 'week') return { from: addDays(newest.from, -7 * n), to: addDays(newest.to, -7 * n) };
    if (window === 'month' || window === 'quarter') return daysOf(periodOf(addMonths(newest.from, (window === 'month' ? -1 : -3) * n), window));
    return { from: addDays(newest.from, -n), to: addDays(newest.to, -n) };
  });
}

function newestWindow(window: MonitorWindow, until: Day): Days {
  if (window === 'week') {
    // Weeks end on Sundays, which getUTCDay calls 0.
    const to = addDays(until, -new Date(until).getUTCDay());
    return { from: addDays(to, -6), to };
  }
  if (window === 'month' || window === 'quarter') {
    const under = daysOf(periodOf(addDays(until, 1), window));
    return daysOf(periodOf(addDays(under.from, -1), window));
  }
  return { from: addDays(until, 1 - daysBefore[window]), to: until };
}
