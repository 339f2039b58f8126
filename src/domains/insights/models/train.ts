import type { Actor } from '../../../kernel/actor.ts';
import { conflict } from '../../../kernel/problem.ts';
import type { Platform } from '../../../platform/platform.ts';
import { inTransaction } from '../../../platform/postgres/pool.ts';
import { recordAudit } from '../../access/public.ts';
import type { ModelKind } from './model-kind.ts';
import { insertRun, readRun, type RunRow } from './store.ts';

export const modelQueue = 'insights.model';

/** Has the worker compute a model; answers with the run. 409 while one of its kind waits or runs. */
export type Train = (kind: string, params: Record<string, unknown>, actor: Actor) => Promise<RunRow>;

export const createTraining = ({ pg: pool, clock, jobs }: Platform, find: (kind: string) => ModelKind, dataVersion: () => Promise<number>): Train => async (kind, params, actor) => {
  const checked = find(kind).params.parse(params) as Record<string, unknown>;
  const version = await dataVersion();
  const row = await inTransaction(pool, async (client) => {
    const modelId = await insertRun(client, { kind, params: checked, asOf: clock.now(), dataVersion: version, askedBy: actor.name });
    const made = modelId === null ? null : await readRun(client, modelId);
    if (!made) throw conflict('insights.model_under_way');
    if (actor.kind !== 'system') await recordAudit(client, { actor, action: 'insights.train', subject: `model:${kind}`, details: checked });
    return made;
  });
  await jobs.later(modelQueue, { modelId: row.modelId }, { key: `model-${row.modelId}` });
  return row;
};
