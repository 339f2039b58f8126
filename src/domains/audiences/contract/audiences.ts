import { z } from 'zod';
import { daySchema } from '../../../kernel/day.ts';
import { endpoint } from '../../../kernel/endpoint.ts';
import { locales } from '../../../kernel/locale.ts';
import { maxPageSize, pageOf, pageQuery } from '../../../kernel/page.ts';
import { rule } from './rule.ts';

const audienceId = z.coerce.number().int().min(1).max(2_147_483_647);
export const audienceParams = z.object({ audienceId });
const name = z.string().trim().min(1).max(80);
const reason = z.string().trim().max(1_000);

/** `live` follows the facts by itself; `fixed` stays as it was when it was made. */
export const audienceKinds = ['live', 'fixed'] as const;

/** Where a fixed audience comes from that no rule made: the people most like those of another one. */
export const expansionOrigin = z.object({
  audienceId: z.number().int(),
  name: z.string(),
  /** The moment its model was computed for, and how well it told members from others. */
  at: z.iso.datetime(),
  auc: z.number(),
  /** People found, and how like the members the last of them is. */
  reach: z.number().int(),
  likeness: z.number(),
  withMembers: z.boolean(),
});
export type ExpansionOrigin = z.output<typeof expansionOrigin>;

/** The same of people who stood behind a number somewhere else: what they are, in every language, and when that was. */
export const foundOrigin = z.object({
  kind: z.literal('found'),
  sentences: z.record(z.enum(locales), z.string()),
  at: z.iso.datetime(),
});
export type FoundOrigin = z.output<typeof foundOrigin>;
export type AudienceOrigin = ExpansionOrigin | FoundOrigin;

export const shownAudience = z.object({
  audienceId: z.number().int(),
  name,
  /** What it is for. */
  reason,
  kind: z.enum(audienceKinds),
  rule: z.unknown(),
  sentence: z.string(),
  /** Null for what a rule made. */
  origin: z.union([foundOrigin, expansionOrigin]).nullable(),
  owner: z.string(),
  /** Raised by each change: an edit names the version it was made on. */
  version: z.number().int(),
  size: z.number().int(),
  /** Entered and left since the beginning of the brand's day. */
  enteredToday: z.number().int(),
  leftToday: z.number().int(),
  /** When its members were last made sure of; null before the first time. */
  freshAt: z.iso.datetime().nullable(),
  /** Why it could not be kept up to date, in a sentence; null while all is well. */
  trouble: z.string().nullable(),
  usedBy: z.array(z.object({ audienceId: z.number().int(), name: z.string() })),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  archivedAt: z.iso.datetime().nullable(),
});
export type ShownAudience = z.output<typeof shownAudience>;

export const listAudiences = endpoint({
  method: 'GET',
  path: '/api/audiences',
  summary: 'Audiences with their size, found by name, kind and owner',
  access: 'audiences.read',
  query: pageQuery.extend({ kind: z.enum(audienceKinds).optional(), archived: z.enum(['0', '1']).default('0') }),
  reply: pageOf(shownAudience),
});

export const createAudience = endpoint({
  method: 'POST',
  path: '/api/audiences',
  summary: 'Keeps a rule as a live audience, or its people of this moment as a fixed one',
  access: 'audiences.edit',
  body: z.object({ name, reason: reason.default(''), kind: z.enum(audienceKinds), rule }),
  reply: shownAudience,
  status: 201,
});

export const readAudience = endpoint({
  method: 'GET', path: '/api/audiences/:audienceId', summary: 'One audience', access: 'audiences.read', params: audienceParams, reply: shownAudience,
});

export const updateAudience = endpoint({
  method: 'PATCH',
  path: '/api/audiences/:audienceId',
  summary: 'Changes an audience; a new rule takes effect at once, and the past stays as it was',
  access: 'audiences.edit',
  params: audienceParams,
  body: z.object({ version: z.number().int(), name: name.optional(), reason: reason.optional(), rule: rule.optional(), archived: z.boolean().optional() }),
  reply: shownAudience,
});

export const deleteAudience = endpoint({
  method: 'DELETE',
  path: '/api/audiences/:audienceId',
  summary: 'Deletes an audience that nothing uses; 409 names what uses it',
  access: 'audiences.edit',
  params: audienceParams,
  reply: z.object({}),
  status: 204,
});

export const listMembers = endpoint({
  method: 'GET',
  path: '/api/audiences/:audienceId/members',
  summary: 'Members of an audience, now or at the end of a past day, masked',
  access: 'audiences.read',
  params: audienceParams,
  query: z.object({ page: z.coerce.number().int().min(1).max(1_000_000).default(1), pageSize: z.coerce.number().int().min(1).max(maxPageSize).default(20), on: daySchema.optional() }),
  reply: pageOf(z.object({
    customerNo: z.number().int(), name: z.string().nullable(), phone: z.string().nullable(), province: z.string().nullable(), channel: z.string().nullable(),
    orders: z.number().int(), spent: z.string(), lastOrderAt: z.iso.datetime().nullable(),
  })).extend({ on: daySchema.nullable() }),
});

export const readHistory = endpoint({
  method: 'GET',
  path: '/api/audiences/:audienceId/history',
  summary: 'Size, entries and exits of an audience by day',
  access: 'audiences.read',
  params: audienceParams,
  query: z.object({ from: daySchema.optional(), to: daySchema.optional() }),
  reply: z.object({ days: z.array(z.object({ day: daySchema, size: z.number().int(), entered: z.number().int(), left: z.number().int() })), computedAt: z.iso.datetime() }),
});

export const compareAudiences = endpoint({
  method: 'GET',
  path: '/api/audiences/overlap',
  summary: 'How two or three audiences overlap: the size of every region of their diagram',
  access: 'audiences.read',
  query: z.object({ ids: z.string().regex(/^\d{1,10}(,\d{1,10}){1,2}$/), on: daySchema.optional() }),
  reply: z.object({
    sets: z.array(z.object({ audienceId: z.number().int(), name: z.string(), size: z.number().int() })),
    /** Region by the audiences it lies in, as bits of their order: 1 only the first, 3 the first and the second, 7 all three. */
    regions: z.array(z.object({ mask: z.number().int(), size: z.number().int() })),
    computedAt: z.iso.datetime(),
  }),
});
