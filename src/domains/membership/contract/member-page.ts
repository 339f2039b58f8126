import { z } from 'zod';
import { endpoint } from '../../../kernel/endpoint.ts';
import { consentChannel, consentPurpose } from '../../customers/contract.ts';
import { mallRecipient } from './mall.ts';
import { buyer } from './quote.ts';

const count = z.number().int();
const moment = z.iso.datetime();
const minutes = count.min(1).max(525_600);
const customerNo = z.coerce.number().int().min(1).max(2_147_483_647);
const memberParams = z.object({ customerNo });
const color = z.string();

/** `own` lets a person change what is theirs; `view` is for staff, who see the same and change nothing. */
export const pageModes = ['own', 'view'] as const;
export type PageMode = (typeof pageModes)[number];

const link = z.object({
  customerNo: count,
  /** `/member#…`: behind the `#` it reaches no server's log and no other site. To be put behind this server's address. */
  path: z.string(),
  expiresAt: moment,
});
export type MemberLink = z.output<typeof link>;

export const createMemberLink = endpoint({
  method: 'POST', path: '/api/member-links', summary: 'A link to a person’s own member page, for the shop to open or to send to them', access: 'membership.checkout',
  body: z.object({ customer: buyer, minutes: minutes.default(60) }), reply: link, status: 201,
});
export const createPageLink = endpoint({
  method: 'POST', path: '/api/members/:customerNo/page-links', summary: 'A link to a member’s page: to send to them, or to see what they see', access: 'membership.links', params: memberParams,
  body: z.object({ mode: z.enum(pageModes), minutes: minutes.default(60) }), reply: link, status: 201,
});
export const revokePageLinks = endpoint({
  method: 'DELETE', path: '/api/members/:customerNo/page-links', summary: 'Ends every link to a member’s page and whatever was opened by one', access: 'membership.links', params: memberParams, reply: z.object({ revokedAt: moment }),
});

const tier = z.object({ key: z.string(), name: z.string(), color, icon: z.string() });
const benefit = z.object({ name: z.string(), kind: z.string(), sentence: z.string(), note: z.string() });
const endings = z.array(z.object({ amount: count, at: moment }));
const consentChoice = z.object({ channel: consentChannel, purpose: consentPurpose, granted: z.boolean().nullable(), at: moment.nullable() });

/** Everything a member sees of themselves. A part that there is nothing of is null, and not shown. */
export const memberPage = z.object({
  brand: z.object({ name: z.string(), programme: z.string().nullable(), timeZone: z.string(), currency: z.string() }),
  mode: z.enum(pageModes),
  membership: z.object({
    state: z.enum(['member', 'left', 'none']),
    /** Masked; the end of the number. */
    name: z.string().nullable(), number: z.string(),
    joinedAt: moment.nullable(), leftAt: moment.nullable(),
    tier: tier.nullable(),
    /** Until when the tier is theirs as it stands, and until when a missed standard can be made up for. */
    reviewAt: moment.nullable(), graceUntil: moment.nullable(),
    /** Whether they may ask to join; what they must agree to by doing so. */
    canJoin: z.boolean(), joinConsent: z.object({ channel: consentChannel, purpose: consentPurpose }).nullable(),
  }),
  tiers: z.array(tier.extend({ entry: count })),
  progress: z.object({
    growth: count,
    next: z.object({ tier: z.string(), needed: count, counted: count, missing: count, by: moment.nullable() }).nullable(),
    keep: z.object({ tier: z.string(), needed: count, counted: count, missing: count, by: moment }).nullable(),
    /** Why the tier is theirs and until when, in sentences; and how they came to it, the newest first. */
    why: z.array(z.string()),
    changes: z.array(z.object({ at: moment, sentence: z.string() })),
  }).nullable(),
  points: z.object({
    available: count, pending: count, held: count, debt: count,
    /** What ends within so many days, and when what ends. */
    endingSoon: count, endings, pendings: endings,
    /** Why they have as many as they have: in a sentence, and by reason. */
    why: z.object({ sentence: z.string(), reasons: z.array(z.object({ label: z.string(), amount: count })) }),
    /** What a point pays at a checkout; null where they are not taken. */
    worth: z.string().nullable(),
  }),
  benefits: z.object({ own: z.array(benefit), next: z.object({ tier: z.string(), benefits: z.array(benefit) }).nullable() }).nullable(),
  activities: z.array(z.object({
    activityNo: count, kind: z.string(), name: z.string(), note: z.string(), endsAt: moment.nullable(),
    /** Points one turn costs, and how many turns they may still take; null without a limit. */
    cost: count, left: count.nullable(),
    /** What they have reached in it, in a sentence. */
    standing: z.string(),
    /** Why they cannot take part now, in a sentence; null when they can. */
    hindrance: z.string().nullable(),
  })).nullable(),
  mall: z.object({
    items: z.array(z.object({ itemNo: count, name: z.string(), note: z.string(), icon: z.string(), color, points: count, money: z.string(), left: count.nullable(), hindrance: z.string().nullable() })),
    orders: z.array(z.object({ orderNo: count, name: z.string(), points: count, money: z.string(), state: z.string(), at: moment, code: z.string().nullable(), note: z.string(),
      /** Where its parcel goes, masked; null as long as they did not say, absent of what is not sent, or is on its way. */
      recipient: z.string().nullable().optional(),
    })),
  }).nullable(),
  consents: z.array(consentChoice),
  /** What the programme says, in plain sentences, part by part. */
  rules: z.array(z.object({ title: z.string(), sentences: z.array(z.string()) })),
  computedAt: moment,
});
export type MemberPage = z.output<typeof memberPage>;

export const readMemberPage = endpoint({
  method: 'GET', path: '/api/members/:customerNo/page', summary: 'What a member’s page shows, for a shop that shows it itself', access: 'membership.checkout', params: memberParams, reply: memberPage,
});

/** What follows is for who holds a link, and for nobody else: see the cookie of `openMemberPage`. */
const own = '/api/member';
export const openMemberPage = endpoint({
  method: 'POST', path: `${own}/session`, summary: 'Exchanges the token of a link for a cookie that is good for the member’s page alone', access: 'public',
  body: z.object({ token: z.string().min(10).max(200) }), reply: z.object({ expiresAt: moment, mode: z.enum(pageModes) }), status: 201,
});
export const closeMemberPage = endpoint({ method: 'DELETE', path: `${own}/session`, summary: 'Forgets the cookie', access: 'public', reply: z.object({}) });
export const readOwnPage = endpoint({ method: 'GET', path: `${own}/page`, summary: 'What a member sees of themselves', access: 'public', reply: memberPage });

const ownEntry = z.object({
  entryNo: count, kind: z.string(), amount: count, occurredAt: moment, sentence: z.string(),
  lots: z.array(z.object({ amount: count, expiresAt: moment.nullable() })),
  /** How it was reckoned, step by step; empty where the sentence says it all. */
  steps: z.array(z.object({ label: z.string(), value: z.string() })),
});
export type OwnEntry = z.output<typeof ownEntry>;
export const listOwnEntries = endpoint({
  method: 'GET', path: `${own}/points`, summary: 'A member’s own points line by line, the newest first', access: 'public',
  query: z.object({ before: z.coerce.number().int().min(1).optional(), limit: z.coerce.number().int().min(1).max(50).default(20) }),
  reply: z.object({ entries: z.array(ownEntry), next: count.nullable() }),
});
export const chooseConsent = endpoint({
  method: 'PUT', path: `${own}/consents`, summary: 'Agrees to being written to, or no longer does', access: 'public',
  body: z.object({ channel: consentChannel, purpose: consentPurpose, granted: z.boolean() }), reply: z.object({ consents: z.array(consentChoice) }),
});
export const joinOwn = endpoint({ method: 'POST', path: `${own}/membership`, summary: 'Joins, agreeing to what that asks for', access: 'public', body: z.object({ agrees: z.boolean() }), reply: memberPage });
export const leaveOwn = endpoint({ method: 'DELETE', path: `${own}/membership`, summary: 'Leaves; points and history stay for when they come back', access: 'public', reply: memberPage });

const turnKey = z.string().trim().min(1).max(100);
export const exchangeOwn = endpoint({
  method: 'POST', path: `${own}/exchanges`, summary: 'Exchanges a member’s own points for an item, once for a key', access: 'public',
  body: z.object({ key: turnKey, itemNo: count.min(1).max(2_147_483_647) }), reply: memberPage,
});
export const setOwnRecipient = endpoint({
  method: 'PUT', path: `${own}/exchanges/:orderNo/recipient`, summary: 'Says where the parcel of a member’s own exchange goes', access: 'public',
  params: z.object({ orderNo: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) }), body: mallRecipient, reply: memberPage,
});
export const takePartOwn = endpoint({
  method: 'POST', path: `${own}/activities/:activityNo`, summary: 'Takes part in an activity that is open to a member, once for a key', access: 'public',
  params: z.object({ activityNo: z.coerce.number().int().min(1).max(2_147_483_647) }), body: z.object({ key: turnKey }),
  /** What came of it, in a sentence. */
  reply: z.object({ page: memberPage, sentence: z.string() }),
});
