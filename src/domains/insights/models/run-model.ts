import { Problem } from '../../../kernel/problem.ts';
import type { Platform } from '../../../platform/platform.ts';
import type { ModelStage } from '../contract/models.ts';
import type { ModelKind } from './model-kind.ts';
import { endRun, keepRun, noteProgress, readRun, runsOf } from './store.ts';

class Cancelled extends Error {}

/**
 * Computes a model to the end. It may be begun again at any time; its result is kept once. Throws what may pass, and the
 * signal's reason; the job is then given out again.
 */
export async function runModel({ pg: pool, log, clock }: Platform, kinds: ReadonlyMap<string, ModelKind>, modelId: number, signal: AbortSignal): Promise<void> {
  const row = await readRun(pool, modelId);
  if (!row || (row.state !== 'waiting' && row.state !== 'running')) return;
  const kind = kinds.get(row.kind);
  // Of a kind that there is no more.
  if (!kind) return endRun(pool, modelId, 'cancelled', clock.now());
  const tell = async (stage: ModelStage, share: number): Promise<void> => {
    signal.throwIfAborted();
    if (!(await noteProgress(pool, modelId, { stage, done: doneAt(kind, stage, share) }))) throw new Cancelled();
  };
  try {
    await tell('reading', 0);
    const result = await kind.run({ modelId, params: kind.params.parse(row.params), asOf: row.asOf, tell, signal });
    const isKept = await keepRun(pool, row, kind.result.parse(result), clock.now());
    // Somebody who wanted it to end in the last moment is not let down.
    if (!isKept) throw new Cancelled();
    const before = (await runsOf(pool, row.kind)).filter((run) => run.modelId < modelId && run.finishedAt !== null);
    for (const run of before) await kind.forget?.(run.modelId);
  } catch (error) {
    if (signal.aborted || (error as { status?: number }).status === 503) throw error;
    const failure = error instanceof Problem ? { code: error.code, params: error.params } : { code: 'insights.model_failed', params: {} };
    if (error instanceof Cancelled) await endRun(pool, modelId, 'cancelled', clock.now());
    else await endRun(pool, modelId, 'failed', clock.now(), failure);
    if (!(error instanceof Cancelled) && !(error instanceof Problem && error.status === 422)) log.error({ err: error, kind: row.kind, model: modelId }, 'a model could not be computed');
    await kind.forget?.(modelId);
  }
}

/** How much of all work is done at a share of a stage: each lasts until the next one of the kind begins. */
function doneAt({ begins }: ModelKind, stage: ModelStage, share: number): number {
  const from = begins[stage] ?? 0;
  const until = Math.min(1, ...Object.values(begins).filter((begin) => begin > from));
  return from + share * (until - from);
}
