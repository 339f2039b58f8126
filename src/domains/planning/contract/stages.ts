import { z } from 'zod';
import { daySchema } from '../../../kernel/day.ts';
import { endpoint } from '../../../kernel/endpoint.ts';
import { metricUnits } from '../../insights/contract.ts';
import { planParams, stageKeys } from './plans.ts';
import { stageFactNames } from './stage-facts.ts';

/** `no_data`: nothing can be said yet. `absent`: it belongs to the stage, and is not in the product yet: never done, until the team says that it is done elsewhere. */
export const criterionStates = ['met', 'short', 'no_data', 'absent'] as const;
const criterion = z.object({
  /** The fact's name, or `item:` with the number of what the team added. */
  key: z.string(),
  fact: z.enum(stageFactNames).nullable(),
  itemNo: z.number().int().nullable(),
  /** What the team calls it; empty where it has the fact's words. */
  name: z.string(),
  basis: z.enum(['product', 'figure', 'said']),
  state: z.enum(criterionStates),
  /** Plain decimals; null where there is none, as of what is said. Of a share 1 is all. */
  value: z.string().nullable(),
  target: z.string().nullable(),
  is: z.enum(['at_least', 'at_most']),
  unit: z.enum(metricUnits).nullable(),
  /** Of a figure: what is counted, and over which days. */
  metric: z.string().nullable(),
  filter: z.object({ dimension: z.string(), value: z.string() }).nullable(),
  period: z.object({ from: daySchema, to: daySchema }).nullable(),
  /** Of what is said: where it is written. */
  source: z.string(),
  /** The page on which it is done. */
  path: z.string().nullable(),
});
export type Criterion = z.output<typeof criterion>;

const warning = z.object({ kind: z.enum(['overlap', 'order', 'outside']), stage: z.enum(stageKeys), other: z.enum(stageKeys).nullable() });
export type StageWarning = z.output<typeof warning>;

const stage = z.object({
  stage: z.enum(stageKeys),
  /** Null while the plan does not say when it is. */
  itemNo: z.number().int().nullable(),
  from: daySchema.nullable(),
  to: daySchema.nullable(),
  aim: z.string(),
  criteria: z.array(criterion),
  met: z.number().int(),
  total: z.number().int(),
  isPassed: z.boolean(),
});
export type StageProgress = z.output<typeof stage>;

export const readStages = endpoint({
  method: 'GET', path: '/api/plans/:planNo/stages', summary: 'The four stages of a plan with what is done of each, counted by the product; the stage the team is really in, and those the calendar says', access: 'planning.read', params: planParams,
  reply: z.object({
    today: daySchema, computedAt: z.iso.datetime(), stages: z.array(stage),
    /** The first that is not passed; null where all are. */
    reached: z.enum(stageKeys).nullable(),
    planned: z.array(z.enum(stageKeys)),
    warnings: z.array(warning),
  }),
});
