import { z } from 'zod';
import { endpoint } from '../../../kernel/endpoint.ts';

/** A run waits for the worker, goes through stages, and ends one way or the other. */
export const modelStates = ['waiting', 'running', 'done', 'failed', 'cancelled'] as const;
export const modelStages = ['reading', 'fitting', 'checking', 'scoring', 'keeping'] as const;
export type ModelStage = (typeof modelStages)[number];

const modelParams = z.object({ kind: z.string().regex(/^[a-z_]{1,40}$/) });

const shownRun = z.object({
  modelId: z.number().int(),
  state: z.enum(modelStates),
  /** What it was asked to do; each kind has its own. */
  params: z.record(z.string(), z.unknown()),
  /** The moment it was computed for. */
  asOf: z.iso.datetime(),
  askedBy: z.string(),
  finishedAt: z.iso.datetime().nullable(),
  stage: z.enum(modelStages).nullable(),
  /** How much of all work is done, from 0 to 1. */
  done: z.number(),
  /** Why it failed, in a sentence. */
  failure: z.string().nullable(),
});
export type ShownRun = z.output<typeof shownRun>;

const shownModel = z.object({
  /** The run whose results are shown; null before the first. */
  current: shownRun.nullable(),
  /** True when data came in since. */
  isOld: z.boolean(),
  /** The run that waits or is under way. */
  underWay: shownRun.nullable(),
  /** The latest run, when it failed. */
  failed: shownRun.nullable(),
  /** The latest first. */
  history: z.array(shownRun),
});

export const readModel = endpoint({
  method: 'GET',
  path: '/api/insights/models/:kind',
  summary: 'How new a model is, whether it is being computed, and its earlier runs',
  access: 'insights.read',
  params: modelParams,
  reply: shownModel,
});

export const trainModel = endpoint({
  method: 'POST',
  path: '/api/insights/models/:kind',
  summary: 'Has the worker compute a model anew',
  access: 'insights.train',
  params: modelParams,
  body: z.object({ params: z.record(z.string(), z.unknown()).default({}) }),
  reply: shownRun,
  status: 202,
});

export const cancelModel = endpoint({
  method: 'POST',
  path: '/api/insights/models/:kind/cancel',
  summary: 'Ends the run that waits or is under way; the results before it stay',
  access: 'insights.train',
  params: modelParams,
  reply: shownModel,
});
