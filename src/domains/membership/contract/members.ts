import { z } from 'zod';
import { daySchema } from '../../../kernel/day.ts';
import { endpoint } from '../../../kernel/endpoint.ts';
import { pageOf, pageQuery, sortOf } from '../../../kernel/page.ts';
import { programmeKey } from './programme.ts';

const count = z.number().int();
const customerNo = z.coerce.number().int().min(1).max(2_147_483_647);
const memberParams = z.object({ customerNo });

/** A tier as it is shown, in the language of the request. */
export const shownTier = z.object({ key: z.string(), name: z.string(), color: z.string() });
export type ShownTier = z.output<typeof shownTier>;

const memberRow = z.object({
  customerNo: count,
  /** Masked. */
  name: z.string().nullable(),
  phone: z.string().nullable(),
  tier: shownTier,
  tierSince: z.iso.datetime(),
  joinedAt: z.iso.datetime(),
  /** `order`, `policy`, `asked` or `staff`. */
  joinedBy: z.string(),
  channel: z.string().nullable(),
  leftAt: z.iso.datetime().nullable(),
  /** When keeping the tier is looked at. */
  reviewAt: z.iso.datetime().nullable(),
  points: count,
  orders: count,
  spent: z.string(),
});
export type MemberRow = z.output<typeof memberRow>;

const filters = {
  tier: programmeKey.optional(),
  state: z.enum(['member', 'left']).default('member'),
  joinedFrom: daySchema.optional(),
  joinedTo: daySchema.optional(),
  /** Looked at within so many days. */
  dueWithin: z.coerce.number().int().min(1).max(3_660).optional(),
  /** Has at least so many points that can be spent. */
  pointsFrom: z.coerce.number().int().min(1).max(1_000_000_000).optional(),
};
const sort = sortOf('joinedAt', 'tierSince', 'reviewAt');

export const listMembers = endpoint({
  method: 'GET', path: '/api/members', summary: 'Members by tier, joining, points and what is due', access: 'membership.read',
  query: pageQuery.omit({ q: true }).extend({ ...filters, sort }), reply: pageOf(memberRow),
});
export const exportMembersList = endpoint({
  method: 'GET', path: '/api/members/export', summary: 'The same as a CSV file, masked', access: 'membership.export', query: z.object({ ...filters, sort }), reply: z.unknown(), raw: true,
});

const membership = z.object({
  customerNo: count,
  tier: shownTier,
  tierSince: z.iso.datetime(),
  reviewAt: z.iso.datetime().nullable(),
  graceUntil: z.iso.datetime().nullable(),
  joinedAt: z.iso.datetime(),
  joinedBy: z.string(),
  channel: z.string().nullable(),
  leftAt: z.iso.datetime().nullable(),
});
export type Membership = z.output<typeof membership>;

export const readMember = endpoint({
  method: 'GET', path: '/api/members/:customerNo', summary: 'Whether somebody is a member: since when, how they came to it, and their tier', access: 'membership.read', params: memberParams,
  reply: z.object({ customerNo: count, membership: membership.nullable(), computedAt: z.iso.datetime() }),
});
export const joinMember = endpoint({
  method: 'POST', path: '/api/members', summary: 'Makes somebody a member, or brings back who left; once, however often it is sent', access: 'membership.join',
  body: z.object({ customerNo, channel: z.string().trim().min(1).max(100).optional() }), reply: z.object({ customerNo: count, membership, isNew: z.boolean() }),
});
export const leaveMembership = endpoint({
  method: 'POST', path: '/api/members/:customerNo/leave', summary: 'Ends a membership; points and history stay for when they come back', access: 'membership.join', params: memberParams,
  body: z.object({ reason: z.string().trim().min(1).max(500) }), reply: z.object({ customerNo: count, leftAt: z.iso.datetime() }),
});
