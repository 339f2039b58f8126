import { z } from 'zod';
import { endpoint } from '../../../kernel/endpoint.ts';
import { rule } from '../../audiences/contract.ts';
import { associationPeople } from './association.ts';
import { cohortCellPeople } from './cohorts.ts';
import { flowStepPeople } from './flows.ts';
import { funnelStepPeople } from './funnels.ts';
import { ofLifecycle, ofLifecycleMove } from './lifecycle.ts';
import { peopleOfLifetime } from './lifetime-value.ts';
import { cellOf } from './question.ts';
import { ofRepurchase } from './repurchase.ts';
import { ofRfm, ofRfmMove } from './rfm.ts';

/** People of whom an audience rule is true. */
const ruleOf = z.object({ kind: z.literal('rule'), rule });

/** Whom a number stands for: what each part of the domain can find people by. */
export const peopleOf = z.discriminatedUnion('kind', [
  ruleOf,
  ofRfm,
  ofRfmMove,
  cohortCellPeople,
  funnelStepPeople,
  flowStepPeople,
  peopleOfLifetime,
  cellOf,
  ofLifecycle,
  ofLifecycleMove,
  ofRepurchase,
  associationPeople,
]);
export type PeopleOf = z.output<typeof peopleOf>;

export const readPeople = endpoint({
  method: 'POST',
  path: '/api/insights/people',
  summary: 'How many people are behind a number, ten of them masked, and what they are in words',
  access: 'insights.read',
  body: z.object({ of: peopleOf, seed: z.number().int().min(0).max(2 ** 31).default(0) }),
  reply: z.object({
    size: z.number().int(),
    people: z.array(z.object({
      customerNo: z.number().int(), name: z.string().nullable(), phone: z.string().nullable(), province: z.string().nullable(), channel: z.string().nullable(),
      orders: z.number().int(), spent: z.string(), lastOrderAt: z.iso.datetime().nullable(),
    })),
    sentence: z.string(),
    /** The audience rule that means them today and goes on meaning whom it fits; null where no rule can. */
    rule: z.unknown(),
    computedAt: z.iso.datetime(),
  }),
});

export const keepPeople = endpoint({
  method: 'POST',
  path: '/api/insights/people/audience',
  summary: 'Keeps the people behind a number as a fixed audience',
  access: 'audiences.edit',
  body: z.object({ of: peopleOf, name: z.string().trim().min(1).max(80), reason: z.string().trim().max(1_000).default('') }),
  reply: z.object({ audienceId: z.number().int(), size: z.number().int() }),
  status: 201,
});
