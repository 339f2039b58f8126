import { type LifecycleLimits, type LifecycleState, lifecycleStates } from '../../contract/lifecycle.ts';
import type { Rhythm } from './fit.ts';

type Fit = Pick<Rhythm, 'shape' | 'days'>;

/**
 * The state of a buyer on a day, by the days they bought on up to then, ascending. Whose silence is longer than the limits' share of
 * gaps of such a history is at risk, sleeping or lost; of the others, who bought once is new, whose last purchase ended a
 * silence that was lost or at least at risk is won back or returning, and all others are active.
 */
export function stateOn(day: number, days: readonly number[], rhythm: Fit, limits: LifecycleLimits): LifecycleState | null {
  const until = days.filter((each) => each <= day);
  if (until.length === 0) return null;
  const overdueBy = (silence: number, purchases: readonly number[]): number =>
    1 - (1 + silence / (rhythm.days + purchases[purchases.length - 1] - purchases[0])) ** -(rhythm.shape + purchases.length - 1);
  const now = overdueBy(day - until[until.length - 1], until);
  if (now >= limits.lost) return 'lost';
  if (now >= limits.sleeping) return 'sleeping';
  if (now >= limits.atRisk) return 'at_risk';
  if (until.length === 1) return 'new';
  const before = until.slice(0, -1);
  const then = overdueBy(until[until.length - 1] - before[before.length - 1], before);
  if (then >= limits.lost) return 'won_back';
  return then >= limits.atRisk ? 'returning' : 'active';
}

/** The number a state is kept under. */
export const numberOf = (state: LifecycleState): number => lifecycleStates.indexOf(state) + 1;

/** How overdue a silence is as `-ln(1 - share)`, in SQL: (r + gaps) ln(1 + silence / (α + days of the gaps)). */
const overdueSql = (silence: string, gaps: string, days: string): string => `({shape:Float64} + ${gaps}) * log1p((${silence}) / ({scale:Float64} + ${days}))`;

/** The same states in SQL, of a list `days` on each day of the bound list `at`, as far back as there was a purchase. */
export function statesSql(at: string): string {
  const seen = `arrayFilter(day -> day >= days[1], ${at})`;
  const counts = `arrayMap(day -> toInt32(arrayCount(each -> each <= day, days)), ${seen})`;
  const now = overdueSql('day - days[count]', '(count - 1)', '(days[count] - days[1])');
  const then = overdueSql('days[count] - days[count - 1]', '(count - 2)', '(days[count - 1] - days[1])');
  return `arrayMap((overdue, before, count) -> toUInt8(multiIf(
      overdue >= {lost:Float64}, ${numberOf('lost')}, overdue >= {sleeping:Float64}, ${numberOf('sleeping')}, overdue >= {atRisk:Float64}, ${numberOf('at_risk')},
      count = 1, ${numberOf('new')},
      before >= {lost:Float64}, ${numberOf('won_back')}, before >= {atRisk:Float64}, ${numberOf('returning')}, ${numberOf('active')})),
    arrayMap((day, count) -> ${now}, ${seen}, ${counts}), arrayMap(count -> if(count > 1, ${then}, 0), ${counts}), ${counts})`;
}

/** What `statesSql` is asked with. */
export const stateParams = ({ shape, days }: Fit, { atRisk, sleeping, lost }: LifecycleLimits) =>
  ({ shape, scale: days, atRisk: -Math.log1p(-atRisk), sleeping: -Math.log1p(-sleeping), lost: -Math.log1p(-lost) });
