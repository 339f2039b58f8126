import { z } from 'zod';
import { daySchema } from '../../../kernel/day.ts';
import { endpoint } from '../../../kernel/endpoint.ts';
import { pageOf, plainPageQuery } from '../../../kernel/page.ts';
import { names, programmeDefinition, programmeKey } from './programme.ts';

const count = z.number().int();
const versionParams = z.object({ versionNo: z.coerce.number().int().min(1).max(2_147_483_647) });
const reason = z.string().trim().min(1).max(500);
const note = z.string().trim().max(500);
const path = '/api/membership/programme' as const;

/** Where a version is in its life. */
export const versionPhases = ['draft', 'waiting', 'coming', 'in_force', 'past', 'withdrawn'] as const;
export type VersionPhase = (typeof versionPhases)[number];

const shownVersion = z.object({
  versionNo: count,
  phase: z.enum(versionPhases),
  names,
  note: z.string(),
  /** An edit names the revision it was made on. */
  revision: count,
  startsOn: daySchema.nullable(),
  /** The last day before the next version begins. */
  endsOn: daySchema.nullable(),
  editedBy: z.string(),
  editedAt: z.iso.datetime(),
  publishedBy: z.string().nullable(),
  publishedAt: z.iso.datetime().nullable(),
  approvedBy: z.string().nullable(),
  withdrawnBy: z.string().nullable(),
  /** Why it was withdrawn or refused. */
  reason: z.string(),
});
export type ShownVersion = z.output<typeof shownVersion>;

const sentence = z.object({ id: z.string(), part: z.string(), text: z.string(), isPublic: z.boolean() });
export type ToldSentence = z.output<typeof sentence>;
const finding = z.object({
  /** Where it stands in the definition: `tiers.2.entry`. */
  path: z.string(),
  level: z.enum(['wrong', 'approval', 'hint']),
  text: z.string(),
});
export type ToldFinding = z.output<typeof finding>;
const change = z.object({ id: z.string(), part: z.string(), before: z.string().nullable(), after: z.string().nullable(), added: z.array(z.string()), removed: z.array(z.string()) });
export type ToldChange = z.output<typeof change>;

const shownPause = z.object({
  pauseNo: count, from: z.iso.datetime(), until: z.iso.datetime().nullable(), reason: z.string(), pausedBy: z.string(), resumedBy: z.string().nullable(),
  phase: z.enum(['coming', 'now', 'over']),
});
export type ShownPause = z.output<typeof shownPause>;

export const readProgramme = endpoint({
  method: 'GET', path, summary: 'The membership programme in force, what comes next, and its pauses', access: 'membership.read',
  reply: z.object({
    current: shownVersion.nullable(),
    /** What of it waits: versions that are published or wait for approval. */
    coming: z.array(shownVersion),
    definition: programmeDefinition.nullable(),
    /** All it says, in the language of the request. */
    sentences: z.array(sentence),
    /** How many people hold each tier; null where they are still being counted. */
    held: z.record(z.string(), count).nullable(),
    pauses: z.array(shownPause),
    computedAt: z.iso.datetime(),
  }),
});

export const listVersions = endpoint({
  method: 'GET', path: `${path}/versions`, summary: 'Versions of the programme, the newest first', access: 'membership.read', query: plainPageQuery.omit({ q: true }), reply: pageOf(shownVersion),
});

export const readVersion = endpoint({
  method: 'GET', path: `${path}/versions/:versionNo`, summary: 'A version of the programme, what it says, and what it changes', access: 'membership.read', params: versionParams,
  reply: shownVersion.extend({
    definition: programmeDefinition,
    sentences: z.array(sentence),
    findings: z.array(finding),
    /** Against the version before it; null for the first. */
    changes: z.array(change).nullable(),
    changesFrom: count.nullable(),
    /** Whether whoever asks is a second person: neither who wrote it nor who asked for it. */
    mayDecide: z.boolean(),
    computedAt: z.iso.datetime(),
  }),
});

export const compareVersions = endpoint({
  method: 'GET', path: `${path}/comparison`, summary: 'What one version has differently from another, in words', access: 'membership.read',
  query: z.object({ before: z.coerce.number().int().min(1), after: z.coerce.number().int().min(1) }),
  reply: z.object({ before: shownVersion, after: shownVersion, changes: z.array(change) }),
});

export const readyMadeKeys = ['consumer_goods', 'retail_chain', 'simple'] as const;
export type ReadyMadeKey = (typeof readyMadeKeys)[number];
export const listReadyMade = endpoint({
  method: 'GET', path: `${path}/ready-made`, summary: 'Programmes to begin with', access: 'membership.design',
  reply: z.object({ programmes: z.array(z.object({ key: z.enum(readyMadeKeys), definition: programmeDefinition, sentences: z.array(sentence) })) }),
});

const draft = z.object({ definition: programmeDefinition, note: note.default('') });
export const createDraft = endpoint({
  method: 'POST', path: `${path}/versions`, summary: 'Keeps a draft of a new version', access: 'membership.design', body: draft, reply: shownVersion, status: 201,
});
export const changeDraft = endpoint({
  method: 'PUT', path: `${path}/versions/:versionNo`, summary: 'Changes a draft', access: 'membership.design', params: versionParams, body: draft.extend({ revision: count.min(1) }), reply: shownVersion,
});
export const deleteDraft = endpoint({
  method: 'DELETE', path: `${path}/versions/:versionNo`, summary: 'Throws a draft away', access: 'membership.design', params: versionParams, reply: z.void(), status: 204,
});

export const publishVersion = endpoint({
  method: 'POST', path: `${path}/versions/:versionNo/publication`, access: 'membership.design', params: versionParams,
  summary: 'Publishes a draft from a day of the brand’s time zone on, or asks for a second person’s approval where it needs one',
  body: z.object({ startsOn: daySchema, revision: count.min(1) }), reply: shownVersion,
});
export const decideVersion = endpoint({
  method: 'POST', path: `${path}/versions/:versionNo/approval`, summary: 'Approves or refuses a version that somebody else would publish', access: 'membership.approve', params: versionParams,
  body: z.object({ isApproved: z.boolean(), reason: note.default('') }), reply: shownVersion,
});
export const withdrawVersion = endpoint({
  method: 'POST', path: `${path}/versions/:versionNo/withdrawal`, summary: 'Withdraws a version that has not begun', access: 'membership.design', params: versionParams, body: z.object({ reason }), reply: shownVersion,
});

const money = z.string().regex(/^\d{1,9}(\.\d{1,4})?$/);
/** An order to try rules on. */
export const exampleOrder = z.object({
  amount: money.default('300'), freight: money.default('0'), couponPaid: money.default('0'), pointsPaid: money.default('0'),
  tier: programmeKey.nullable().default(null), channel: z.string().max(100).default(''), category: z.string().max(200).default(''), isBirthday: z.boolean().default(false), placedOn: daySchema.optional(),
});
export type ExampleOrder = z.input<typeof exampleOrder>;
/** A member to try rules on: what they spend in the middle of each month, and for how many months before they buy nothing. */
export const exampleMember = z.object({ monthly: money.default('300'), months: count.min(1).max(36).default(18) });
export type ExampleMember = z.input<typeof exampleMember>;

export const previewProgramme = endpoint({
  method: 'POST', path: `${path}/preview`, summary: 'Checks a definition, tells it in words, and tries it on an order and on a member', access: 'membership.design',
  body: z.object({ definition: programmeDefinition, order: exampleOrder.prefault({}), member: exampleMember.prefault({}) }),
  reply: z.object({
    findings: z.array(finding),
    sentences: z.array(sentence),
    changes: z.array(change).nullable(),
    order: z.object({
      base: z.string(), points: count, growth: count,
      /** How it came to that, one line a step. */
      steps: z.array(z.string()), spendableOn: daySchema, lastDay: daySchema.nullable(),
    }),
    /** What would become of the member. */
    way: z.array(z.object({ on: daySchema, kind: z.string(), tier: programmeKey, text: z.string() })),
    computedAt: z.iso.datetime(),
  }),
});

const pauseParams = z.object({ pauseNo: z.coerce.number().int().min(1).max(2_147_483_647) });
export const pauseProgramme = endpoint({
  method: 'POST', path: `${path}/pauses`, summary: 'Pauses the programme now, or from the beginning of a day', access: 'membership.design',
  body: z.object({
    /** Now where no day is given. */
    fromDay: daySchema.nullable().default(null),
    /** It goes on with the beginning of this day; until somebody says so where there is none. */
    untilDay: daySchema.nullable().default(null),
    reason,
  }),
  reply: shownPause, status: 201,
});
export const endPause = endpoint({
  method: 'POST', path: `${path}/pauses/:pauseNo/end`, summary: 'Goes on at once, or calls off a pause that has not begun', access: 'membership.design', params: pauseParams, reply: z.void(), status: 204,
});
