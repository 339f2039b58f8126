import { formatDecimal } from '../../../../kernel/decimal.ts';
import type { EffectLift, EffectPeriod } from '../../contract/effect.ts';
import type { OutcomeMetric } from '../../contract/results.ts';
import { type Outcomes } from '../outcomes/outcomes.ts';
import { cuped } from '../statistics/cuped.ts';
import { differenceOfMeans } from '../statistics/difference.ts';
import { sampleOf, type Sums } from '../statistics/sample.ts';
import { sequentialDifference } from '../statistics/sequential.ts';

const finite = (x: number): number | null => (Number.isFinite(x) ? x : null);

/**
 * How everybody whom programs may reach differs from the group that none reaches, a person. Both groups are whole: whom no program ever
 * wanted counts too, because who is wanted comes of what is done, and who was drawn does not. What the same people bought before anybody
 * was drawn sharpens it (CUPED). A month that is over is judged once, by Welch; what still grows is looked at every day, by the sequence
 * that stays right however often that is (both papers are named where these stand).
 */
export function effectOf(reached: Outcomes, control: Outcomes, isOver: boolean): Pick<EffectPeriod, 'reached' | 'control' | 'lifts'> {
  const of = (metric: OutcomeMetric, ours: Sums, theirs: Sums): EffectLift => {
    const { samples: [a, b] } = cuped([ours, theirs]);
    const { difference, low, high, p } = (isOver ? differenceOfMeans : sequentialDifference)(a, b);
    return { metric, base: sampleOf(theirs).mean, difference, low: finite(low), high: finite(high), p };
  };
  const figures = ({ people, buyers, orders, revenue }: Outcomes) => ({ people, buyers, orders, revenue: formatDecimal(revenue) });
  return {
    reached: figures(reached), control: figures(control),
    lifts: (['buyers', 'orders', 'revenue'] as const).map((metric) => of(metric, reached.sums[metric], control.sums[metric])),
  };
}

/** The same with what is left of sales: the same estimate in another unit. */
export function withMargin<P extends Pick<EffectPeriod, 'lifts'>>(period: P, marginPercent: number | null): P {
  const revenue = period.lifts.find(({ metric }) => metric === 'revenue');
  if (marginPercent === null || !revenue) return period;
  const part = (value: number | null): number | null => (value === null ? null : (value * marginPercent) / 100);
  const { base, difference, low, high, p } = revenue;
  return { ...period, lifts: [...period.lifts, { metric: 'margin', base: part(base) ?? 0, difference: part(difference) ?? 0, low: part(low), high: part(high), p }] };
}
