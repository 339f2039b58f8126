import { z } from 'zod';
import { daySchema } from '../../../../kernel/day.ts';
import { parseDecimal } from '../../../../kernel/decimal.ts';
import { stageKeys } from '../plans.ts';
import { doerSchema } from './projects.ts';

/** What somebody does for a duty: does it, answers for it, is asked, is told (RACI). */
export const raciLetters = ['R', 'A', 'C', 'I'] as const;
export type RaciLetter = (typeof raciLetters)[number];

const itemNo = z.number().int().min(1).max(2_147_483_647);
const name = z.string().trim().min(1).max(200);
const text = (most: number) => z.string().trim().max(most).default('');
const lines = z.array(z.string().trim().min(1).max(500)).max(30).default([]);
const amount = z.string().max(20).refine((said) => (parseDecimal(said) ?? -1n) >= 0n, { params: { said: 'not_an_amount' } });

/** Who does what in a department, as it grows. */
export const positionKinds = {
  /** What has to be done in a stage, by whoever it is. */
  duty: { parents: ['plan'], body: z.object({ name, stage: z.enum(stageKeys), isCore: z.boolean().default(true), note: text(2_000) }) },
  position: {
    parents: ['plan'],
    body: z.object({
      name, department: text(60),
      /** The first and the last day it is there; it may become another one after that. */
      opens: daySchema, closes: daySchema.nullable().default(null), becomesNo: itemNo.nullable().default(null),
      reportsToNo: itemNo.nullable().default(null), headcount: z.number().int().min(1).max(10_000).default(1),
      purpose: text(2_000), skills: lines, kpi: lines,
      /** Whoever is assigned holds this role of the permission system for as long. */
      roleId: itemNo.nullable().default(null),
    }),
  },
  responsibility: { parents: ['duty'], body: z.object({ positionNo: itemNo, letter: z.enum(raciLetters) }) },
  /** Who fills a position, with which part of their time. */
  assignment: { parents: ['position'], body: z.object({ person: doerSchema, sharePercent: z.number().int().min(1).max(100).default(100), from: daySchema, to: daySchema.nullable().default(null) }) },
  /** What one head of a position costs in a month from a day on, in the brand's currency. */
  position_cost: { parents: ['position'], permission: 'planning.people', body: z.object({ from: daySchema, monthly: amount, source: text(300) }) },
} as const;
