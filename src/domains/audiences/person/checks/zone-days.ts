import { type Day, dayIn } from '../../../../kernel/day.ts';

const quarterMs = 900_000;
/** Six years of quarters of an hour. */
const mostRemembered = 200_000;

/**
 * The day of moments in a zone, quick for many. Nearly everywhere a day begins at a full quarter of an
 * hour: a quarter that begins and ends on one day is remembered as that day's.
 */
export function dayFinder(zone: string): (ms: number) => Day {
  const known = new Map<number, Day>();
  return (ms) => {
    const quarter = Math.floor(ms / quarterMs);
    const found = known.get(quarter);
    if (found !== undefined) return found;
    const day = dayIn(zone, new Date(quarter * quarterMs));
    if (dayIn(zone, new Date((quarter + 1) * quarterMs - 1)) !== day) return dayIn(zone, new Date(ms));
    if (known.size >= mostRemembered) known.clear();
    known.set(quarter, day);
    return day;
  };
}

/** The first day of the day, week (from Monday) or month a day lies in. */
export function startOfPeriod(every: 'day' | 'week' | 'month', day: Day): Day {
  if (every === 'day') return day;
  if (every === 'month') return `${day.slice(0, 7)}-01`;
  const noon = new Date(`${day}T12:00:00Z`);
  noon.setUTCDate(noon.getUTCDate() - ((noon.getUTCDay() || 7) - 1));
  return noon.toISOString().slice(0, 10);
}
