import { z } from 'zod';
import { figureAsked } from '../figures.ts';
import { decimalText } from './goals.ts';

/** Work that the system sees done: in its audit log, or among the plan's own tasks and meetings. */
export const workKinds = ['tasks', 'meetings', 'campaigns', 'templates', 'audiences', 'tags', 'imports', 'benefits', 'activities', 'service', 'reviews', 'reports', 'lessons', 'models', 'analyses'] as const;
export type WorkKind = (typeof workKinds)[number];

const figure = decimalText;
/** A score that a card may give: far beyond any that is meant, and small enough to be kept. */
const points = decimalText.refine((text) => Math.abs(Number(text)) <= 1_000, { error: 'a score of at most 1000' });
/** What is better of a figure: the target is worth 100, the floor 0, and nothing is worth more than `most`; or within a band, over a slack on both sides. */
export const betterSchema = z.discriminatedUnion('is', [
  z.object({ is: z.enum(['higher', 'lower']), target: figure, floor: figure, most: points.default('120') }),
  z.object({ is: z.literal('within'), low: figure, high: figure, slack: figure }),
]);
export type BetterFigures = z.output<typeof betterSchema>;

/** Points of a line from days late (early is below zero) to a score. */
const lateness = z.array(z.object({ days: z.number().int().min(-3_650).max(3_650), score: points })).min(2).max(10);

const shared = { key: z.string().regex(/^[a-z0-9]{1,12}$/), name: z.string().trim().min(1).max(120), weight: figure };

/** A part of a scorecard: what was achieved, the work that supports it, whether it came in time, and what a superior says. */
export const cardPart = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('outcome'), ...shared, metric: figureAsked, better: betterSchema }),
  z.object({ kind: z.literal('process'), ...shared, work: z.enum(workKinds), better: betterSchema }),
  z.object({ kind: z.literal('progress'), ...shared, of: z.enum(['milestones', 'tasks', 'both']), curve: lateness }),
  z.object({ kind: z.literal('subjective'), ...shared, criteria: z.string().trim().max(1_000).default('') }),
]);
export type CardPart = z.output<typeof cardPart>;
export const cardParts = z.array(cardPart).min(1).max(30).refine((parts) => new Set(parts.map(({ key }) => key)).size === parts.length);

/** How a position is scored; cards of people are opened from it. */
export const scorecardKinds = {
  scorecard: {
    parents: ['plan'],
    body: z.object({
      name: z.string().trim().min(1).max(120), note: z.string().trim().max(1_000).default(''),
      /** The position it is for. */
      positionNo: z.number().int().min(1).max(2_147_483_647).nullable().default(null),
      parts: cardParts,
    }),
  },
} as const;
