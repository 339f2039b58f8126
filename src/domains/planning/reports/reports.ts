import { route } from '../../../platform/http/route.ts';
import { readMailServer } from '../../../platform/mail/mail-server.ts';
import { createBackground } from '../../customers/public.ts';
import { addMailing, changeMailing, listMailings, removeMailing } from '../contract/mailings.ts';
import type { DirectorDoors } from '../director/view.ts';
import type { PlanningPart } from '../part.ts';
import { requirePlan } from '../plans/keep-plans.ts';
import { addMailing as keepMailing, changeMailingOf, removeMailingOf, shownMailing } from './keep/keep-mailings.ts';
import { readMailings } from './keep/mailings-store.ts';
import { makeDue } from './make.ts';
import { reportRoutes } from './report-routes.ts';
import { takeUpDue } from './take-up.ts';

/** Reports of a plan that write themselves, and what of it is sent by itself. */
export interface Reports extends PlanningPart {
  /** Takes up what is due, and makes what is to be made. */
  work(): Promise<void>;
}

const lookMs = 2_000;

export function createReports(doors: DirectorDoors): Reports {
  const { platform: { pg: pool, log } } = doors;
  const work = async (): Promise<void> => {
    await takeUpDue(doors);
    await makeDue(doors);
  };
  const background = createBackground('reports of the plan', work, lookMs, log);
  return {
    work,
    routes: [
      ...reportRoutes(doors),
      route(listMailings, async ({ params: { planNo } }) => {
        await requirePlan(pool, planNo);
        return { mailings: (await readMailings(pool, planNo)).map(shownMailing), isMailSetUp: (await readMailServer(pool)) !== null };
      }),
      route(addMailing, async ({ params: { planNo }, body, actor }) => shownMailing(await keepMailing(doors, planNo, body, actor))),
      route(changeMailing, async ({ params: { planNo, mailingNo }, body, actor }) => shownMailing(await changeMailingOf(doors, planNo, mailingNo, body, actor))),
      route(removeMailing, async ({ params: { planNo, mailingNo }, actor }) => {
        await removeMailingOf(doors, planNo, mailingNo, actor);
        return { isRemoved: true as const };
      }),
    ],
    start: background.start,
    stop: background.stop,
  };
}
