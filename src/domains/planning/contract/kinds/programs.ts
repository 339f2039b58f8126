import { z } from 'zod';
import { programKey } from '../../../../kernel/program.ts';
import { stageKeys } from '../plans.ts';

/** What a core business is made of, from the first visit to telling others (AARRR). */
export const lanes = ['acquisition', 'activation', 'retention', 'revenue', 'referral'] as const;
export type Lane = (typeof lanes)[number];

/** Where programs stand in a plan. */
export const programPlaceKinds = {
  /** What the plan says of a program: its lane, the stage it is of, and the lines of the budget it draws on. */
  program_place: {
    parents: ['plan'],
    body: z.object({
      program: programKey,
      lane: z.enum(lanes).nullable().default(null),
      stage: z.enum(stageKeys).nullable().default(null),
      lineNos: z.array(z.number().int().min(1).max(2_147_483_647)).max(20).default([]),
    }),
  },
} as const;
