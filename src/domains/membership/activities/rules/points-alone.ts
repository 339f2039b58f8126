import type { ActivityDefinition } from '../../contract/activities.ts';

/** Whether what it gives can be reckoned in money: goods have no price here, and what orders earn more of on such a day is not told apart from what they would have earned. */
export function givesPointsAlone({ does }: ActivityDefinition): boolean {
  if (does.kind === 'double_points' || does.kind === 'exchange') return false;
  if (does.kind === 'member_day') return does.factor === null;
  return does.kind !== 'lottery' || does.prizes.every(({ gives }) => gives.kind !== 'item');
}
