import { z } from 'zod';
import { daySchema } from '../../../kernel/day.ts';
import { endpoint } from '../../../kernel/endpoint.ts';

/** The four stages a department grows through. */
export const stageKeys = ['foundation', 'experiments', 'value', 'loyalty'] as const;
export type StageKey = (typeof stageKeys)[number];

const name = z.string().trim().min(1).max(80);
export const planParams = z.object({ planNo: z.coerce.number().int().min(1).max(2_147_483_647) });

const plan = z.object({
  planNo: z.number().int(),
  name: z.string(),
  /** The first day of its first year. */
  startsOn: daySchema,
  years: z.number().int(),
  isCurrent: z.boolean(),
  /** Raised by every change of anything in it. */
  changeNo: z.number().int(),
  createdAt: z.iso.datetime(),
  createdBy: z.string(),
});
export type Plan = z.output<typeof plan>;

export const listPlans = endpoint({
  method: 'GET', path: '/api/plans', summary: 'Every plan of the department, the current one first', access: 'planning.read', reply: z.object({ plans: z.array(plan) }),
});
export const readPlan = endpoint({
  method: 'GET', path: '/api/plans/:planNo', summary: 'A plan', access: 'planning.read', params: planParams, reply: plan,
});
export const createPlan = endpoint({
  method: 'POST', path: '/api/plans', summary: 'Begins an empty plan', access: 'planning.edit',
  body: z.object({ name, startsOn: daySchema, years: z.number().int().min(1).max(10).default(5) }), reply: plan, status: 201,
});
export const editPlan = endpoint({
  method: 'PATCH', path: '/api/plans/:planNo', summary: 'Renames a plan, or makes it the current one', access: 'planning.edit', params: planParams,
  body: z.object({ name: name.optional(), isCurrent: z.literal(true).optional() }).refine((said) => Object.keys(said).length > 0), reply: plan,
});
