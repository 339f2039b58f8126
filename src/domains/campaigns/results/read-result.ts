import type { Bitmap } from '../../../kernel/bitmap/bitmap.ts';
import { parseDecimal } from '../../../kernel/decimal.ts';
import { readBrand } from '../../../platform/settings.ts';
import type { CampaignDefinition } from '../contract/plans.ts';
import type { CampaignResult } from '../contract/results.ts';
import type { CampaignsDoors } from '../part.ts';
import type { CampaignRow } from '../plans/store.ts';
import { readDelivery } from './delivery.ts';
import { judge } from './judge.ts';
import { keepResult, readKept } from './kept-results.ts';
import { readOutcomes } from './outcomes/outcomes.ts';
import { readSegments } from './segments/kept.ts';
import { segmentNames } from './segments/segments-of.ts';

export type ResultDoors = Pick<CampaignsDoors, 'platform' | 'messaging' | 'audiences' | 'dataVersion'>;

const dayMs = 86_400_000;
/** What people did in so many days before sharpens what they did after. */
const daysBefore = 90;
/** For how long a result is shown although facts have come since: one more order changes none of its sentences, unless it has only begun. */
const freshFor = (runsForMs: number): number => Math.min(300_000, Math.max(10_000, runsForMs / 20));

/** From when until when a campaign's orders count: the same stretch of time for all of its people. */
export function windowOf({ definition: { measureDays }, beganAt, lastAt }: Pick<CampaignRow, 'definition' | 'beganAt' | 'lastAt'>, now: Date) {
  if (beganAt === null) return null;
  const endsAt = new Date(Math.max(beganAt.getTime(), lastAt?.getTime() ?? 0) + measureDays * dayMs);
  return { before: new Date(beganAt.getTime() - daysBefore * dayMs), from: beganAt, until: endsAt < now ? endsAt : now, endsAt, isOver: endsAt <= now };
}

/** The arms of a campaign with their people of today; nobody is in two. */
export async function armsToday({ messaging: { experiments } }: Pick<ResultDoors, 'messaging'>, { experimentNo, definition }: Pick<CampaignRow, 'experimentNo' | 'definition'>) {
  if (experimentNo === null) return [];
  const { arms, people } = await experiments.peopleOf(experimentNo);
  return arms.map((arm, i) => ({ ...arm, name: nameOf(definition, arm.key), people: people[i] }));
}

const nameOf = ({ arms }: CampaignDefinition, key: string): string => arms.find((arm) => arm.key === key)?.name ?? '';

/** What it came to, as it is known for these facts: kept, or worked out now in one pass over the order lines. Null before it has begun. */
export async function resultOf(doors: ResultDoors, row: CampaignRow): Promise<CampaignResult | null> {
  const { platform, dataVersion } = doors;
  const now = platform.clock.now();
  const window = windowOf(row, now);
  if (window === null || row.experimentNo === null) return null;
  const version = await dataVersion();
  const kept = await readKept(platform.pg, row.campaignNo);
  if (kept && (kept.isFinal || (kept.dataVersion === version || now.getTime() - kept.computedAt.getTime() < freshFor(now.getTime() - window.from.getTime())) && kept.computedAt <= now)) return kept.result;
  const result = await workOut(doors, row, { ...window, now });
  await keepResult(platform.pg, row.campaignNo, { result, dataVersion: version, computedAt: now, isFinal: window.isOver && row.state !== 'running' });
  return result;
}

async function workOut(doors: ResultDoors, row: CampaignRow, { now, endsAt, isOver, ...window }: NonNullable<ReturnType<typeof windowOf>> & { now: Date }): Promise<CampaignResult> {
  const { platform } = doors;
  const { campaignNo, definition } = row;
  const { marginPercent, stopRule } = definition;
  const [{ currency }, arms, segments] = await Promise.all([readBrand(platform.pg), armsToday(doors, row), readSegments(platform.pg, campaignNo)]);
  const groups = arms.flatMap(({ people }) => bySegment(people, segments));
  const [outcomes, delivery] = await Promise.all([readOutcomes(platform, groups, window, currency), readDelivery(doors, row)]);
  const width = segments.length + 1;
  const judged = judge({
    arms: arms.map(({ key, name, isControl, share }, i) => ({ key, name, isControl, share, bySegment: outcomes.slice(i * width, (i + 1) * width) })),
    segments: segmentNames, marginPercent, stopRule,
  });
  return {
    campaignNo, beganAt: window.from.toISOString(), endsAt: endsAt.toISOString(), countedUntil: window.until.toISOString(), isOver, currency, marginPercent,
    ...judged, winner: row.winner ?? judged.winner, delivery, back: backOf(judged, delivery.cost), computedAt: now.toISOString(),
  };
}

/** An arm's people by where they were before; last those of whom nothing was kept, who came in later. */
function bySegment(people: Bitmap, segments: readonly Bitmap[]): Bitmap[] {
  let left = people;
  const parts = segments.map((segment) => {
    const part = left.and(segment);
    left = left.andNot(segment);
    return part;
  });
  return [...parts, left];
}

function backOf({ earned }: Pick<CampaignResult, 'earned'>, cost: string): CampaignResult['back'] {
  const paid = Number(parseDecimal(cost) ?? 0n) / 10_000;
  if (earned === null || paid <= 0) return null;
  const { difference, low, high } = earned.margin ?? earned.revenue;
  return { of: earned.margin ? 'margin' : 'revenue', times: difference / paid, low: low === null ? null : low / paid, high: high === null ? null : high / paid };
}
