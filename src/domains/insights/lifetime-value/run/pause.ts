import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ModelStage } from '../../contract/models.ts';
import type { ModelRun } from '../../models/model-kind.ts';
import type { Pause } from '../numerics/nelder-mead.ts';

const tellMs = 500;
/** So many turns are most of a stage's work; more of them show as nearly all. */
const usualTurns = 1_500;

/** Lets the worker do other things between turns, and tells now and then how far a stage is; it throws when the run is to end. */
export function pauseOf({ tell }: Pick<ModelRun<unknown>, 'tell'>, stage: ModelStage): Pause {
  let turns = 0;
  let toldMs = performance.now();
  return async () => {
    turns++;
    await nextTurn();
    if (performance.now() - toldMs < tellMs) return;
    await tell(stage, turns / (turns + usualTurns / 2));
    toldMs = performance.now();
  };
}
