import { z } from 'zod';

/** A day of a calendar, `2026-06-18`, without a place or a time. */
export type Day = string;

/** A real day between 1900 and 2199: `2026-02-30` is refused. */
export const daySchema = z.iso.date().refine((day) => day >= '1900-01-01' && day <= '2199-12-31', { params: { said: 'too_far_away' } });

const dayMs = 86_400_000;
const noon = (day: Day): number => Date.parse(`${day}T12:00:00Z`);

/** The day some days later, or earlier for a negative number. */
export const addDays = (day: Day, days: number): Day => new Date(noon(day) + days * dayMs).toISOString().slice(0, 10);

/** How many days `to` is after `from`; 0 on the same day. */
export const daysBetween = (from: Day, to: Day): number => Math.round((noon(to) - noon(from)) / dayMs);

/** The same day of the month some months later; the month's last day where it has no such day. */
export function addMonths(day: Day, months: number): Day {
  const [year, month, date] = day.split('-').map(Number);
  const lastDate = new Date(Date.UTC(year, month + months, 0, 12)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, lastDate), 12)).toISOString().slice(0, 10);
}

/** A time zone's way of writing days, and days it was asked for. */
interface ZoneDays {
  format: Intl.DateTimeFormat;
  ofQuarter: Map<number, Day>;
}
const zones = new Map<string, ZoneDays>();

const quarterMs = 900_000;
/** From here on all zones are whole quarters of an hour apart, so that days turn between quarters. */
const quartersSinceMs = Date.UTC(1973, 0, 1);
const mostQuarters = 100_000;

/** The day it is in a time zone at a moment. Histories ask by the million within few years. */
export function dayIn(timeZone: string, moment: Date): Day {
  let zone = zones.get(timeZone);
  if (!zone) {
    // Sweden writes a date as ISO does.
    zone = { format: new Intl.DateTimeFormat('sv-SE', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }), ofQuarter: new Map() };
    zones.set(timeZone, zone);
  }
  if (!(moment.getTime() >= quartersSinceMs)) return zone.format.format(moment);
  const quarter = Math.floor(moment.getTime() / quarterMs);
  let day = zone.ofQuarter.get(quarter);
  if (day === undefined) {
    if (zone.ofQuarter.size >= mostQuarters) zone.ofQuarter.clear();
    zone.ofQuarter.set(quarter, (day = zone.format.format(moment)));
  }
  return day;
}

/**
 * The first moment of a day in a time zone, to the second. It is not always midnight there: where
 * the clock is put forward at midnight, the day begins at one.
 */
export function startOfDay(day: Day, timeZone: string): Date {
  let before = Math.floor((noon(day) - 1.5 * dayMs) / 1000);
  let within = before + (3 * dayMs) / 1000;
  while (within - before > 1) {
    const middle = Math.floor((before + within) / 2);
    if (dayIn(timeZone, new Date(middle * 1000)) < day) before = middle;
    else within = middle;
  }
  return new Date(within * 1000);
}
