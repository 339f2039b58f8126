import { z } from 'zod';
import { daySchema } from '../../../kernel/day.ts';
import { endpoint } from '../../../kernel/endpoint.ts';
import { createPlan, planParams } from './plans.ts';

/** What a department is built from, in the order it is thought through. */
export const elements = ['reasons', 'goals', 'business', 'stages', 'kpi', 'budget'] as const;
export type Element = (typeof elements)[number];
/** Kinds of business that a plan can start from. */
export const templateKeys = ['consumer', 'education', 'retail'] as const;
export type TemplateKey = (typeof templateKeys)[number];

/** Something a good plan has: how much of it is there, of how much. */
const check = z.object({ key: z.string(), done: z.number().int(), wanted: z.number().int() });
export type Check = z.output<typeof check>;
const progress = z.object({
  /** Between 0 and 1. */
  share: z.number(),
  elements: z.array(z.object({ element: z.enum(elements), share: z.number(), checks: z.array(check) })),
});
export type Progress = z.output<typeof progress>;

export const listTemplates = endpoint({
  method: 'GET', path: '/api/planning/templates', summary: 'Filled plans to start from, in the language of the request', access: 'planning.read',
  reply: z.object({ templates: z.array(z.object({ key: z.enum(templateKeys), name: z.string(), hint: z.string(), /** What a plan of it is called where nobody says. */ plan: z.string() })) }),
});
export const startFromTemplate = endpoint({
  method: 'POST', path: '/api/planning/templates/:template/plans', summary: 'Begins a plan that is filled, in the language of the request', access: 'planning.edit',
  params: z.object({ template: z.enum(templateKeys) }),
  body: z.object({ name: z.string().trim().min(1).max(80).optional(), startsOn: daySchema }), reply: createPlan.reply, status: 201,
});
export const readProgress = endpoint({
  method: 'GET', path: '/api/plans/:planNo/progress', summary: 'How much of a plan is thought through, and what is missing', access: 'planning.read', params: planParams, reply: progress,
});
