/** Days of the brand's calendar, `2026-06-18`, both included. */
export interface DayRange {
  from: string;
  to: string;
}

export const rangePresets = [
  'today',
  'yesterday',
  'last7',
  'last30',
  'last90',
  'thisMonth',
  'lastMonth',
  'thisYear',
  'last365',
] as const;
export type RangePreset = (typeof rangePresets)[number];

/** The day it is in a time zone. */
export function todayIn(timeZone: string, now: Date = new Date()): string {
  // Sweden writes a date as ISO does.
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(now);
}

/** A day some days later, or earlier for a negative number. */
export function addDays(day: string, days: number): string {
  const moved = new Date(`${day}T00:00:00Z`);
  moved.setUTCDate(moved.getUTCDate() + days);
  return moved.toISOString().slice(0, 10);
}

/** The range that a preset means today. `last30` ends yesterday: today is not over yet. */
export function presetRange(preset: RangePreset, today: string): DayRange {
  const yesterday = addDays(today, -1);
  const monthStart = `${today.slice(0, 7)}-01`;
  const lastMonthEnd = addDays(monthStart, -1);
  const before = (days: number): DayRange => ({ from: addDays(today, -days), to: yesterday });
  const ranges: Record<RangePreset, DayRange> = {
    today: { from: today, to: today },
    yesterday: { from: yesterday, to: yesterday },
    last7: before(7),
    last30: before(30),
    last90: before(90),
    last365: before(365),
    thisMonth: { from: monthStart, to: today },
    lastMonth: { from: `${lastMonthEnd.slice(0, 7)}-01`, to: lastMonthEnd },
    thisYear: { from: `${today.slice(0, 4)}-01-01`, to: today },
  };
  return ranges[preset];
}
