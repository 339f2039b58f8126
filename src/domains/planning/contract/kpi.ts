import { z } from 'zod';
import { daySchema } from '../../../kernel/day.ts';
import { endpoint } from '../../../kernel/endpoint.ts';
import { locales } from '../../../kernel/locale.ts';
import { readingStates } from './figures.ts';
import { doerSchema } from './kinds/projects.ts';
import { cardPart, cardParts, workKinds } from './kinds/scorecards.ts';
import { planPeriod } from './periods.ts';
import { planParams } from './plans.ts';

const cardNo = z.coerce.number().int().min(1).max(2_147_483_647);
const cardParams = z.object({ cardNo });
const at = z.iso.datetime();
const score = z.string().nullable();
const done = z.object({});
const reason = z.string().trim().min(1).max(2_000);

const mark = z.object({ score: z.string(), reason: z.string(), by: z.string(), at });
/** `dueOn` is the day that counts. `saidOn` is when it was said to be done, where that was on a later day. Where it was moved after the days of the card began: what stood, what stands now (null: it is given up, taken out, or somebody else's), and who agreed that the new one counts. */
const dueRow = z.object({ itemNo: z.number().int(), name: z.string(), dueOn: daySchema, doneOn: daySchema.nullable(), saidOn: daySchema.optional(), moved: z.object({ from: daySchema, to: daySchema.nullable(), agreedBy: z.string().nullable() }).optional() });
/** What a score stands on, kept with it when it is frozen: values, what they meant, and when they were computed. */
export const cardEvidence = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('outcome'), state: z.enum(readingStates), value: score, label: z.string(), definition: z.string(), texts: z.partialRecord(z.enum(locales), z.object({ label: z.string(), definition: z.string() })).optional(), nature: z.string(), from: daySchema, until: daySchema, computedAt: at.nullable() }),
  z.object({ kind: z.literal('process'), state: z.enum(['known', 'no_account', 'not_begun']), count: z.number().int(), rows: z.array(z.object({ ref: z.string(), at: z.string() })), computedAt: at }),
  z.object({ kind: z.literal('progress'), asOf: daySchema, rows: z.array(dueRow), computedAt: at }),
  z.object({ kind: z.literal('subjective'), superior: mark.nullable(), self: mark.nullable(), shift: z.object({ points: z.string(), reason: z.string(), by: z.string(), at }).nullable() }),
]);
export type CardEvidence = z.output<typeof cardEvidence>;

const line = z.object({ part: cardPart, evidence: cardEvidence, score, /** Of 100, after those that are not applicable gave theirs to the others. */ weight: z.string() });
export type CardLine = z.output<typeof line>;

const head = z.object({
  cardNo: z.number().int(), planNo: z.number().int(), period: planPeriod, from: daySchema, until: daySchema, person: doerSchema, team: z.string(), position: z.string(),
  state: z.enum(['open', 'frozen', 'appealed']), total: score, isOwn: z.boolean(), version: z.number().int(),
  /** Whether a metric of it is still being counted; then there is no total yet. */
  isPending: z.boolean(),
  /** Due days that were moved and that nobody agreed to yet; none where it is frozen. */
  moved: z.number().int(),
  /** By how much calibration shifts what a superior said. */
  points: score,
});
export type CardHead = z.output<typeof head>;

const change = z.object({ changeNo: z.number().int(), parts: cardParts, reason: z.string(), askedBy: z.string(), askedAt: at, isOwn: z.boolean(), decision: z.enum(['waiting', 'approved', 'refused']), decidedBy: z.string().nullable(), decidedAt: at.nullable() });
const appeal = z.object({ appealNo: z.number().int(), text: z.string(), by: z.string(), at, outcome: z.enum(['waiting', 'kept', 'reopened']), answer: z.string().nullable(), answeredBy: z.string().nullable(), answeredAt: at.nullable() });
const freeze = z.object({ freezeNo: z.number().int(), total: score, by: z.string(), at });
const card = head.extend({ lines: z.array(line), changes: z.array(change), appeals: z.array(appeal), freezes: z.array(freeze), computedAt: at });
export type Card = z.output<typeof card>;

/** Whoever had several cards in a period, by the days of each and the parts of their time; `weight` of 100. */
const personScore = z.object({ person: doerSchema, period: planPeriod, of: z.array(z.object({ cardNo: z.number().int(), position: z.string(), weight: score })), total: score, isPending: z.boolean() });
export type PersonScore = z.output<typeof personScore>;

export const listCards = endpoint({
  method: 'GET', path: '/api/plans/:planNo/cards', summary: 'Scorecards of a period, the newest where none is said or it has none: everybody’s for who may see people, else one’s own', access: 'planning.read', params: planParams, query: z.object({ period: planPeriod.optional() }),
  reply: z.object({ cards: z.array(head), people: z.array(personScore), period: planPeriod.nullable(), periods: z.array(planPeriod), computedAt: at }),
});
const reviewedCard = head.pick({ cardNo: true, person: true, team: true, position: true, from: true, until: true, state: true, total: true }).extend({
  /** What it would be without calibration, and by how much that shifted what a superior said. */
  unshifted: score, points: score,
  /** What it was frozen with at first; it differs where an appeal opened it again. */
  first: score, appeals: z.number().int(), kept: z.number().int(), reopened: z.number().int(),
});
export type ReviewedCard = z.output<typeof reviewedCard>;
export const reviewPeriod = endpoint({
  method: 'GET', path: '/api/plans/:planNo/periods/:period/review', summary: 'How a period was scored: who has what, and what calibration and appeals changed', access: 'planning.people', params: planParams.extend({ period: z.string().max(12) }),
  reply: z.object({ period: z.string(), open: z.number().int(), cards: z.array(reviewedCard), computedAt: at }),
});
export const openCards = endpoint({
  method: 'POST', path: '/api/plans/:planNo/cards', summary: 'Opens cards of people from that of a position, for a period or a part of it, for which targets that add up are those of its days', access: 'planning.people', params: planParams,
  body: z.object({
    templateNo: z.number().int().min(1).max(2_147_483_647), period: planPeriod, team: z.string().trim().max(60).default(''), people: z.array(doerSchema.extend({ from: daySchema.optional(), until: daySchema.optional() })).min(1).max(200),
    /** They changed positions: other open cards of theirs that began earlier end on the day before. */
    endsOthers: z.boolean().default(false),
  }),
  reply: z.object({ cardNos: z.array(z.number().int()) }), status: 201,
});
export const readCard = endpoint({ method: 'GET', path: '/api/cards/:cardNo', summary: 'A scorecard: each part with its target, actual, evidence, score and weight', access: 'planning.read', params: cardParams, reply: card });
export const changeCard = endpoint({
  method: 'PUT', path: '/api/cards/:cardNo/parts', summary: 'Changes what a card asks for: at once before its period begins, with a second person’s approval after', access: 'planning.people', params: cardParams,
  body: z.object({ version: z.number().int(), parts: cardParts, reason: z.string().trim().max(2_000).default('') }), reply: z.object({ isWaiting: z.boolean() }),
});
export const decideCardChange = endpoint({
  method: 'POST', path: '/api/cards/:cardNo/changes/:changeNo/decision', summary: 'Approves or refuses a change of targets that somebody else asked for', access: 'planning.approve',
  params: cardParams.extend({ changeNo: z.coerce.number().int().min(1).max(2_147_483_647) }), body: z.object({ isApproved: z.boolean() }), reply: done,
});
export const agreeDueDays = endpoint({
  method: 'POST', path: '/api/cards/:cardNo/due-days', summary: 'Agrees that due days which were moved after the days of a card began count for it: of whom it is about and who moved them, neither can', access: 'planning.approve', params: cardParams,
  body: z.object({ days: z.array(z.object({ itemNo: z.number().int().min(1).max(2_147_483_647), /** What stands now. */ dueOn: daySchema.nullable() })).min(1).max(500), reason }), reply: done,
});
export const markCard = endpoint({
  method: 'PUT', path: '/api/cards/:cardNo/marks/:key', summary: 'A score with its reasons: a superior’s, or one’s own beside it', access: 'planning.read', params: cardParams.extend({ key: z.string().max(12) }),
  body: z.object({ score: z.string().regex(/^(\d{1,2}(\.\d{1,2})?|100(\.0{1,2})?)$/), reason }), reply: done,
});
export const shiftCard = endpoint({
  method: 'PUT', path: '/api/cards/:cardNo/shift', summary: 'Shifts what a superior said of somebody, so that teams are measured alike; zero takes it back', access: 'planning.people', params: cardParams,
  body: z.object({ points: z.string().regex(/^-?\d{1,2}(\.\d{1,2})?$/), reason }), reply: done,
});
export const freezeCard = endpoint({ method: 'POST', path: '/api/cards/:cardNo/freeze', summary: 'Freezes the score with what it stands on', access: 'planning.people', params: cardParams, body: z.object({}), reply: z.object({ total: score }) });
export const proveCard = endpoint({
  method: 'GET', path: '/api/cards/:cardNo/proof', summary: 'Computes a frozen score again from its evidence', access: 'planning.read', params: cardParams,
  reply: z.object({ frozen: score, again: score, isSame: z.boolean(), lines: z.array(z.object({ key: z.string(), score, weight: z.string() })), frozenAt: at }),
});
export const appealCard = endpoint({ method: 'POST', path: '/api/cards/:cardNo/appeals', summary: 'Objects to one’s own frozen score', access: 'planning.read', params: cardParams, body: z.object({ text: reason }), status: 201, reply: z.object({ appealNo: z.number().int() }) });
export const answerAppeal = endpoint({
  method: 'POST', path: '/api/cards/:cardNo/appeals/:appealNo/answer', summary: 'Keeps a score somebody objected to, or opens the card again', access: 'planning.people',
  params: cardParams.extend({ appealNo: z.coerce.number().int().min(1).max(2_147_483_647) }), body: z.object({ outcome: z.enum(['kept', 'reopened']), answer: reason }), reply: done,
});
export const listWorkKinds = endpoint({ method: 'GET', path: '/api/planning/work-kinds', summary: 'Work that the system counts by itself', access: 'planning.read', reply: z.object({ kinds: z.array(z.object({ kind: z.enum(workKinds), actions: z.array(z.string()) })) }) });
