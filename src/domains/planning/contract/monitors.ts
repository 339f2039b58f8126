import { z } from 'zod';
import { daySchema } from '../../../kernel/day.ts';
import { endpoint } from '../../../kernel/endpoint.ts';
import { readingStates } from './figures.ts';
import { itemSchema } from './items.ts';
import { planParams } from './plans.ts';

/** Whether a rule holds. `unknown`: there is no figure of its newest period, or nobody looked yet. */
export const monitorStates = ['within', 'crossed', 'unknown'] as const;
export type MonitorState = (typeof monitorStates)[number];

const period = { from: daySchema, to: daySchema };
const standing = z.object({
  state: z.enum(monitorStates),
  /** The last day of the period since which it stands so; null before anybody looked. */
  since: daySchema.nullable(),
  lookedAt: z.iso.datetime().nullable(),
  /** Figures of whole periods until the newest, in their order; a plain decimal, of a share 1 is all. */
  readings: z.array(z.object({ ...period, state: z.enum(readingStates), value: z.string().nullable(), computedAt: z.iso.datetime() })),
  /** When it was crossed and when it held again, the newest first, and who was told. */
  turns: z.array(z.object({ ...period, state: z.enum(['within', 'crossed']), value: z.string(), at: z.iso.datetime(), told: z.array(z.string()) })),
});
export type MonitorStanding = z.output<typeof standing>;

export const listMonitors = endpoint({
  method: 'GET', path: '/api/plans/:planNo/monitors', summary: 'Monitoring rules of a plan or of one project: how each stands, its figures of late, and when it was crossed', access: 'planning.read', params: planParams,
  query: z.object({ project: z.coerce.number().int().min(1).max(2_147_483_647).optional() }),
  /** Rules of a plan that is not the current one, and of projects that are over, are not looked at. */
  reply: z.object({ monitors: z.array(itemSchema.extend({ standing, isWatched: z.boolean() })) }),
});
