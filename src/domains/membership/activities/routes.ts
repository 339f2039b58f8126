import { addDays, daysBetween } from '../../../kernel/day.ts';
import { type Locale, locales } from '../../../kernel/locale.ts';
import { Problem } from '../../../kernel/problem.ts';
import { programKeyOf } from '../../../kernel/program.ts';
import { dayIn, startOfDay } from '../../../kernel/day.ts';
import { route, type Route } from '../../../platform/http/route.ts';
import { readBrand } from '../../../platform/settings.ts';
import { recordAudit } from '../../access/public.ts';
import { createShownNames } from '../../customers/public.ts';
import {
  type ActivityDefinition, changeActivity, createActivity, deleteActivity, keepParticipants, listActivities, listParticipations, previewActivity, readActivitiesOf, readActivity, readActivityCalendar, readActivityResults, takePart, turnActivity,
} from '../contract/activities.ts';
import { nameIn } from '../contract/programme.ts';
import { senderKey } from '../mall/routes.ts';
import type { MembershipDoors } from '../part.ts';
import { openTo } from './open-to.ts';
import { changePlan, checkActivity, dropPlan, planActivity, turnPlan } from './plan/plan.ts';
import { activitiesBetween, demandActivity, listPlanned, shownActivity } from './plan/store.ts';
import { listOf, peopleOf, resultsOf, shownOutcome } from './results.ts';
import { nextDays } from './rules/days.ts';
import { expectedPoints, oddsOf } from './rules/draw.ts';
import { stateAt } from './rules/state.ts';
import { activeDays } from './rules/taking-part.ts';
import { sentenceOf } from './sentence.ts';
import type { TakePartDoors } from './take-part/advance.ts';
import { takePartIn } from './take-part/take-part.ts';
import { calledIn } from './called.ts';

export type ActivityDoors = MembershipDoors & TakePartDoors;
const mostCalendarDays = 100;
const shownDays = 6;

/** Endpoints of planning: what activities there are and will be. */
export function planRoutes(doors: ActivityDoors): Route[] {
  const { pg: pool, clock } = doors.platform;
  return [
    route(listActivities, async ({ query }) => {
      const now = clock.now();
      const { rows, total } = await listPlanned(pool, query, now);
      return { rows: rows.map((row) => shownActivity(row, now)), total, computedAt: now.toISOString() };
    }),
    route(readActivityCalendar, async ({ query: { from, to } }) => calendar(doors, from, to)),
    route(readActivity, async ({ params: { activityNo }, actor }) => ({ ...shownActivity(await demandActivity(pool, activityNo), clock.now()), budgetLines: await doors.budget.lines(programKeyOf('activity', activityNo), actor) })),
    route(createActivity, async ({ body: { definition }, actor }) => shownActivity(await planActivity(doors, definition, actor), clock.now())),
    route(changeActivity, async ({ params: { activityNo }, body, actor }) => shownActivity(await changePlan(doors, activityNo, body, actor), clock.now())),
    route(turnActivity, async ({ params: { activityNo }, body: { turn }, actor }) => shownActivity(await turnPlan(doors, activityNo, turn, actor), clock.now())),
    route(deleteActivity, async ({ params: { activityNo }, actor }) => {
      await dropPlan(doors, activityNo, actor);
      return {};
    }),
    route(previewActivity, ({ body: { definition }, actor: { locale } }) => preview(doors, definition, locale)),
  ];
}

async function calendar({ platform: { pg: pool, clock } }: ActivityDoors, from: string, to: string) {
  if (to < from || daysBetween(from, to) >= mostCalendarDays) throw new Problem('membership.calendar_too_long', { params: { most: mostCalendarDays }, fields: [{ path: 'query.to', code: 'out_of_range' }] });
  const now = clock.now();
  const { timeZone } = await readBrand(pool);
  const days = Array.from({ length: daysBetween(from, to) + 1 }, (_, n) => addDays(from, n));
  const found = await activitiesBetween(pool, startOfDay(from, timeZone), startOfDay(addDays(to, 1), timeZone));
  return {
    activities: found.map(({ activityNo, definition, decided }) => ({
      activityNo, names: definition.names, kind: definition.does.kind, state: stateAt(decided, definition, now), days: activeDays(definition, days, timeZone),
    })).filter((each) => each.days.length > 0),
    computedAt: now.toISOString(),
  };
}

/** What somebody has set so far: what it says, what is wrong, when it is on, and what a draw is worth. */
async function preview(doors: ActivityDoors, definition: ActivityDefinition, locale: Locale) {
  const { platform: { pg: pool, clock }, say } = doors;
  const now = clock.now();
  const { startsAt, endsAt, does } = definition;
  const { timeZone } = await readBrand(pool);
  const sentences = await Promise.all(locales.map(async (each) => [each, sentenceOf(definition, say, each, timeZone, await calledIn(doors, [definition], each))] as const));
  const first = dayIn(timeZone, new Date(Math.max(now.getTime(), Date.parse(startsAt))));
  const last = endsAt === null ? '9999-12-31' : dayIn(timeZone, new Date(Date.parse(endsAt) - 1));
  return {
    sentences: Object.fromEntries(sentences) as Record<Locale, string>,
    checks: (await checkActivity(doors, definition)).map(({ level, key, params, path }) => ({ level, path, text: say(locale, 'membership', `activities.check.${key}`, params) })),
    days: does.kind === 'member_day' ? nextDays(does.days, first, shownDays).filter((day) => day <= last) : [],
    odds: does.kind === 'lottery' ? oddsOf(does.prizes) : [],
    expected: does.kind === 'lottery' ? expectedPoints(does.prizes) : null,
    computedAt: now.toISOString(),
  };
}

/** Endpoints of taking part, and of what came of it. */
export function takePartRoutes(doors: ActivityDoors): Route[] {
  const { platform, audiences } = doors;
  const { pg: pool, clock } = platform;
  const shownNames = createShownNames(platform);
  return [
    route(takePart, async ({ params: { activityNo }, body: { key, customerNo }, actor }) => {
      const { made, isReplay } = await takePartIn(doors, { key: senderKey(actor, key), activityNo, customerNo });
      if (actor.kind === 'staff' && !isReplay) await recordAudit(pool, { actor, action: 'membership.take_part', subject: `customer:${made.customerNo}`, details: { activity: activityNo } });
      return { ...shownOutcome(await demandActivity(pool, activityNo), made), isReplay };
    }),
    route(listParticipations, async ({ params: { activityNo }, query }) => {
      const activity = await demandActivity(pool, activityNo);
      const { rows, total } = await listOf(pool, activityNo, query);
      const names = await shownNames([...new Set(rows.map(({ customerNo }) => customerNo))]);
      return { rows: rows.map((row) => ({ ...shownOutcome(activity, row), customerName: names.get(row.customerNo) ?? null })), total, computedAt: clock.now().toISOString() };
    }),
    route(readActivityResults, async ({ params: { activityNo } }) => ({ ...(await resultsOf(pool, await demandActivity(pool, activityNo))), computedAt: clock.now().toISOString() })),
    route(keepParticipants, async ({ params: { activityNo }, body: { name, prize }, actor }) => {
      const { definition } = await demandActivity(pool, activityNo);
      const sentences = Object.fromEntries(locales.map((locale) => [locale, doors.say(locale, 'membership', 'activities.tookPartIn', { name: nameIn(definition.names, locale) })])) as Record<Locale, string>;
      return { audienceId: await audiences.keepFound({ name, reason: '', people: await peopleOf(pool, activityNo, prize), sentences }, actor) };
    }),
    route(readActivitiesOf, ({ params: { customerNo }, actor: { locale } }) => openTo(doors, customerNo, locale)),
  ];
}
