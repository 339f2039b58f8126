import { z } from 'zod';
import { daySchema } from '../../../kernel/day.ts';
import { endpoint } from '../../../kernel/endpoint.ts';
import { metricUnits } from '../../insights/contract.ts';
import { readingStates } from './figures.ts';
import { planParams } from './plans.ts';

/** What evidence says now. `gone`: the audience was deleted. */
const shownEvidence = z.object({
  from: z.enum(['metric', 'audience', 'typed']),
  /** What is counted, in the reader's language; of what was typed in, what it says. */
  label: z.string(),
  state: z.enum([...readingStates, 'gone']),
  value: z.string().nullable(),
  unit: z.enum(metricUnits).nullable(),
  /** Of a metric, from when to when. */
  period: z.object({ from: daySchema, to: daySchema }).nullable(),
  months: z.array(z.object({ month: daySchema, value: z.string().nullable() })),
  computedAt: z.iso.datetime().nullable(),
  /** Where what was typed in comes from. */
  source: z.string().nullable(),
  /** Where it can be looked into. */
  path: z.string().nullable(),
});
export type ShownEvidence = z.output<typeof shownEvidence>;

export const readEvidence = endpoint({
  method: 'GET', path: '/api/plans/:planNo/evidence', summary: 'What the notes of a plan stand on, as it is now, in the order they hold it', access: 'planning.read', params: planParams,
  reply: z.object({ notes: z.array(z.object({ itemNo: z.number().int(), evidence: z.array(shownEvidence) })) }),
});
