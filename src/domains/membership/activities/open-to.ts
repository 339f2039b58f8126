import { dayIn } from '../../../kernel/day.ts';
import type { Locale } from '../../../kernel/locale.ts';
import { readBrand } from '../../../platform/settings.ts';
import type { Hindrance, OpenActivity } from '../contract/activities.ts';
import { balanceOf } from '../ledger/person.ts';
import { readPerson } from '../ledger/store/load.ts';
import { isPaused, participantOf } from '../mall/participant.ts';
import type { MembershipDoors } from '../part.ts';
import { type ActivityRow, publishedActivities } from './plan/store.ts';
import { oddsOf } from './rules/draw.ts';
import { stateAt } from './rules/state.ts';
import { costOf, hindranceAt, rewardOf } from './rules/taking-part.ts';
import { sentenceOf } from './sentence.ts';
import { doneBy } from './take-part/store.ts';
import { progressOf } from './task-progress.ts';
import { calledIn } from './called.ts';

type Doors = Pick<MembershipDoors, 'platform' | 'programme' | 'members' | 'say'>;

/** What runs now, and of each whether somebody can take part, what it costs and how far they are. */
export async function openTo(doors: Doors, customerNo: number, locale: Locale): Promise<{ activities: OpenActivity[]; computedAt: string }> {
  const { pg: pool, clock } = doors.platform;
  const now = clock.now();
  const [person, all, { timeZone }, paused] = await Promise.all([participantOf(doors, customerNo), publishedActivities(pool), readBrand(pool), isPaused(doors)]);
  const running = all.filter(({ decided, definition }) => stateAt(decided, definition, now) === 'running');
  const [account, done] = await Promise.all([readPerson(pool, person.lineage), doneBy(pool, running.map(({ activityNo }) => activityNo), person.lineage, dayIn(timeZone, now))]);
  const { available } = balanceOf(account, now.getTime());
  const called = await calledIn(doors, running.map(({ definition }) => definition), locale);
  return {
    activities: await Promise.all(running.map(async (activity): Promise<OpenActivity> => {
      const { activityNo, definition, prizes } = activity;
      const { names, note, startsAt, endsAt, does } = definition;
      const own = done.get(activityNo) ?? { today: 0, total: 0, last: null };
      const progress = await progressOf(doors.platform, definition, person.lineage, timeZone, now);
      const hindrance = hindranceAt('running', definition, { ...person, ...own, isPaused: paused, progress }, timeZone, now) ?? shortOf(activity, available);
      return {
        activityNo, names, note, startsAt, endsAt, kind: does.kind, sentence: sentenceOf(definition, doors.say, locale, timeZone, called), cost: costOf(does), hindrance,
        today: own.today, total: own.total, streak: does.kind === 'sign_in' ? (own.last?.streak ?? 0) : null, progress,
        odds: does.kind === 'lottery' ? oddsOf(does.prizes) : [],
        left: prizes.map(({ key, stock, given }) => ({ key, left: stock === null ? null : stock - given })),
      };
    })),
    computedAt: now.toISOString(),
  };
}

/** What is missing on one side or the other. Who asks may be told too early, never too late: taking part decides. */
function shortOf({ definition: { does, budget }, promised, prizes }: ActivityRow, available: number): Hindrance | null {
  if (costOf(does) > available) return 'too_few_points';
  if (budget !== null && budget - promised < Math.max(1, rewardOf(does, null).points)) return 'budget_spent';
  if (does.kind === 'exchange' && prizes.every(({ stock, given }) => stock !== null && given >= stock)) return 'out_of_stock';
  return null;
}
