import { addDays, type Day } from '../../../../kernel/day.ts';
import type { ActivityDoes } from '../../contract/activities.ts';

type SignIn = Extract<ActivityDoes, { kind: 'sign_in' }>;

/** The streak of a sign-in today: one more than yesterday's, or the first of a new one. */
export function streakOf(last: { day: Day; streak: number } | null, today: Day, { cycleDays }: Pick<SignIn, 'cycleDays'>): number {
  if (last?.day === today) return last.streak;
  const goesOn = last?.day === addDays(today, -1) && (cycleDays === null || last.streak < cycleDays);
  return goesOn ? last.streak + 1 : 1;
}

/** What the sign-in of that day of a streak gives. */
export const signInPoints = ({ daily, bonuses }: Pick<SignIn, 'daily' | 'bonuses'>, streak: number): number =>
  daily + bonuses.filter(({ days }) => days === streak).reduce((sum, { points }) => sum + points, 0);
