import type { Bitmap } from '../../../../kernel/bitmap/bitmap.ts';
import type { CampaignDefinition } from '../../contract/plans.ts';

type BestHour = NonNullable<CampaignDefinition['bestHour']>;

/**
 * Whom each hour of the day is for. Everybody is in one: who does most in the night is reached at the nearest hour allowed, and of
 * whom nothing is known at the hour for all others.
 */
export function splitByHour(people: Bitmap, known: ReadonlyMap<number, Bitmap>, { earliest, latest, fallback }: BestHour): Map<number, Bitmap> {
  const split = new Map<number, Bitmap>();
  const put = (hour: number, some: Bitmap): void => void (some.size > 0 && split.set(hour, split.get(hour)?.or(some) ?? some));
  let left = people;
  for (const [hour, some] of known) {
    put(Math.min(latest, Math.max(earliest, hour)), some.and(left));
    left = left.andNot(some);
  }
  put(fallback, left);
  return new Map([...split].toSorted(([a], [b]) => a - b));
}
