import { z } from 'zod';
import { daySchema } from '../../../kernel/day.ts';
import { endpoint } from '../../../kernel/endpoint.ts';
import { pageOf, plainPageQuery } from '../../../kernel/page.ts';
import { metricUnits } from '../../insights/contract.ts';
import { goalStatuses } from './goals.ts';
import { itemSchema } from './items.ts';
import { monitorBound } from './kinds/monitors.ts';
import { reviewKinds, reviewOutcomes, reviewTag } from './kinds/reviews.ts';
import { monitorStates } from './monitors.ts';
import { planPeriod } from './periods.ts';
import { planParams } from './plans.ts';
import { projectParams } from './projects.ts';

const count = z.number().int();
/** Of those that were not dropped. In time is by the day it was due; what had no such day is neither. */
const work = { total: count, inTime: count, late: count, withoutDay: count, open: count, overdue: count };

const figures = z.object({
  asOf: daySchema, from: daySchema, to: daySchema,
  /** Days after its own end. */
  lateDays: count,
  tasks: z.object({ ...work, dropped: count, mostLateDays: count }),
  milestones: z.object(work),
  /** Whole periods that are over; a plain decimal, of a share 1 is all. */
  monitors: z.array(z.object({ name: z.string(), unit: z.enum(metricUnits).nullable(), countedIn: z.string(), state: z.enum(monitorStates), value: z.string().nullable(), period: z.object({ from: daySchema, to: daySchema }).nullable(), bound: monitorBound, crossed: count })),
  /** The goal it came of, in its year so far; null where it came of none. */
  goal: z.object({ name: z.string(), unit: z.enum(metricUnits).nullable(), period: planPeriod, target: z.number().nullable(), actual: z.string().nullable(), status: z.enum(goalStatuses) }).nullable(),
  /** Lines of the budget that are the project's, in the brand's money; never those of people. */
  budget: z.array(z.object({ name: z.string(), cap: z.string(), reserved: z.string(), committed: z.string(), spent: z.string() })),
});
export type ClosingFigures = z.output<typeof figures>;

/** The frozen score of somebody who worked for it, of a period its days are part of; null where nothing of it was applicable. */
const score = z.object({ cardNo: count, name: z.string(), position: z.string(), period: planPeriod, from: daySchema, until: daySchema, total: z.string().nullable(), frozenAt: z.iso.datetime(), frozenBy: z.string() });
export type ReviewScore = z.output<typeof score>;

const version = z.object({ changeNo: count, at: z.iso.datetime(), by: z.string(), fields: z.array(z.string()) });

export const readClosing = endpoint({
  method: 'GET', path: '/api/plans/:planNo/projects/:itemNo/closing', summary: 'What a project comes to by now, what it came to each time it was closed, and its review with who changed it', access: 'planning.read', params: projectParams,
  reply: z.object({
    figures, computedAt: z.iso.datetime(), isPending: z.boolean(), review: itemSchema.nullable(),
    /** The newest first. */
    closings: z.array(z.object({ closingNo: count, state: z.enum(['done', 'dropped']), figures, at: z.iso.datetime(), by: z.string() })),
    versions: z.array(version),
    /** Everybody's for who may see people, else one's own. */
    scores: z.array(score),
  }),
});
export const closeProject = endpoint({
  method: 'POST', path: '/api/plans/:planNo/projects/:itemNo/closing', summary: 'Closes a project with its review; its figures are kept as they are now', access: 'planning.edit', params: projectParams,
  /** The versions that whoever closes has seen; null where there was no review. */
  body: z.object({ state: z.enum(['done', 'dropped']), version: count, reviewVersion: count.nullable().default(null), review: reviewKinds.review.body }),
  reply: itemSchema, status: 201,
});
export const readReviewVersion = endpoint({
  method: 'GET', path: '/api/plans/:planNo/projects/:itemNo/review-versions/:changeNo', summary: 'A review as it was after a change', access: 'planning.read', params: projectParams.extend({ changeNo: z.coerce.number().int().min(1).max(2_147_483_647) }),
  reply: version.extend({ body: z.record(z.string(), z.unknown()) }),
});

const found = z.object({
  itemNo: count, planNo: count, planName: z.string(), projectNo: count, projectName: z.string(), outcome: z.enum(reviewOutcomes), tags: z.array(z.string()),
  /** Where what is looked for stands, or how its lessons begin. */
  excerpt: z.string(),
  /** When its project was closed last; null where it was written without closing it. */
  closedAt: z.iso.datetime().nullable(), isOpen: z.boolean(), changedAt: z.iso.datetime(), changedBy: z.string(),
});
export type FoundReview = z.output<typeof found>;

export const listReviews = endpoint({
  method: 'GET', path: '/api/plan-reviews', summary: 'Reviews of projects of all plans that have every word that is looked for, those closed last first', access: 'planning.read',
  query: plainPageQuery.extend({ tag: reviewTag.optional(), outcome: z.enum(reviewOutcomes).optional(), plan: planParams.shape.planNo.optional() }), reply: pageOf(found),
});
export const listReviewTags = endpoint({
  method: 'GET', path: '/api/plan-review-tags', summary: 'Tags of reviews, the most used first', access: 'planning.read', reply: z.object({ tags: z.array(z.object({ tag: z.string(), count })) }),
});
