import type { Actor } from '../../../kernel/actor.ts';
import type { Locale } from '../../../kernel/locale.ts';
import { route, type Route } from '../../../platform/http/route.ts';
import type { Say } from '../../../platform/i18n.ts';
import type { Platform } from '../../../platform/platform.ts';
import { cancelModel, readModel, type ShownRun, trainModel } from '../contract/models.ts';
import type { Models } from './models.ts';
import { type RunRow, runsOf } from './store.ts';

/** Endpoints of models of every kind. */
export function modelRoutes({ pg: pool }: Platform, models: Models, dataVersion: () => Promise<number>, say: Say): Route[] {
  const show = async (kind: string, { locale }: Actor) => {
    const [runs, version] = await Promise.all([runsOf(pool, models.find(kind).kind), dataVersion()]);
    const shown = (run: RunRow | undefined): ShownRun | null => (run ? shownRun(run, say, locale) : null);
    const current = runs.find(({ state }) => state === 'done');
    return {
      current: shown(current),
      isOld: current !== undefined && current.dataVersion !== version,
      underWay: shown(runs.find(({ state }) => state === 'waiting' || state === 'running')),
      failed: runs.at(0)?.state === 'failed' ? shown(runs[0]) : null,
      history: runs.map((run) => shownRun(run, say, locale)),
    };
  };
  return [
    route(readModel, ({ params: { kind }, actor }) => show(kind, actor)),
    route(trainModel, async ({ params: { kind }, body, actor }) => shownRun(await models.train(kind, body.params, actor), say, actor.locale)),
    route(cancelModel, async ({ params: { kind }, actor }) => {
      await models.cancel(kind, actor);
      return show(kind, actor);
    }),
  ];
}

function shownRun({ modelId, state, params, asOf, askedBy, finishedAt, progress, failure }: RunRow, say: Say, locale: Locale): ShownRun {
  const [namespace, ...key] = (failure?.code ?? '').split('.');
  return {
    modelId, state, params, askedBy,
    asOf: asOf.toISOString(),
    finishedAt: finishedAt?.toISOString() ?? null,
    stage: progress?.stage ?? null,
    done: progress?.done ?? 0,
    failure: failure && say(locale, namespace, `problem.${key.join('.')}`, failure.params),
  };
}
