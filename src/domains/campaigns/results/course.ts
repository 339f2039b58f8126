import { Bitmap } from '../../../kernel/bitmap/bitmap.ts';
import { addDays, dayIn, daysBetween } from '../../../kernel/day.ts';
import { readBrand } from '../../../platform/settings.ts';
import type { CampaignRow } from '../plans/store.ts';
import { readDaily } from './outcomes/daily.ts';
import { armsToday, type ResultDoors, windowOf } from './read-result.ts';
import { sequentialDifference } from './statistics/sequential.ts';

/**
 * What a person of those reached spent more, until each day. Everybody looks at such a curve every day: its interval is the one that
 * stays right however often that is.
 */
export async function courseOf(doors: ResultDoors, row: CampaignRow) {
  const { platform } = doors;
  const now = platform.clock.now();
  const computedAt = now.toISOString();
  const window = windowOf(row, now);
  const arms = await armsToday(doors, row);
  const control = arms.find(({ isControl }) => isControl);
  if (window === null || !control) return { days: [], computedAt };
  const { timeZone, currency } = await readBrand(platform.pg);
  const first = dayIn(timeZone, window.from);
  const count = daysBetween(first, dayIn(timeZone, new Date(window.until.getTime() - 1))) + 1;
  const reached = Bitmap.union(arms.filter((arm) => arm !== control).map(({ people }) => people));
  const samples = await readDaily(platform, [reached, control.people], { from: window.from, until: window.until, timeZone, count }, currency);
  const days = samples.map(([ours, theirs], at) => {
    const { difference, low, high, p } = sequentialDifference(ours, theirs);
    return { day: addDays(first, at), reached: ours.mean, control: theirs.mean, difference, low: Number.isFinite(low) ? low : null, high: Number.isFinite(high) ? high : null, p };
  });
  return { days, computedAt };
}
