import { z } from 'zod';

/** What became of what a project was for. */
export const reviewOutcomes = ['reached', 'partly', 'missed', 'dropped'] as const;
export type ReviewOutcome = (typeof reviewOutcomes)[number];

/** The parts that are written, in the order in which they are asked. */
export const reviewParts = ['result', 'wentWell', 'wentBadly', 'lessons', 'nextSteps'] as const;
export type ReviewPart = (typeof reviewParts)[number];

const text = z.string().trim().max(10_000).default('');
export const reviewTag = z.string().trim().min(1).max(30);

/** What is learnt when a project is closed. Once in a project. */
export const reviewKinds = {
  review: {
    parents: ['project'],
    body: z.object({
      outcome: z.enum(reviewOutcomes), result: text, wentWell: text, wentBadly: text, lessons: text, nextSteps: text,
      tags: z.array(reviewTag).max(10).refine((tags) => new Set(tags).size === tags.length).default([]),
    }),
  },
} as const;
