import { z } from 'zod';
import { endpoint } from '../../../kernel/endpoint.ts';
import { locales } from '../../../kernel/locale.ts';
import { rhythm } from '../../insights/contract.ts';
import { planParams } from './plans.ts';

const number = z.number().int().min(1).max(2_147_483_647);
/** Somebody who gets mail: an account, or an address that is nobody's. */
const reader = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('staff'), staffId: number }),
  z.object({ kind: z.literal('address'), address: z.email().max(200).transform((text) => text.toLowerCase()) }),
]);
export type MailReader = z.output<typeof reader>;
/** To whom something goes: by mail, and to groups through their robots. */
export const goesTo = z.object({ readers: z.array(reader).max(100), robotNos: z.array(number).max(20).default([]) });
export type GoesTo = z.output<typeof goesTo>;

const copyStates = ['waiting', 'sending', 'sent', 'failed', 'unknown'] as const;
/** A letter to somebody, or a message to a group. */
export const copy = z.object({
  name: z.string(), state: z.enum(copyStates),
  /** When it left, or when it is tried next. */
  at: z.iso.datetime(),
  problem: z.string().nullable(),
  /** What went wrong, in the reader's language. */
  why: z.string().nullable(),
});
export type Copy = z.output<typeof copy>;

/** `made`: written, and sent where it is to be. `missed`: it was too late for what was to be sent then. */
export const occasionStates = ['making', 'made', 'failed', 'missed'] as const;

const report = z.object({ kind: z.literal('report'), projectNo: number.nullable().default(null), /** The period that is under way, or the one before. */ covers: z.enum(['current', 'last']), /** False: it waits for somebody who looks at it. */ isSent: z.boolean() });
const director = z.object({ kind: z.literal('director') });
export const mailingWanted = z.object({
  what: z.discriminatedUnion('kind', [report, director]),
  /** Times of the brand's zone. A report is of the days, weeks or months of its rhythm. */
  rhythm, locale: z.enum(locales), ...goesTo.shape, isPaused: z.boolean().default(false),
});
export type MailingWanted = z.output<typeof mailingWanted>;

export const occasion = z.object({ occasionNo: z.number().int(), state: z.enum(occasionStates), dueAt: z.iso.datetime(), isLate: z.boolean(), problem: z.string().nullable(), askedBy: z.string() });

const mailing = mailingWanted.extend({
  mailingNo: number, version: z.number().int(), createdBy: z.string(), keeper: z.string().nullable(), projectName: z.string().nullable(),
  /** Null while it is paused. */
  nextAt: z.iso.datetime().nullable(),
  last: occasion.nullable(),
});
export type Mailing = z.output<typeof mailing>;

const path = '/api/plans/:planNo/mailings';
const params = planParams.extend({ mailingNo: z.coerce.number().int().min(1).max(2_147_483_647) });

export const listMailings = endpoint({
  method: 'GET', path, summary: 'What of a plan is written and sent by itself: reports, the view of a director', access: 'planning.edit', params: planParams, reply: z.object({ mailings: z.array(mailing), isMailSetUp: z.boolean() }),
});
export const addMailing = endpoint({ method: 'POST', path, summary: 'Has reports or the view of a director written by themselves, and sent', access: 'planning.approve', params: planParams, body: mailingWanted, reply: mailing, status: 201 });
export const changeMailing = endpoint({
  method: 'PUT', path: `${path}/:mailingNo`, summary: 'Changes when it is written and to whom it goes', access: 'planning.approve', params, body: mailingWanted.omit({ what: true }).extend({ version: z.number().int(), isSent: z.boolean().default(true), covers: z.enum(['current', 'last']).default('last') }), reply: mailing,
});
export const removeMailing = endpoint({ method: 'DELETE', path: `${path}/:mailingNo`, summary: 'Has it written no more', access: 'planning.approve', params, reply: z.object({ isRemoved: z.literal(true) }) });
