import { addDays, addMonths, type Day, dayIn } from '../../../../kernel/day.ts';
import type { ReportPeriod, Rhythm } from '../../contract/reporting.ts';
import { bucketOf, type Period } from '../../question/period.ts';

/** What a clock in a time zone shows at a moment, as if it were UTC. */
function wallMs(timeZone: string, moment: Date): number {
  const text = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' }).format(moment);
  return Date.parse(`${text.replace(' ', 'T')}Z`);
}

/** The moment at which clocks of a zone show a time of a day. Where clocks skip it, as much later as they skip. */
export function momentIn(timeZone: string, day: Day, time: string): Date {
  const wanted = Date.parse(`${day}T${time}:00Z`);
  const offset = (guess: number): number => wallMs(timeZone, new Date(guess)) - guess;
  const first = wanted - offset(wanted);
  const second = wanted - offset(first);
  return new Date(wallMs(timeZone, new Date(second)) === wanted ? second : Math.max(first, second));
}

function isDay(rhythm: Rhythm, day: Day): boolean {
  if (rhythm.every === 'day') return true;
  if (rhythm.every === 'week') return bucketOf(day, 'week') === addDays(day, 1 - rhythm.weekday);
  const last = addDays(addMonths(bucketOf(day, 'month'), 1), -1);
  const wanted = rhythm.day === 'last' ? 31 : rhythm.day;
  return Number(day.slice(8)) === Math.min(wanted, Number(last.slice(8)));
}

/** The first moment after another at which a report is due. */
export function nextDue(rhythm: Rhythm, timeZone: string, after: Date): Date {
  for (let day = dayIn(timeZone, after); ; day = addDays(day, 1)) {
    if (!isDay(rhythm, day)) continue;
    const due = momentIn(timeZone, day, rhythm.at);
    if (due > after) return due;
  }
}

/** What a report is about that is sent on a day: only days that are over. */
export function periodOf(period: ReportPeriod, day: Day): Period {
  const yesterday = addDays(day, -1);
  switch (period) {
    case 'yesterday': return { from: yesterday, to: yesterday };
    case 'last_7_days': return { from: addDays(day, -7), to: yesterday };
    case 'last_week': return { from: addDays(bucketOf(day, 'week'), -7), to: addDays(bucketOf(day, 'week'), -1) };
    case 'month_to_date': return { from: bucketOf(yesterday, 'month'), to: yesterday };
    case 'last_month': return { from: addMonths(bucketOf(day, 'month'), -1), to: addDays(bucketOf(day, 'month'), -1) };
  }
}

/** So late a report is still sent; what is older was missed. */
export const lateHours = 6;
/** More moments than these are not caught up with one by one. */
const mostCaughtUp = 31;

export interface DueMoment {
  dueAt: Date;
  isMissed: boolean;
}

/** The moments from the one a schedule waits for until now, and the one it waits for then. */
export function takeUpMoments(rhythm: Rhythm, timeZone: string, nextAt: Date, now: Date): { moments: DueMoment[]; nextAt: Date } {
  const moments: DueMoment[] = [];
  let due = nextAt;
  for (; due <= now; due = nextDue(rhythm, timeZone, due)) moments.push({ dueAt: due, isMissed: now.getTime() - due.getTime() > lateHours * 3_600_000 });
  return { moments: moments.slice(-mostCaughtUp), nextAt: due };
}

/** Minutes to wait after each failure in a row; after the last it has failed. About four hours and a half in all. */
const waits = [1, 5, 15, 60, 180];

/** When to try again after so many failures; null when it is enough. Spread, so that what failed together does not come back together. */
export function minutesUntilNext(failures: number, random: () => number): number | null {
  const wait = waits.at(failures - 1);
  return failures > waits.length || wait === undefined ? null : wait * (0.9 + 0.2 * random());
}
