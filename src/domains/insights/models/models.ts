import type { z } from 'zod';
import type { Actor } from '../../../kernel/actor.ts';
import { conflict, notFound } from '../../../kernel/problem.ts';
import type { Platform } from '../../../platform/platform.ts';
import { inTransaction } from '../../../platform/postgres/pool.ts';
import { recordAudit } from '../../access/public.ts';
import { createBackground } from '../../customers/public.ts';
import { createKeepUp } from './keep-up.ts';
import type { ModelKind } from './model-kind.ts';
import { runModel } from './run-model.ts';
import { currentIds, currentRun, endRun, openRuns, runsOf } from './store.ts';
import { createTraining, modelQueue, type Train } from './train.ts';

/** The run of a model that is shown, with its result. */
export interface CurrentModel<R> {
  modelId: number;
  asOf: Date;
  dataVersion: number;
  result: R;
}

/** Models: heavy computations that are made in the background, kept in versions, and asked without waiting. */
export interface Models {
  register(kind: ModelKind): void;
  find(kind: string): ModelKind;
  /** The newest run that is done; null before the first. */
  current<R extends z.ZodType>(kind: ModelKind<z.ZodType, R>): Promise<CurrentModel<z.output<R>> | null>;
  /** The number of that run as it was known some seconds ago, 0 before the first: for what cannot wait. */
  currentId(kind: string): number;
  train: Train;
  cancel(kind: string, actor: Actor): Promise<void>;
  /** Keeps `currentId` up to date, in every process. */
  follow(): void;
  /** Computes what is asked for, in the process that does background work. */
  start(): void;
  stop(): Promise<void>;
}

const longestRunSeconds = 3_600;
const followMs = 2_000;
const keepUpMs = 15_000;

export function createModels(platform: Platform, dataVersion: () => Promise<number>): Models {
  const { pg: pool, clock, jobs, log } = platform;
  const kinds = new Map<string, ModelKind>();
  const stopping = new AbortController();
  let ids = new Map<string, number>();
  const refresh = async (): Promise<void> => void (ids = await currentIds(pool));
  const find = (kind: string): ModelKind => {
    const found = kinds.get(kind);
    if (!found) throw notFound('insights.no_model', { kind });
    return found;
  };
  const train = createTraining(platform, find, dataVersion);
  /** What an earlier process left, before anything new. */
  const takeUp = async (): Promise<void> => {
    for (const modelId of await openRuns(pool)) await jobs.later(modelQueue, { modelId }, { key: `model-${modelId}` });
  };
  jobs.work<{ modelId: number }>(modelQueue, async ({ modelId }, signal) => {
    await runModel(platform, kinds, modelId, AbortSignal.any([signal, stopping.signal]));
    await refresh();
  }, { retries: 100, limitSeconds: longestRunSeconds });
  const following = createBackground('models that are shown', refresh, followMs, log);
  const keepingUp = createBackground('models', createKeepUp(platform, kinds, dataVersion, train), keepUpMs, log);
  let begins: NodeJS.Timeout | undefined;
  let isFollowing = false;
  const follow = (): void => {
    if (!isFollowing) following.start();
    isFollowing = true;
  };
  return {
    register: (kind) => void kinds.set(kind.kind, kind),
    find,
    async current(kind) {
      const row = await currentRun(pool, kind.kind);
      if (!row) return null;
      return { modelId: row.modelId, asOf: row.asOf, dataVersion: row.dataVersion, result: kind.result.parse(row.result) };
    },
    currentId: (kind) => ids.get(kind) ?? 0,
    train,
    async cancel(kind, actor) {
      const running = (await runsOf(pool, find(kind).kind)).find(({ state }) => state === 'waiting' || state === 'running');
      if (!running) throw conflict('insights.model_not_under_way');
      await inTransaction(pool, async (client) => {
        if (running.state === 'waiting') await endRun(client, running.modelId, 'cancelled', clock.now());
        else await client.query('update insight_model set cancel_requested = true where model_id = $1', [running.modelId]);
        await recordAudit(client, { actor, action: 'insights.cancel_training', subject: `model:${kind}` });
      });
    },
    follow,
    start() {
      void takeUp().catch((error: unknown) => log.error({ err: error }, 'models that were left could not be taken up; they are at the next start'));
      follow();
      // A start has enough to do.
      if (platform.config.train) begins = setTimeout(() => keepingUp.start(), keepUpMs).unref();
    },
    async stop() {
      stopping.abort(new Error('the process is stopping'));
      clearTimeout(begins);
      await Promise.all([following.stop(), keepingUp.stop()]);
    },
  };
}
