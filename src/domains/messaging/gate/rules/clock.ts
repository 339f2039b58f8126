import type { QuietTime } from '../../contract/gate-rules.ts';

const minuteMs = 60_000;
const dayMinutes = 1_440;
/** A zone's clock by quarters of an hour; it jumps between quarters only. */
const quarterMs = 15 * minuteMs;
const mostQuarters = 100_000;

interface ZoneClock {
  format: Intl.DateTimeFormat;
  ofQuarter: Map<number, number>;
}
const clocks = new Map<string, ZoneClock>();

/** Minutes since midnight that a clock of a time zone shows. */
export function minuteOfDay(timeZone: string, atMs: number): number {
  let clock = clocks.get(timeZone);
  if (!clock) clocks.set(timeZone, (clock = { format: new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }), ofQuarter: new Map() }));
  const quarter = Math.floor(atMs / quarterMs);
  let minute = clock.ofQuarter.get(quarter);
  if (minute === undefined) {
    if (clock.ofQuarter.size >= mostQuarters) clock.ofQuarter.clear();
    clock.ofQuarter.set(quarter, (minute = minuteOf(clock.format.format(quarter * quarterMs))));
  }
  return minute + Math.floor((atMs - quarter * quarterMs) / minuteMs);
}

const minuteOf = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5));

/** Whether a clock stands within a quiet time: its first minute is quiet, the one it ends with is not. */
export function isQuiet({ from, until }: Pick<QuietTime, 'from' | 'until'>, timeZone: string, atMs: number): boolean {
  const minute = minuteOfDay(timeZone, atMs);
  const [begin, end] = [minuteOf(from), minuteOf(until)];
  return begin <= end ? minute >= begin && minute < end : minute >= begin || minute < end;
}

/** A night is at most a day and what the clocks are put back by; stepping by quarters finds the end also where its hour is jumped over. */
const mostQuartersAhead = (dayMinutes * minuteMs) / quarterMs + 12;

/** The first moment from `atMs` on at which none of these times is quiet; null where there is none within some days. */
export function firstLoudMs(times: readonly QuietTime[], zoneOf: (time: QuietTime) => string, atMs: number): number | null {
  const quiet = (ms: number): QuietTime | undefined => times.find((time) => isQuiet(time, zoneOf(time), ms));
  let ms = atMs;
  for (let round = 0; round <= times.length * 2; round++) {
    const time = quiet(ms);
    if (!time) return ms;
    ms = endOf(time, zoneOf(time), ms);
  }
  return quiet(ms) ? null : ms;
}

function endOf(time: QuietTime, timeZone: string, fromMs: number): number {
  let quarter = Math.floor(fromMs / quarterMs);
  const last = quarter + mostQuartersAhead;
  // The last quarter that begins quiet: the end is in it, to the minute.
  while (quarter < last && isQuiet(time, timeZone, (quarter + 1) * quarterMs)) quarter++;
  let ms = Math.max(fromMs, quarter * quarterMs);
  ms -= ms % minuteMs;
  while (isQuiet(time, timeZone, ms) && ms < last * quarterMs) ms += minuteMs;
  return ms;
}
