import { type Day, dayIn } from '../../../../kernel/day.ts';
import type { ActivityDefinition, ActivityDoes, ActivityState, Hindrance } from '../../contract/activities.ts';
import type { ParticipationLimits } from '../../contract/mall.ts';
import { type Asking, limitOf } from '../../mall/rules/hindrance.ts';
import { isDayOf } from './days.ts';
import { mostPointsOf } from './draw.ts';
import { signInPoints } from './streak.ts';

/** Somebody who would take part now, and what is known of them. */
export interface Candidate extends Asking {
  joinedAt: Date | null;
  isPaused: boolean;
  /** Of tasks: how much is done of how much. */
  progress: { done: number; of: number } | null;
}

const least = (limit: number | null, own: number): number => (limit === null ? own : Math.min(limit, own));

/** How often somebody may: as the activity says, and never more often than its kind can be. */
export function limitsOf({ limits: { perDay, total }, does }: Pick<ActivityDefinition, 'limits' | 'does'>): ParticipationLimits {
  switch (does.kind) {
    case 'joining': return { perDay, total: 1 };
    case 'sign_in': case 'member_day': return { perDay: least(perDay, 1), total };
    case 'task': return does.task.what === 'event' && does.task.within === 'day' ? { perDay: least(perDay, 1), total } : { perDay, total: 1 };
    default: return { perDay, total };
  }
}

/** Why somebody cannot take part at a moment; null where they can, as far as points, budget and stock go. */
export function hindranceAt(state: ActivityState, definition: ActivityDefinition, candidate: Candidate, timeZone: string, now: Date): Hindrance | null {
  const { does, tiers } = definition;
  if (state !== 'running') return 'not_running';
  if (candidate.isPaused) return 'paused';
  if (does.kind === 'double_points' || (does.kind === 'member_day' && does.reward.points + does.reward.growth === 0)) return 'by_itself';
  const limit = limitOf({ limits: limitsOf(definition), tiers }, candidate);
  if (limit !== null) return limit;
  if (does.kind === 'member_day' && !isDayOf(does.days, dayIn(timeZone, now))) return 'not_today';
  if (does.kind === 'joining' && (candidate.joinedAt === null || candidate.joinedAt.getTime() < Date.parse(definition.startsAt))) return 'joined_before';
  if (does.kind === 'task' && candidate.progress !== null && candidate.progress.done < candidate.progress.of) return 'not_done_yet';
  return null;
}

/** Points and growth that a participation comes to; of draws only the most it can come to is known beforehand. */
export function rewardOf(does: ActivityDoes, streak: number | null): { points: number; growth: number } {
  switch (does.kind) {
    case 'joining': case 'member_day': case 'task': return does.reward;
    case 'sign_in': return { points: signInPoints(does, streak ?? 1), growth: 0 };
    case 'lottery': return { points: mostPointsOf(does.prizes), growth: 0 };
    case 'exchange': case 'double_points': return { points: 0, growth: 0 };
  }
}

/** What taking part costs before it is known what it gives. */
export const costOf = (does: ActivityDoes): number => (does.kind === 'lottery' ? does.cost : does.kind === 'exchange' ? does.points : 0);

/** From when to when events count for a task: the day, or as long as the activity goes on. */
export function taskSpan({ startsAt, endsAt, does }: ActivityDefinition, dayBegin: Date, nextDayBegin: Date): { from: Date; to: Date } {
  const [from, to] = [new Date(startsAt), endsAt === null ? new Date('2299-12-31T00:00:00Z') : new Date(endsAt)];
  if (does.kind !== 'task' || does.task.what !== 'event' || does.task.within === 'activity') return { from, to };
  return { from: dayBegin > from ? dayBegin : from, to: nextDayBegin < to ? nextDayBegin : to };
}

/** Days of an activity between two of the brand's calendar, both included: those it says something about. */
export function activeDays({ startsAt, endsAt, does }: Pick<ActivityDefinition, 'startsAt' | 'endsAt' | 'does'>, days: readonly Day[], timeZone: string): Day[] {
  const first = dayIn(timeZone, new Date(startsAt));
  // What ends at midnight has no part of the day that begins then.
  const last = endsAt === null ? '9999-12-31' : dayIn(timeZone, new Date(Date.parse(endsAt) - 1));
  return days.filter((day) => day >= first && day <= last && (does.kind !== 'member_day' || isDayOf(does.days, day)));
}
