import type { Actor } from '../../../kernel/actor.ts';
import { Problem } from '../../../kernel/problem.ts';
import type { Models } from './models.ts';

/** Has models computed anew because what they are computed by was changed. One that is under way reads it before it ends. */
export async function retrain(models: Models, kinds: readonly string[], actor: Actor): Promise<void> {
  for (const kind of kinds) {
    await models.train(kind, {}, actor).catch((error: unknown) => {
      if (!(error instanceof Problem) || error.code !== 'insights.model_under_way') throw error;
    });
  }
}
