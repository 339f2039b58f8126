import { z } from 'zod';
import { daySchema } from '../../../../kernel/day.ts';
import { figureAsked } from '../figures.ts';
import { decimalText } from './goals.ts';

/** The whole periods whose figures are judged, each once it is over: of the calendar, or the days before each day. */
export const monitorWindows = ['day', 'week', 'month', 'quarter', 'last7', 'last30'] as const;
export type MonitorWindow = (typeof monitorWindows)[number];

const number = z.number().int().min(1).max(2_147_483_647);
const numbers = z.array(number).max(20).refine((all) => new Set(all).size === all.length).default([]);

/** Within which a figure should stay; a bound itself is within. Of a share 1 is all. */
export const monitorBound = z.discriminatedUnion('is', [
  z.object({ is: z.literal('at_least'), low: decimalText }),
  z.object({ is: z.literal('at_most'), high: decimalText }),
  z.object({ is: z.literal('within'), low: decimalText, high: decimalText }),
]);
export type MonitorBound = z.output<typeof monitorBound>;

/** What a project is watched by. */
export const monitorKinds = {
  monitor: {
    parents: ['project'],
    body: z.object({
      name: z.string().trim().min(1).max(120),
      /** Null where nothing in the system counts it: its figures are typed in. */
      metric: figureAsked.nullable().default(null),
      window: z.enum(monitorWindows).default('week'),
      bound: monitorBound,
      /** So many periods in a row have to be outside before it counts. */
      times: z.number().int().min(1).max(6).default(1),
      /** What typed figures are counted in. */
      unit: z.string().trim().max(12).default(''),
      /** A figure stands for the period that its day is in; of several the newest. */
      typed: z.array(z.object({ day: daySchema, value: decimalText, source: z.string().trim().min(1).max(300) })).max(400)
        .refine((all) => new Set(all.map(({ day }) => day)).size === all.length).default([]),
      /** Who is told: the project's owner, accounts, groups by their robots. */
      tellsOwner: z.boolean().default(true),
      tellsAccounts: numbers,
      tellsRobots: numbers,
    }),
  },
} as const;
