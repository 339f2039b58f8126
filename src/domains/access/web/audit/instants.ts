import { addDays, startOfDay } from '../../../../kernel/day.ts';

/** The moments at which days of the brand begin and end, as the server asks for them. */
export const instantsOf = (range: { from: string; to: string } | null, timeZone: string): { from?: string; to?: string } =>
  range
    ? { from: startOfDay(range.from, timeZone).toISOString(), to: startOfDay(addDays(range.to, 1), timeZone).toISOString() }
    : {};
