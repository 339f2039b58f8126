import { route } from '../../../platform/http/route.ts';
import { exportDirector, listDirectorMails, readDirector, sendDirector } from '../contract.ts';
import { documentTypes } from '../document/write/documents.ts';
import type { PlanningPart } from '../part.ts';
import { requirePlan } from '../plans/keep-plans.ts';
import { askMail, readMails } from './ask-mail.ts';
import { type DirectorDoors, readView } from './view.ts';
import { writeView } from './write-view.ts';

/** A plan at a glance, for whoever answers for all of it: as a page, and as a file to take along. */
export function createDirector(doors: DirectorDoors): PlanningPart {
  const { platform: { pg }, documents } = doors;
  return {
    routes: [
      route(readDirector, async ({ params: { planNo }, actor }) => readView(doors, await requirePlan(pg, planNo), actor, actor.locale)),
      route(exportDirector, async ({ params: { planNo }, query: { format, locale: said }, actor, reply }) => {
        const locale = said ?? actor.locale;
        const plan = await requirePlan(pg, planNo);
        const file = await documents.write(await writeView(doors, plan, await readView(doors, plan, actor, locale, Infinity), locale), format, locale);
        return reply.header('content-type', documentTypes[format]).header('content-disposition', `attachment; filename="director-${planNo}-${locale}.${format}"`).header('cache-control', 'no-store').send(file);
      }),
      route(listDirectorMails, async ({ params: { planNo }, actor }) => ({ mails: await readMails(doors, (await requirePlan(pg, planNo)).planNo, actor.locale) })),
      route(sendDirector, async ({ params: { planNo }, body: { locale, ...goesTo }, actor }) => ({ occasionNo: await askMail(doors, planNo, goesTo, locale, actor) })),
    ],
  };
}
