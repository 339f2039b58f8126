import { z } from 'zod';
import { endpoint } from '../../../kernel/endpoint.ts';
import { rule } from './rule.ts';

export const traitValue = z.object({
  value: z.string(),
  label: z.string(),
  /** People of the audience, and of the base, who have it. */
  inAudience: z.number().int(),
  inBase: z.number().int(),
  /** Share in the audience over share in the base, times 100 (target group index); null where nobody of the base has it. */
  tgi: z.number().nullable(),
  /** How likely a difference as large is by chance alone, two-sided; null where the audience is the base. */
  pValue: z.number().nullable(),
});

export const readMakeUp = endpoint({
  method: 'POST',
  path: '/api/audiences/make-up',
  summary: 'What the people of a rule are like, against all customers or against those of another rule',
  access: 'audiences.read',
  body: z.object({ rule, against: rule.optional() }),
  reply: z.object({
    size: z.number().int(),
    base: z.number().int(),
    traits: z.array(z.object({ trait: z.string(), label: z.string(), values: z.array(traitValue) })),
    computedAt: z.iso.datetime(),
    tookMs: z.number(),
  }),
});
export type MakeUp = z.output<typeof readMakeUp.reply>;
