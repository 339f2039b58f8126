import { formatDecimal } from '../../../kernel/decimal.ts';
import type { ArmFigures, CampaignResult, Interval, Lift, OutcomeMetric, SegmentLift, SegmentName } from '../contract/results.ts';
import { type Outcomes, together } from './outcomes/outcomes.ts';
import { cuped } from './statistics/cuped.ts';
import { type Difference, differenceOfMeans, differenceOfShares, relativeDifference } from './statistics/difference.ts';
import { holm } from './statistics/many.ts';
import { sampleRatio } from './statistics/sample-ratio.ts';
import { type Sample, sampleOf, type Sums } from './statistics/sample.ts';
import { decidedArm, sequentialDifference, type StopRule } from './statistics/sequential.ts';

/** An arm with what its people did, in the segments they were in before. */
export interface JudgedArm {
  key: string;
  name: string;
  isControl: boolean;
  /** Of 10,000. */
  share: number;
  /** By segment, in the order of `segments`. */
  bySegment: readonly Outcomes[];
}

export interface Judging {
  arms: readonly JudgedArm[];
  segments: readonly SegmentName[];
  marginPercent: number | null;
  stopRule: (StopRule & { by: 'buyers' | 'revenue' }) | null;
}

type Judged = Pick<CampaignResult, 'arms' | 'sampleRatio' | 'lifts' | 'earned' | 'versusControl' | 'versusEachOther' | 'winner' | 'segments'>;

const finite = (x: number): number | null => (Number.isFinite(x) ? x : null);
const intervalOf = ({ difference, low, high, p }: Difference, times = 1): Interval => ({ difference: difference * times, low: finite(low * times), high: finite(high * times), p });

/** What an experiment came to: every figure with its interval. Pure: the same people and sums always give the same. */
export function judge({ arms, segments, marginPercent, stopRule }: Judging): Judged {
  const wholes = arms.map(({ bySegment }) => together(bySegment));
  const control = arms.findIndex(({ isControl }) => isControl);
  const reached = arms.flatMap(({ isControl }, i) => (isControl ? [] : [i]));
  const treated = together(reached.map((i) => wholes[i]));
  const lifts = control < 0 ? [] : liftsOf(treated, wholes[control], marginPercent);
  const each = arms.map((_arm, i) => i);
  return {
    arms: each.map((i) => figuresOf(arms[i], wholes[i])),
    sampleRatio: sampleRatio(each.map((i) => ({ n: wholes[i].people, share: arms[i].share }))),
    lifts,
    earned: control < 0 ? null : earnedOf(lifts, treated.people),
    versusControl: control < 0 || reached.length < 2 ? [] : versusControl(arms, wholes, control, reached, stopRule?.by ?? 'revenue'),
    versusEachOther: versusEachOther(arms, wholes, reached, stopRule),
    winner: stopRule === null ? null : winnerOf(arms, wholes, reached, stopRule),
    segments: control < 0 ? [] : segmentLifts(arms, segments, control, reached),
  };
}

const figuresOf = ({ key, name, isControl }: JudgedArm, { people, buyers, orders, revenue }: Outcomes): ArmFigures => ({ key, name, isControl, people, buyers, orders, revenue: formatDecimal(revenue) });

function liftsOf(treated: Outcomes, control: Outcomes, marginPercent: number | null): Lift[] {
  const of = (metric: OutcomeMetric, ours: Sums, theirs: Sums, times = 1): Lift => {
    const { samples: [a, b], explained } = cuped([ours, theirs]);
    const [plainA, plainB] = [sampleOf(ours), sampleOf(theirs)];
    const plain = metric === 'buyers' ? differenceOfShares(ours.y, ours.n, theirs.y, theirs.n) : differenceOfMeans(plainA, plainB);
    const relative = relativeDifference(a, b);
    return { metric, base: plainB.mean * times, sharp: intervalOf(differenceOfMeans(a, b), times), plain: intervalOf(plain, times), explained, relative: relative && { difference: relative.difference, low: relative.low, high: relative.high } };
  };
  const { sums: ours } = treated;
  const { sums: theirs } = control;
  return [
    of('buyers', ours.buyers, theirs.buyers), of('orders', ours.orders, theirs.orders), of('revenue', ours.revenue, theirs.revenue),
    // What is left of sales is the same part of everybody's: the same estimate in another unit.
    ...(marginPercent === null ? [] : [of('margin', ours.revenue, theirs.revenue, marginPercent / 100)]),
  ];
}

/** What a person did more, times all who were to be reached. */
function earnedOf(lifts: readonly Lift[], people: number): NonNullable<CampaignResult['earned']> {
  const of = (metric: OutcomeMetric): Interval | null => {
    const found = lifts.find((each) => each.metric === metric)?.sharp;
    return found ? intervalOf({ difference: found.difference, low: found.low ?? -Infinity, high: found.high ?? Infinity, p: found.p }, people) : null;
  };
  const nothing: Interval = { difference: 0, low: 0, high: 0, p: null };
  return { revenue: of('revenue') ?? nothing, margin: of('margin'), buyers: of('buyers') ?? nothing, orders: of('orders') ?? nothing };
}

function versusControl(arms: readonly JudgedArm[], wholes: readonly Outcomes[], control: number, reached: readonly number[], metric: 'buyers' | 'revenue'): CampaignResult['versusControl'] {
  const { samples } = cuped(wholes.map(({ sums }) => sums[metric]));
  const found = reached.map((i) => ({ one: arms[i].key, other: arms[control].key, metric, ...intervalOf(differenceOfMeans(samples[i], samples[control])) }));
  const adjusted = holm(found.map(({ p }) => p));
  return found.map((each, i) => ({ ...each, p: adjusted[i] }));
}

/** Every pair of contents, by intervals that stay right however often somebody looks. */
function versusEachOther(arms: readonly JudgedArm[], wholes: readonly Outcomes[], reached: readonly number[], stopRule: Judging['stopRule']): CampaignResult['versusEachOther'] {
  const metric = stopRule?.by ?? 'revenue';
  const pairs = reached.flatMap((one, at) => reached.slice(at + 1).map((other) => [one, other] as const));
  const level = 1 - (1 - (stopRule?.level ?? 0.95)) / Math.max(1, pairs.length);
  const samples = wholes.map(({ sums }): Sample => sampleOf(sums[metric]));
  return pairs.map(([one, other]) => ({ one: arms[one].key, other: arms[other].key, metric, ...intervalOf(sequentialDifference(samples[one], samples[other], level)) }));
}

function winnerOf(arms: readonly JudgedArm[], wholes: readonly Outcomes[], reached: readonly number[], { by, ...rule }: NonNullable<Judging['stopRule']>): string | null {
  const best = decidedArm(reached.map((i) => sampleOf(wholes[i].sums[by])), rule);
  return best === null ? null : arms[reached[best]].key;
}

/** A group of fewer says nothing worth a row of its own. */
const fewestInSegment = 30;

/** Who gained and who was harmed: many comparisons, so that each must be the surer. */
function segmentLifts(arms: readonly JudgedArm[], segments: readonly SegmentName[], control: number, reached: readonly number[]): SegmentLift[] {
  const found = segments.map((segment, at) => {
    const [ours, theirs] = [together(reached.map((i) => arms[i].bySegment[at])), arms[control].bySegment[at]];
    const isEnough = Math.min(ours.people, theirs.people) >= fewestInSegment;
    const of = (metric: 'revenue' | 'buyers'): Difference => {
      const { samples: [a, b] } = cuped([ours.sums[metric], theirs.sums[metric]]);
      return differenceOfMeans(a, b);
    };
    return { segment, people: ours.people, control: theirs.people, revenue: of('revenue'), buyers: of('buyers'), isEnough };
  }).filter(({ people, control: left }) => people + left > 0);
  const revenue = holm(found.map((each) => (each.isEnough ? each.revenue.p : null)));
  const buyers = holm(found.map((each) => (each.isEnough ? each.buyers.p : null)));
  return found.map(({ isEnough, ...each }, i) => {
    const isSure = (revenue[i] ?? 1) < 0.05;
    const verdict = !isEnough ? 'too_few' as const : !isSure ? 'unclear' as const : each.revenue.difference > 0 ? 'gained' as const : 'harmed' as const;
    return { ...each, revenue: { ...intervalOf(each.revenue), p: revenue[i] }, buyers: { ...intervalOf(each.buyers), p: buyers[i] }, verdict };
  });
}
