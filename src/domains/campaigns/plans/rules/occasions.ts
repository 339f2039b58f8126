import { addDays, dayIn, startOfDay } from '../../../../kernel/day.ts';
import { nextDue } from '../../../insights/public.ts';
import type { CampaignDefinition } from '../../contract/plans.ts';

/** An occasion that the program slept through is not made up for after so long: its news would be old. */
const lateMs = 6 * 3_600_000;

/** When a campaign goes next: for the first time where `last` is null. Null where it never does again. */
export function nextOccasion({ schedule }: Pick<CampaignDefinition, 'schedule'>, timeZone: string, last: Date | null, now: Date): Date | null {
  if (schedule.when === 'once') return last === null ? new Date(schedule.at ?? now) : null;
  const first = startOfDay(schedule.from, timeZone).getTime() - 1;
  const after = Math.max(first, last?.getTime() ?? 0, now.getTime() - lateMs);
  const due = nextDue(schedule.rhythm, timeZone, new Date(after));
  return schedule.until !== null && due >= startOfDay(addDays(schedule.until, 1), timeZone) ? null : due;
}

/** The next few of them. */
export function nextOccasions(definition: Pick<CampaignDefinition, 'schedule'>, timeZone: string, last: Date | null, now: Date, most: number): Date[] {
  const found: Date[] = [];
  for (let next = nextOccasion(definition, timeZone, last, now); next !== null && found.length < most; next = nextOccasion(definition, timeZone, next, now)) found.push(next);
  return found;
}

/** What makes an occasion another than the one before: its day. One that goes once has one. */
export const occasionKey = ({ schedule }: Pick<CampaignDefinition, 'schedule'>, timeZone: string, at: Date): string => (schedule.when === 'once' ? 'once' : dayIn(timeZone, at));
