import type pg from 'pg';
import type { Bitmap } from '../../../kernel/bitmap/bitmap.ts';
import { formatDecimal, parseDecimal } from '../../../kernel/decimal.ts';
import { readBrand } from '../../../platform/settings.ts';
import type { CampaignDefinition, CampaignEstimate } from '../contract/plans.ts';
import type { Stopped } from '../../messaging/public.ts';
import type { CampaignsDoors } from '../part.ts';
import { readOutcomes } from '../results/outcomes/outcomes.ts';
import { smallestSeen } from '../results/statistics/power.ts';
import { sampleOf } from '../results/statistics/sample.ts';
import { nextOccasion } from './rules/occasions.ts';
import { armsOf } from './rules/shares.ts';
import { campaignsBetween } from './store.ts';
import { reachRules, readMeant } from './whom.ts';

type EstimateDoors = Pick<CampaignsDoors, 'platform' | 'audiences' | 'messaging'>;

const dayMs = 86_400_000;
/** Programs within so many days of each other are felt as one by whoever gets both. */
const nearDays = 7;
const mostCompared = 30;
const mostOverlaps = 10;

/** What a campaign would come to, were it sent now. The campaign itself is none of those it is compared with. */
export async function estimateOf(doors: EstimateDoors, definition: CampaignDefinition, campaignNo: number | null): Promise<CampaignEstimate> {
  const { platform: { clock }, audiences } = doors;
  const now = clock.now();
  const { people, excluded } = await readMeant(audiences, definition);
  const at = nextOccasion(definition, (await readBrand(doors.platform.pg)).timeZone, null, now) ?? now;
  const [reach, overlaps, seen] = await Promise.all([reachOf(doors, definition, people, at), overlapsOf(doors, campaignNo, people, at), seenBy(doors, definition, people, now)]);
  const cost = BigInt(reach.reached) * (await priceOf(doors, definition));
  const budget = definition.budget === null ? null : parseDecimal(definition.budget);
  return {
    people: people.size + excluded.size, excluded: excluded.size, ...reach, cost: formatDecimal(cost), isOverBudget: budget !== null && cost > budget, overlaps,
    arms: sizesOf(definition, people.size), seen, computedAt: now.toISOString(),
  };
}

/** What a message costs: as the plan says, or by the account it would leave by. */
export async function priceOf({ messaging }: Pick<CampaignsDoors, 'messaging'>, { costPerMessage, channel }: CampaignDefinition, client?: pg.PoolClient): Promise<bigint> {
  const said = parseDecimal(costPerMessage) ?? 0n;
  return said > 0n ? said : parseDecimal(await messaging.channels.priceOf(channel, client)) ?? 0n;
}

const sizesOf = (definition: CampaignDefinition, people: number) => armsOf(definition).map(({ key, share }) => ({ key, people: Math.round((people * share) / 10_000) }));

/**
 * Who is held out is drawn when it goes: until then every group has its part of each obstacle. What stops people for good, those who wait and those
 * reached at once add up to all who are meant; who waits is reached later, and counts as reached.
 */
async function reachOf({ audiences, messaging }: EstimateDoors, { channel, category, holdout }: CampaignDefinition, people: Bitmap, at: Date) {
  const { consent, address } = reachRules(channel);
  const [agreed, addressed] = await Promise.all([consent ? audiences.peopleOf(consent) : people, address ? audiences.peopleOf(address) : messaging.channels.addressed(channel)]);
  const found = await messaging.gate.reach({ people, agreed, addressed: addressed ?? people, channel, category, heldOut: holdout.share }, at);
  const heldOut = Math.round((people.size * holdout.share) / 10_000);
  const part = (size: number): number => (people.size === 0 ? 0 : Math.round(((people.size - heldOut) * size) / people.size));
  const stopped = found.map((one): Stopped => ({ ...one, people: one.people === null ? null : part(one.people) })).filter(({ people: n }) => n !== 0);
  const isForGood = ({ waits }: Stopped): boolean => !waits;
  const sum = (some: readonly Stopped[]): number => some.reduce((all, one) => all + (one.people ?? 0), 0);
  return { at: at.toISOString(), heldOut, stopped, reached: Math.max(0, people.size - heldOut - sum(stopped.filter(isForGood))) };
}

async function overlapsOf({ platform: { pg }, audiences }: EstimateDoors, campaignNo: number | null, people: Bitmap, at: Date): Promise<CampaignEstimate['overlaps']> {
  const { rows: near } = await campaignsBetween(pg, new Date(at.getTime() - nearDays * dayMs), new Date(at.getTime() + nearDays * dayMs), ['submitted', 'approved', 'running', 'paused', 'done'], mostCompared);
  const found: CampaignEstimate['overlaps'] = [];
  for (const other of near.filter((each) => each.campaignNo !== campaignNo)) {
    // An audience that is gone has nobody in common with anybody.
    const theirs = await readMeant(audiences, other.definition).catch(() => null);
    const common = theirs === null ? 0 : people.andSize(theirs.people);
    if (common > 0) found.push({ campaignNo: other.campaignNo, name: other.definition.name, people: common });
  }
  return found.toSorted((a, b) => b.people - a.people).slice(0, mostOverlaps);
}

/** What the same people did in as many days until now tells how much more the smallest arm must do to be told from its control group. */
async function seenBy({ platform }: EstimateDoors, definition: CampaignDefinition, people: Bitmap, now: Date): Promise<CampaignEstimate['seen']> {
  const sizes = sizesOf(definition, people.size);
  const control = definition.holdout.share > 0 ? sizes[0].people : 0;
  const smallest = Math.min(...sizes.slice(definition.holdout.share > 0 ? 1 : 0).map((each) => each.people));
  if (control < 2 || smallest < 2) return null;
  const from = new Date(now.getTime() - definition.measureDays * dayMs);
  const [{ sums }] = await readOutcomes(platform, [people], { before: from, from, until: now }, (await readBrand(platform.pg)).currency);
  const [buyers, revenue] = [sampleOf(sums.buyers), sampleOf(sums.revenue)];
  return {
    buyers: buyers.mean, buyersMore: smallestSeen(smallest, control, buyers.variance),
    revenue: revenue.mean, revenueMore: smallestSeen(smallest, control, revenue.variance),
  };
}
