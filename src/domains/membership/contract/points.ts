import { z } from 'zod';
import { endpoint } from '../../../kernel/endpoint.ts';

const count = z.number().int();
const customerNo = z.coerce.number().int().min(1).max(2_147_483_647);
const memberParams = z.object({ customerNo });
/** Chosen by whoever sends the command: the same key is the same command, for ever, and answers the same. */
const key = z.string().trim().min(1).max(200);
const amount = count.min(1).max(1_000_000_000);
const document = z.string().trim().max(200).default('');

const balance = z.object({
  /** Can be spent now. */
  available: count,
  /** Becomes available later. */
  pending: count,
  /** Put aside for a checkout. */
  held: count,
  /** Owed: what is earned next pays it first. */
  debt: count,
});

const shownLot = z.object({
  lotNo: count, amount: count, remaining: count,
  earnedAt: z.iso.datetime(), availableAt: z.iso.datetime(), expiresAt: z.iso.datetime().nullable(),
});

const shownPoints = z.object({
  customerNo: count,
  balance,
  /** Of what can be spent, how much ends within thirty days. */
  endingSoon: count,
  /** What is left of each earning, in the order it is spent. */
  lots: z.array(shownLot),
  computedAt: z.iso.datetime(),
});
export type ShownPoints = z.output<typeof shownPoints>;

export const readPoints = endpoint({
  method: 'GET', path: '/api/members/:customerNo/points', summary: 'What points a person has, and when they end', access: 'membership.read', params: memberParams, reply: shownPoints,
});

export const shownEntry = z.object({
  entryNo: count,
  kind: z.enum(['earn', 'spend', 'expire', 'take_back', 'give_back', 'net']),
  amount: count,
  /** Of a taking back: what it did not get. */
  shortfall: count,
  occurredAt: z.iso.datetime(),
  recordedAt: z.iso.datetime(),
  /** Why, in the language of the request. */
  sentence: z.string(),
  /** From which earnings it took, or into which it gave. */
  lots: z.array(z.object({ lotNo: count, amount: count, earnedAt: z.iso.datetime(), expiresAt: z.iso.datetime().nullable() })),
  /** What is stored of how it came about. */
  derivation: z.record(z.string(), z.unknown()),
});
export type ShownEntry = z.output<typeof shownEntry>;

export const listPointsEntries = endpoint({
  method: 'GET',
  path: '/api/members/:customerNo/points/entries',
  summary: 'Every line of a person’s points, the newest first, with its reason and its lots',
  access: 'membership.read',
  params: memberParams,
  query: z.object({ before: z.coerce.number().int().min(1).optional(), limit: z.coerce.number().int().min(1).max(100).default(20) }),
  reply: z.object({ entries: z.array(shownEntry), next: count.nullable() }),
});

/** What a command came to. */
const outcome = z.object({
  /** By how much the points changed. */
  amount: count,
  /** What a taking back did not get. */
  shortfall: count,
  lots: z.array(z.object({ lotNo: count, amount: count, expiresAt: z.iso.datetime().nullable() })),
  balance,
  /** True when this command had been carried out before: it changed nothing now. */
  isReplay: z.boolean(),
});

const proof = z.object({
  provenAt: z.iso.datetime(),
  /** How many lines there were. */
  entries: count,
  /** The first line, lot or account that is not as it was written. */
  fault: z.object({ kind: z.enum(['entry', 'lot', 'account']), no: count }).nullable(),
});
export type PointsProof = z.output<typeof proof>;

export const readPointsProof = endpoint({
  method: 'GET', path: '/api/points/proof', summary: 'Whether the ledger of points is as it was written, as of the last night', access: 'membership.read', reply: z.object({ proof: proof.nullable() }),
});

export const adjustPoints = endpoint({
  method: 'POST',
  path: '/api/members/:customerNo/points/adjustments',
  summary: 'Gives points by hand, or takes them, with a reason',
  access: 'membership.adjust',
  params: memberParams,
  body: z.object({
    key,
    /** Below zero they are taken. */
    amount: count.min(-1_000_000_000).max(1_000_000_000).refine((value) => value !== 0),
    reason: z.string().trim().min(1).max(500),
    /** When points that are given end; never where nothing is said. */
    expiresAt: z.iso.datetime({ offset: true }).optional(),
  }),
  reply: outcome,
});

const checkout = z.object({ key, customerNo, amount, document });
const ofHold = z.object({ key, customerNo, holdKey: key });

export const spendPoints = endpoint({
  method: 'POST', path: '/api/points/spending', summary: 'Spends a person’s points', access: 'membership.checkout', body: checkout, reply: outcome,
});
export const holdPoints = endpoint({
  method: 'POST', path: '/api/points/holds', summary: 'Puts points aside for a checkout; they go back by themselves when it takes too long', access: 'membership.checkout',
  body: checkout.extend({ seconds: count.min(10).max(7 * 86_400).default(1_800) }), reply: outcome,
});
export const commitHold = endpoint({
  method: 'POST', path: '/api/points/holds/commit', summary: 'Spends what a hold put aside, or a part of it', access: 'membership.checkout',
  body: ofHold.extend({ amount: amount.optional(), document }), reply: outcome,
});
export const releaseHold = endpoint({
  method: 'POST', path: '/api/points/holds/release', summary: 'Lets go what a hold put aside', access: 'membership.checkout', body: ofHold, reply: outcome,
});
export const givePointsBack = endpoint({
  method: 'POST', path: '/api/points/returns', summary: 'Gives back points that were spent, to where they came from', access: 'membership.checkout',
  body: z.object({ key, customerNo, of: key, amount, document }), reply: outcome,
});
