import { z } from 'zod';
import { daySchema } from '../../../../kernel/day.ts';
import { parseDecimal } from '../../../../kernel/decimal.ts';
import { figureAsked } from '../figures.ts';
import { periodUnits } from '../periods.ts';
import { stageKeys } from '../plans.ts';
import { stageFactNames } from '../stage-facts.ts';

const bound = z.string().max(24).refine((said) => parseDecimal(said) !== null, { params: { said: 'not_a_number' } });

/** How a criterion is known: somebody says so and where it is written, a metric has to reach something, or the product tells and the team sets how much. */
const judgedBy = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('said'), isMet: z.boolean(), source: z.string().trim().min(1).max(300) }),
  /** In the last period that is over. */
  z.object({ kind: z.literal('figure'), asked: figureAsked, period: z.enum(periodUnits), is: z.enum(['at_least', 'at_most']), bound }),
  z.object({ kind: z.literal('target'), target: z.number().positive().max(1_000_000_000) }),
]);

/** How a department grows. */
export const stageKinds = {
  /** When a stage is, and what it is for. */
  stage: { parents: ['plan'], body: z.object({ stage: z.enum(stageKeys), from: daySchema, to: daySchema, aim: z.string().trim().max(1_000).default('') }) },
  /** What has to be so for a stage to be over, beyond what the product tells. */
  criterion: {
    parents: ['stage'],
    body: z.object({
      name: z.string().trim().max(200).default(''),
      /** What of the product it takes the place of. */
      fact: z.enum(stageFactNames).nullable().default(null),
      by: judgedBy,
    }),
  },
} as const;
