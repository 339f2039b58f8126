import { addDays, type Day, daysBetween } from '../../../kernel/day.ts';

export const ganttZooms = ['day', 'week', 'month', 'year'] as const;
export type GanttZoom = (typeof ganttZooms)[number];

/** Width of a day, and what the two rows of the head count. */
export const zoomed: Record<GanttZoom, { dayWidth: number; major: 'month' | 'year'; minor: 'day' | 'week' | 'month' | 'quarter' }> = {
  day: { dayWidth: 32, major: 'month', minor: 'day' },
  week: { dayWidth: 12, major: 'month', minor: 'week' },
  month: { dayWidth: 4, major: 'year', minor: 'month' },
  year: { dayWidth: 0.48, major: 'year', minor: 'quarter' },
};

type TickUnit = 'day' | 'week' | 'month' | 'quarter' | 'year';

/** First days of days, weeks (from Monday), months, quarters or years between two days, the beginning itself first. */
export function tickDays(from: Day, to: Day, unit: TickUnit): Day[] {
  const ticks: Day[] = [];
  for (let day = from; day <= to; day = nextTick(day, unit)) ticks.push(day);
  return ticks;
}

function nextTick(day: Day, unit: TickUnit): Day {
  if (unit === 'day') return addDays(day, 1);
  if (unit === 'week') return addDays(day, 7 - ((new Date(`${day}T12:00:00Z`).getUTCDay() + 6) % 7));
  const [year, month] = day.split('-').map(Number);
  const months = { month: 1, quarter: 3, year: 12 }[unit];
  const next = month - ((month - 1) % months) + months;
  return next > 12 ? `${year + 1}-01-01` : `${year}-${String(next).padStart(2, '0')}-01`;
}

/** Days that everything fits in, with room on both sides, and whole months. */
export function spanOf(days: readonly Day[], today: Day): { from: Day; to: Day } {
  const [first, last] = days.reduce(([least, most], day) => [day < least ? day : least, day > most ? day : most], [today, today]);
  return { from: `${addDays(first, -7).slice(0, 7)}-01`, to: addDays(last, 45) };
}

/** Rows of a height that are seen at a scroll, with some on both sides. */
export function rowsSeen(top: number, height: number, rowHeight: number, rows: number, spare = 8): { first: number; last: number } {
  const first = Math.max(0, Math.floor(top / rowHeight) - spare);
  return { first, last: Math.min(rows - 1, Math.ceil((top + height) / rowHeight) + spare) };
}

/** A bar after it was taken by its whole or by one of its ends; it is a day long at least. */
export function movedBar({ from, to }: { from: Day; to: Day }, part: 'whole' | 'start' | 'end', days: number): { from: Day; to: Day } {
  if (part === 'whole') return { from: addDays(from, days), to: addDays(to, days) };
  const most = daysBetween(from, to);
  return part === 'start' ? { from: addDays(from, Math.min(days, most)), to } : { from, to: addDays(to, Math.max(days, -most)) };
}

/** A line from the end of one bar to the start of another, by right angles. */
export function dependencyPath(fromX: number, fromY: number, toX: number, toY: number): string {
  const step = 8;
  if (toX - fromX >= 2 * step) return `M${fromX} ${fromY}H${toX - step}V${toY}H${toX}`;
  const between = (fromY + toY) / 2;
  return `M${fromX} ${fromY}h${step}V${between}H${toX - step}V${toY}H${toX}`;
}
