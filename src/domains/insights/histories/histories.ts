import type { Platform } from '../../../platform/platform.ts';
import { createAskThread } from '../../../platform/threads/ask-thread.ts';
import type { CohortFigures } from '../cohorts/tally-cohorts.ts';
import type { CohortQuestion } from '../cohorts/walk-cohorts.ts';
import type { FlowFigures } from '../funnels/flow/tally-flow.ts';
import type { FlowQuestion } from '../funnels/flow/walk-flow.ts';
import type { FunnelFigures } from '../funnels/tally-funnel.ts';
import type { FunnelQuestion } from '../funnels/walk-funnel.ts';

/** Questions that need what each person did in its order. */
export type HistoryQuestion = CohortQuestion | FunnelQuestion | FlowQuestion;
export type HistoryAnswer = CohortFigures | FunnelFigures | FlowFigures;

/** Answers them in a thread beside the program's own, which reads the facts of everybody person by person. */
export interface Histories {
  cohorts(question: Omit<CohortQuestion, 'kind'>): Promise<CohortFigures>;
  funnel(question: Omit<FunnelQuestion, 'kind'>): Promise<FunnelFigures>;
  flow(question: Omit<FlowQuestion, 'kind'>): Promise<FlowFigures>;
}

export function createHistories({ reader }: Pick<Platform, 'reader'>): Histories {
  const ask = createAskThread<HistoryQuestion, HistoryAnswer>(new URL('thread.ts', import.meta.url), reader.address);
  return {
    cohorts: async (question) => (await ask({ kind: 'cohorts', ...question })) as CohortFigures,
    funnel: async (question) => (await ask({ kind: 'funnel', ...question })) as FunnelFigures,
    flow: async (question) => (await ask({ kind: 'flow', ...question })) as FlowFigures,
  };
}
