import { dayIn } from './day.ts';

/** What a picker of days and times holds: the time on the wall, of no zone. */
export interface Wall {
  format(pattern: string): string;
}

const minuteMs = 60_000;
const pattern = 'YYYY-MM-DDTHH:mm';

/** The time on the brand's wall at a moment, `2026-06-18T12:00`. */
export function wallOf(iso: string, timeZone: string): string {
  const moment = new Date(iso);
  const time = new Intl.DateTimeFormat('sv-SE', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(moment);
  return `${dayIn(timeZone, moment)}T${time}`;
}

/** The moment at which the brand's wall shows a time; of two the first, and of a time that is left out the next that there is. */
export function momentAt(wall: Wall, timeZone: string): string {
  const wanted = Date.parse(`${wall.format(pattern)}Z`);
  const offset = (moment: number): number => Date.parse(`${wallOf(new Date(moment).toISOString(), timeZone)}Z`) - Math.floor(moment / minuteMs) * minuteMs;
  const tries = [wanted - offset(wanted - 86_400_000), wanted - offset(wanted + 86_400_000)].sort((a, b) => a - b);
  return new Date(tries.find((moment) => moment + offset(moment) === wanted) ?? tries[1]).toISOString();
}
