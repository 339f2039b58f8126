import { addDays, dayIn, type Day } from '../../../kernel/day.ts';
import { notFound } from '../../../kernel/problem.ts';
import { route } from '../../../platform/http/route.ts';
import { createMailer, type Mailer } from '../../../platform/mail/mailer.ts';
import { readBrand } from '../../../platform/settings.ts';
import { type GoalState, type ItemBody, periodOf, type PeriodUnit, periodUnits, readGoal, readGoals } from '../contract.ts';
import type { PlanningDoors, PlanningPart } from '../part.ts';
import { requirePlan } from '../plans/keep-plans.ts';
import { readPlans } from '../plans/read-plans.ts';
import { noteStates, readAlerts } from './alerts.ts';
import { registerGoalCheck } from './checks.ts';
import { courseOf } from './course.ts';
import { type Gathered, gatherGoals, type Goal } from './gather.ts';
import { goalState } from './rules/state.ts';
import { tellOwners } from './tell-owners.ts';

/** A page waits so long for the engine; what is not there by then is asked for again. */
const waitMs = 250;
const queue = 'planning.goals';

/** How goals stand, for other parts of the plan. */
export interface GoalsBook {
  /** Every goal of a plan with how it stands in the year, quarter or month that a day is in, at the end of that day (yesterday unless an earlier one is said); pending while something of it is counted for longer than `waitMs`. */
  states(planNo: number, unit: PeriodUnit, waitMs?: number, day?: Day): Promise<{ goal: Goal; state: GoalState; isPending: boolean }[]>;
}

/** Goals of the plan against live figures: progress, path, forecast, and who is told when one is off. */
export function createGoals(doors: PlanningDoors, mailer: Mailer = createMailer(doors.platform)): PlanningPart & { book: GoalsBook; look(): Promise<void> } {
  const { platform: { pg: pool, clock, jobs, log }, items, figures } = doors;
  registerGoalCheck(items, figures);
  const list = async (planNo: number): Promise<Goal[]> => (await items.list(planNo, ['goal'])).map(({ itemNo, body }) => ({ itemNo, body: body as ItemBody<'goal'> }));
  const yesterday = async (): Promise<Day> => addDays(dayIn((await readBrand(pool)).timeZone, clock.now()), -1);
  const isPending = ({ current, baseline, lastYear, lastWhole, lastSoFar, start, yearStart }: Gathered): boolean =>
    [current, baseline, lastYear, lastWhole, lastSoFar, start, yearStart].some((reading) => reading?.state === 'pending');
  const statesOf = async (goals: readonly Goal[], unit: PeriodUnit, day: Day, until: Day, wait: number): Promise<{ goal: Goal; state: GoalState; isPending: boolean }[]> => {
    const period = periodOf(day, unit);
    const gathered = await gatherGoals(figures, goals, period, until, wait);
    return gathered.map((each) => ({ goal: each.goal, state: goalState(each, period, until), isPending: isPending(each) }));
  };
  /** A look at every goal of the current plan: what is off its path is noted, and its owner told. */
  const look = async (): Promise<void> => {
    const plan = (await readPlans(pool)).find(({ isCurrent }) => isCurrent);
    if (!plan) return;
    const [goals, until] = [await list(plan.planNo), await yesterday()];
    for (const unit of periodUnits) await noteStates(pool, (await statesOf(goals, unit, until, until, Infinity)).map(({ state }) => state), clock.now());
    await tellOwners(doors, mailer, plan.planNo, goals, until);
  };
  jobs.work(queue, look, { limitSeconds: 900 });
  return {
    look,
    book: { states: async (planNo, unit, wait = Infinity, day) => { const last = await yesterday(); const until = day && day < last ? day : last; return statesOf(await list(planNo), unit, until, until, wait); } },
    routes: [
      route(readGoals, async ({ params: { planNo }, query: { unit, day } }) => {
        await requirePlan(pool, planNo);
        const until = await yesterday();
        const states = await statesOf(await list(planNo), unit, day ?? until, until, waitMs);
        return { goals: states.map(({ state }) => state), period: periodOf(day ?? until, unit), asOf: until, isPending: states.some((each) => each.isPending) };
      }),
      route(readGoal, async ({ params: { planNo, itemNo }, query }) => {
        await requirePlan(pool, planNo);
        const goal = (await list(planNo)).find((each) => each.itemNo === itemNo);
        if (!goal) throw notFound('planning.item_not_found', { itemNo });
        const until = await yesterday();
        const year = query.year === undefined ? until.slice(0, 4) : String(query.year);
        const day = year === until.slice(0, 4) ? until : `${year}-12-31`;
        const [ofYear] = await gatherGoals(figures, [goal], year, until, waitMs);
        const state = goalState(ofYear, year, until);
        const [parts, course, alerts] = await Promise.all([
          Promise.all((['quarter', 'month'] as const).map((unit) => statesOf([goal], unit, day, until, waitMs))),
          courseOf(figures, ofYear, state, until, waitMs), readAlerts(pool, itemNo),
        ]);
        return {
          states: [state, ...parts.flat().map((each) => each.state)], course, year, asOf: until, isPending: isPending(ofYear) || parts.flat().some((each) => each.isPending),
          alerts: alerts.map(({ itemNo: _itemNo, openedAt, closedAt, toldAt, ...alert }) => ({ ...alert, openedAt: openedAt.toISOString(), closedAt: closedAt?.toISOString() ?? null, toldAt: toldAt?.toISOString() ?? null })),
        };
      }),
    ],
    start: () => void jobs.schedule(queue, '30 0 * * *', 'UTC').catch((error: unknown) => log.error({ err: error }, 'the daily look at goals could not be put on the clock')),
  };
}
