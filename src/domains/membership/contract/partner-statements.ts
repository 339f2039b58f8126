import { z } from 'zod';
import { daySchema, daysBetween } from '../../../kernel/day.ts';
import { parseDecimal } from '../../../kernel/decimal.ts';
import { endpoint } from '../../../kernel/endpoint.ts';
import { pageOf, plainPageQuery } from '../../../kernel/page.ts';
import { commandKey } from './partner-packs.ts';
import { partnerParams } from './partners.ts';

const count = z.number().int();
const id = z.coerce.number().int().min(1).max(2_147_483_647);
const longestDays = 366;
/** In ten-thousandths: a thousand million of money. */
const mostAdjusted = 10n ** 13n;
const period = { from: daySchema, to: daySchema };
const inOrder = ({ from, to }: { from?: string | undefined; to?: string | undefined }): boolean => from === undefined || to === undefined || (from <= to && daysBetween(from, to) <= longestDays);
/** The last thirty days unless said. */
const lately = { from: daySchema.optional(), to: daySchema.optional() };

export const entryKinds = ['bought', 'granted', 'used', 'reversed', 'adjusted', 'settled'] as const;

const entry = z.object({
  entryNo: count,
  kind: z.enum(entryKinds),
  packNo: count.nullable(),
  grantNo: count.nullable(),
  /** What the pack gained or lost, and by how much more is owed. */
  units: count, amount: z.string(), currency: z.string(),
  occurredAt: z.iso.datetime(), recordedAt: z.iso.datetime(),
  month: z.string().nullable(),
  reverses: count.nullable(),
  by: z.string(), reason: z.string(),
});
export type PartnerEntry = z.output<typeof entry>;

export const listPartnerEntries = endpoint({
  method: 'GET', path: '/api/partners/:partnerId/entries', summary: 'The ledger of a partner, the latest line first', access: 'membership.partners', params: partnerParams,
  query: plainPageQuery.omit({ q: true }).extend({ kind: z.enum(entryKinds).optional() }), reply: pageOf(entry),
});

const monthRow = z.object({ month: z.string(), currency: z.string(), due: z.string(), settled: z.string(), open: z.string(), isOver: z.boolean() });
export const readPartnerLedger = endpoint({
  method: 'GET', path: '/api/partners/:partnerId/ledger', summary: 'What is owed to a partner, month by month, and whether its ledger adds up', access: 'membership.partners', params: partnerParams,
  reply: z.object({
    balances: z.array(z.object({ currency: z.string(), owed: z.string() })),
    months: z.array(monthRow),
    /** What does not add up, in words for somebody who looks into it; empty is proof. */
    faults: z.array(z.string()),
    computedAt: z.iso.datetime(),
  }),
});
export type PartnerLedger = z.output<typeof readPartnerLedger.reply>;

export const settlePartnerMonth = endpoint({
  method: 'POST', path: '/api/partners/:partnerId/settlements', summary: 'Notes that a month that is over was paid, with the amount that was open', access: 'membership.partners', params: partnerParams,
  body: z.object({ key: commandKey, month: z.string().regex(/^\d{4}-\d{2}$/).refine((month) => daySchema.safeParse(`${month}-01`).success), currency: z.string().regex(/^[A-Z]{3}$/), amount: z.string().max(40).refine((text) => parseDecimal(text) !== null, { params: { said: 'not_a_number' } }) }),
  reply: z.object({ entryNo: count, isReplay: z.boolean() }),
});

/** `packNo` is null for what was adjusted and belongs to no pack. */
const dayRow = z.object({ day: z.string(), packNo: count.nullable(), bought: count, granted: count, used: count, reversed: count, amount: z.string(), currency: z.string() });
export const readPartnerStatement = endpoint({
  method: 'GET', path: '/api/partners/:partnerId/statement', summary: 'What happened on each day of the brand’s time zone, by pack', access: 'membership.partners', params: partnerParams,
  query: z.object(lately).refine(inOrder, { path: ['to'], params: { said: 'before_start' } }),
  reply: z.object({ from: z.string(), to: z.string(), days: z.array(dayRow), timeZone: z.string(), computedAt: z.iso.datetime() }),
});
export type PartnerStatement = z.output<typeof readPartnerStatement.reply>;

export const exportPartnerStatement = endpoint({
  method: 'GET', path: '/api/partners/:partnerId/statement-lines', summary: 'The lines of a statement as a file for the partner: references, codes’ ends and amounts, nobody’s number', access: 'membership.partners', params: partnerParams,
  query: z.object({ ...lately, format: z.enum(['csv', 'json']).default('csv') }).refine(inOrder, { path: ['to'], params: { said: 'before_start' } }), reply: z.string(), raw: true,
});

export const differenceStates = ['open', 'accepted', 'rejected', 'settled'] as const;
export type DifferenceState = (typeof differenceStates)[number];
export const differenceKinds = ['only_ours', 'only_theirs', 'amounts_differ'] as const;

const comparison = z.object({
  comparisonId: count, from: z.string(), to: z.string(), basis: z.enum(['granted', 'used']),
  lines: count, matched: count, matchedAmount: z.string(),
  onlyOurs: count, onlyTheirs: count, amountsDiffer: count, open: count,
  bad: z.array(z.object({ line: count, why: z.string() })), badCount: count,
  madeAt: z.iso.datetime(), madeBy: z.string(),
});
export type PartnerComparison = z.output<typeof comparison>;

export const listPartnerComparisons = endpoint({
  method: 'GET', path: '/api/partners/:partnerId/comparisons', summary: 'Comparisons with a partner’s statements, the latest first', access: 'membership.partners', params: partnerParams,
  query: plainPageQuery.omit({ q: true }), reply: pageOf(comparison),
});

export const comparePartnerStatement = endpoint({
  method: 'POST', path: '/api/partners/:partnerId/comparisons', summary: 'Compares a partner’s statement (CSV) with the ledger: matched, only ours, only theirs, amounts differ', access: 'membership.partners', params: partnerParams,
  body: z.object({ ...period, basis: z.enum(['granted', 'used']), text: z.string().min(1).max(32 * 2 ** 20) }).refine(inOrder, { path: ['to'], params: { said: 'before_start' } }), bodyLimitBytes: 40 * 2 ** 20,
  reply: comparison, status: 201,
});

const difference = z.object({
  differenceNo: count, comparisonId: count, kind: z.enum(differenceKinds), grantNo: count.nullable(), reference: z.string(),
  ourAmount: z.string().nullable(), theirAmount: z.string().nullable(), ourOn: z.string().nullable(), theirOn: z.string().nullable(),
  state: z.enum(differenceStates), version: count,
  history: z.array(z.object({ state: z.enum(differenceStates), note: z.string(), amount: z.string().nullable(), at: z.iso.datetime(), by: z.string() })),
});
export type PartnerDifference = z.output<typeof difference>;
const comparisonParams = z.object({ comparisonId: id });

export const listPartnerDifferences = endpoint({
  method: 'GET', path: '/api/partner-comparisons/:comparisonId/differences', summary: 'What a comparison found, and how each dispute stands', access: 'membership.partners', params: comparisonParams,
  query: plainPageQuery.omit({ q: true }).extend({ kind: z.enum(differenceKinds).optional(), state: z.enum(differenceStates).optional() }), reply: pageOf(difference),
});

export const decidePartnerDifference = endpoint({
  method: 'POST', path: '/api/partner-differences/:differenceNo/decisions', summary: 'Accepts, rejects, reopens or settles a difference, on the version it was read in; settling writes what the ledger changes by', access: 'membership.partners',
  params: z.object({ differenceNo: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) }),
  body: z.object({
    version: count.min(1), state: z.enum(differenceStates), note: z.string().trim().max(500),
    /** Of settling: by how much more, or less, is owed. */
    amount: z.string().max(40).refine((text) => { const value = parseDecimal(text); return value !== null && value <= mostAdjusted && value >= -mostAdjusted; }, { params: { said: 'not_an_amount' } }).optional(),
  }).refine(({ state, amount }) => (state === 'settled') === (amount !== undefined), { path: ['amount'] })
    .refine(({ state, note }) => note !== '' || state === 'open' || state === 'accepted', { path: ['note'] }),
  reply: z.object({ version: count }),
});
