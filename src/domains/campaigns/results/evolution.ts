import { Bitmap } from '../../../kernel/bitmap/bitmap.ts';
import type { CampaignRow } from '../plans/store.ts';
import { armsToday, type ResultDoors } from './read-result.ts';
import { readSegments } from './segments/kept.ts';
import { segmentNames, segmentsOf } from './segments/segments-of.ts';

/** Where people were before a campaign and where they are now, those reached beside those left out: only the difference is its doing. */
export async function evolutionOf(doors: ResultDoors, row: CampaignRow) {
  const { platform } = doors;
  const [arms, before] = await Promise.all([armsToday(doors, row), readSegments(platform.pg, row.campaignNo)]);
  const known = Bitmap.union(before);
  const of = (isControl: boolean): Bitmap => Bitmap.union(arms.filter((arm) => arm.isControl === isControl).map(({ people }) => people)).and(known);
  const [reached, control] = [of(false), of(true)];
  const after = await segmentsOf(platform, reached.or(control), null);
  const moves = segmentNames.flatMap((from, i) => segmentNames.map((to, j) => {
    const both = before[i].and(after[j]);
    return { before: from, after: to, reached: both.andSize(reached), control: both.andSize(control) };
  })).filter((move) => move.reached + move.control > 0);
  return { moves, reached: reached.size, control: control.size, computedAt: platform.clock.now().toISOString() };
}
