import { z } from 'zod';
import { figureAsked } from '../figures.ts';

/** Where a note stands: what helps and what harms, from inside and from outside. */
export const quadrants = ['strength', 'weakness', 'opportunity', 'threat'] as const;
export type Quadrant = (typeof quadrants)[number];
/** What follows from an inner and an outer side held against each other. */
export const strategyKinds = ['so', 'wo', 'st', 'wt'] as const;
export type StrategyKind = (typeof strategyKinds)[number];
/** The two sides each strategy is made of. */
export const sidesOf: Record<StrategyKind, readonly [Quadrant, Quadrant]> = {
  so: ['strength', 'opportunity'], wo: ['weakness', 'opportunity'], st: ['strength', 'threat'], wt: ['weakness', 'threat'],
};

const itemNo = z.number().int().min(1).max(2_147_483_647);
const text = z.string().trim().min(1).max(1_000);
const source = z.string().trim().max(300);

/** What a note stands on: a metric of the last months, how many people an audience has, or what somebody found out elsewhere, with its source. */
export const evidenceSchema = z.discriminatedUnion('from', [
  z.object({ from: z.literal('metric'), asked: figureAsked, months: z.number().int().min(1).max(24).default(12) }),
  z.object({ from: z.literal('audience'), audienceId: itemNo }),
  z.object({ from: z.literal('typed'), text, source: source.min(1) }),
]);
export type Evidence = z.output<typeof evidenceSchema>;

/** What speaks for a department of its own. */
export const reasonKinds = {
  /** A demand, seen from outside or inside. */
  need: { parents: ['plan'], body: z.object({ side: z.enum(['outside', 'inside']), text, source: source.default('') }) },
  swot_note: {
    parents: ['plan'],
    body: z.object({
      quadrant: z.enum(quadrants), text,
      /** How much it counts, five the most. */
      weight: z.number().int().min(1).max(5).default(3),
      evidence: z.array(evidenceSchema).max(5).default([]),
    }),
  },
  strategy: {
    parents: ['plan'],
    /** The notes it comes from, of the two sides of its kind. */
    body: z.object({ kind: z.enum(strategyKinds), text, noteNos: z.array(itemNo).max(20).default([]) }),
  },
  /** What a director is answered: why this department, what its core business is, what its goal is. Once in a plan. */
  conclusion: { parents: ['plan'], body: z.object({ why: z.string().trim().max(2_000).default(''), business: z.string().trim().max(2_000).default(''), goal: z.string().trim().max(2_000).default('') }) },
} as const;
