import type { Actor } from '../../../kernel/actor.ts';
import { notFound } from '../../../kernel/problem.ts';
import { route, type Route } from '../../../platform/http/route.ts';
import type { ShownAudience } from '../contract/audiences.ts';
import { cancelExpansion, expandAudience, readExpansion, saveExpansion, type ShownExpansion } from '../contract/expansion.ts';
import { showAudiences, type Showing } from '../stored/keeping/shown.ts';
import { findAudiences } from '../stored/keeping/store.ts';
import { askForExpansion, cancelSearch, keepLikest } from './ask.ts';
import type { ExpansionDoors } from './run-expansion.ts';
import { type ExpansionShowing, showExpansion } from './shown.ts';
import { newestExpansion, readOne } from './store.ts';

/** Endpoints of finding people like those of an audience. */
export function expansionRoutes(doors: ExpansionDoors & ExpansionShowing & Showing): Route[] {
  const { pg: pool } = doors.platform;
  const shown = async (expansionId: number, { locale }: Actor): Promise<ShownExpansion> => showExpansion(doors, await readOne(pool, expansionId), locale);
  return [
    route(expandAudience, async ({ params, body, actor }) => shown(await askForExpansion(doors, params.audienceId, body.leaveOut, actor), actor)),
    route(readExpansion, async ({ params: { audienceId }, actor: { locale } }) => {
      if ((await findAudiences(pool, [audienceId])).length === 0) throw notFound('audiences.not_found', { audienceId });
      const newest = await newestExpansion(pool, audienceId);
      return { expansion: newest && (await showExpansion(doors, newest, locale)) };
    }),
    route(cancelExpansion, async ({ params: { expansionId }, actor }) => {
      await cancelSearch(doors, expansionId, actor);
      return shown(expansionId, actor);
    }),
    route(saveExpansion, async ({ params, body, actor }): Promise<ShownAudience> => {
      const audienceId = await keepLikest(doors, params.expansionId, body, actor);
      return (await showAudiences(doors, await findAudiences(pool, [audienceId]), actor.locale))[0];
    }),
  ];
}
