import { z } from 'zod';
import { parseDecimal } from '../../../../kernel/decimal.ts';
import { figureAsked } from '../figures.ts';
import { planPeriod } from '../periods.ts';
import { doerSchema } from './projects.ts';

export const goalLevels = ['core', 'secondary', 'process'] as const;
export type GoalLevel = (typeof goalLevels)[number];

/** An exact figure as a plain decimal. */
export const decimalText = z.string().trim().refine((text) => parseDecimal(text) !== null, { params: { said: 'not_a_number' } });
/** Where a figure comes from that nobody counts here. */
const source = z.string().trim().min(1).max(300);
const areOnce = (keys: string[]): boolean => new Set(keys).size === keys.length;

/** What a team wants to reach, from the core goal down to what is done for it. */
export const goalKinds = {
  goal: {
    parents: ['plan', 'goal'],
    body: z.object({
      name: z.string().trim().min(1).max(200), level: z.enum(goalLevels), note: z.string().trim().max(2_000).default(''), owner: doerSchema.nullable().default(null),
      /** Null where nothing in the system counts it: its figures are typed in. */
      metric: figureAsked.nullable().default(null),
      better: z.enum(['higher', 'lower']).default('higher'),
      baseline: z.discriminatedUnion('from', [z.object({ from: z.literal('registry'), period: planPeriod }), z.object({ from: z.literal('typed'), value: decimalText, source })]).nullable().default(null),
      targets: z.array(z.object({ period: planPeriod, value: decimalText })).max(170).refine((all) => areOnce(all.map(({ period }) => period))).default([]),
      /** How a year becomes quarters and months that have no figure of their own: as last year went, or by days. */
      spread: z.enum(['season', 'even']).default('season'),
      /** How far from its path, in percent of it, it may be before somebody is told. */
      tolerancePercent: z.number().min(0).max(50).default(5),
      typed: z.array(z.object({ month: planPeriod.refine((period) => period.length === 7 && !period.includes('Q')), value: decimalText, source })).max(130).refine((all) => areOnce(all.map(({ month }) => month))).default([]),
      /** How typed figures of months make that of a year. */
      typedNature: z.enum(['sum', 'level', 'standing']).default('sum'),
    }),
  },
} as const;
