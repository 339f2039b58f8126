import { z } from 'zod';
import { daySchema } from '../../../kernel/day.ts';
import { endpoint } from '../../../kernel/endpoint.ts';
import { registryName } from './question.ts';

const month = daySchema.refine((day) => day.endsWith('-01'), { error: 'the first day of a month' });
const amount = z.string().regex(/^\d{1,14}(\.\d{1,4})?$/);
/** Of everything, or of what has one value of one dimension. */
const scope = { metric: registryName, dimension: registryName.nullable().default(null), value: z.string().max(200).nullable().default(null) };

export const listTargets = endpoint({
  method: 'GET', path: '/api/insights/targets', summary: 'Targets of metrics by month', access: 'insights.read',
  query: z.object({ metric: registryName.optional(), year: z.coerce.number().int().min(1900).max(2199).optional() }),
  reply: z.object({ targets: z.array(z.object({ metric: z.string(), dimension: z.string().nullable(), value: z.string().nullable(), label: z.string().nullable(), month: daySchema, target: amount })) }),
});

export const setTargets = endpoint({
  method: 'PUT', path: '/api/insights/targets', summary: 'Sets, changes or removes (null) the targets of a metric for some months', access: 'insights.edit',
  body: z.object({ ...scope, months: z.array(z.object({ month, target: amount.nullable() })).min(1).max(60) })
    .refine(({ dimension, value }) => (dimension === null) === (value === null), { path: ['value'], error: 'belongs to a dimension' }),
  reply: z.void(), status: 204,
});
