import { z } from 'zod';
import { daySchema } from '../../../kernel/day.ts';
import { parseDecimal } from '../../../kernel/decimal.ts';
import { endpoint } from '../../../kernel/endpoint.ts';
import { pageOf, plainPageQuery } from '../../../kernel/page.ts';
import { partnerParams } from './partners.ts';
import { names } from './programme.ts';

const count = z.number().int();
const many = count.min(0).max(100_000_000);
const id = z.coerce.number().int().min(1).max(2_147_483_647);
const packParams = z.object({ packNo: id });
const grantParams = z.object({ grantNo: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) });
/** Chosen by whoever sends the command: the same key is the same command, for ever, and answers the same. */
export const commandKey = z.string().trim().min(1).max(200);
/** Exact, as text, not below zero and not above so many ten-thousandths. */
const moneyUpTo = (most: bigint) => z.string().max(40).refine((text) => { const value = parseDecimal(text); return value !== null && value >= 0n && value <= most; }, { params: { said: 'not_an_amount' } });
const price = moneyUpTo(10n ** 10n);
const cap = moneyUpTo(10n ** 15n);
const version = count.min(1);

const contractBody = z.object({
  startsOn: daySchema,
  endsOn: daySchema,
  /** Packs are bought before, or what was given is billed later. */
  settlement: z.enum(['prepaid', 'billed']),
  /** Of what is billed later: whether giving a benefit costs, or only its use. */
  billedOn: z.enum(['grant', 'use']),
  priceEach: price,
  /** The most that packs may cost, or that benefits given may come to. */
  cap: cap.nullable(),
  currency: z.string().regex(/^[A-Z]{3}$/),
  terms: z.string().trim().max(5_000),
});
export const contractText = contractBody.refine(({ startsOn, endsOn }) => startsOn <= endsOn, { path: ['endsOn'], params: { said: 'before_start' } });
const shownContract = contractBody.extend({ contractId: count, committed: z.string(), packs: count, isInForce: z.boolean(), version: count });
export type PartnerContract = z.output<typeof shownContract>;
const contractParams = partnerParams.extend({ contractId: id });

export const addPartnerContract = endpoint({
  method: 'POST', path: '/api/partners/:partnerId/contracts', summary: 'Notes a contract: period, settlement, price, cap, terms', access: 'membership.partners', params: partnerParams,
  body: contractText, reply: z.object({ contractId: count }), status: 201,
});
export const changePartnerContract = endpoint({
  method: 'PUT', path: '/api/partners/:partnerId/contracts/:contractId', summary: 'Changes a contract on the version it was read in; settlement and currency stay once it has packs', access: 'membership.partners', params: contractParams,
  body: contractBody.extend({ version }).refine(({ startsOn, endsOn }) => startsOn <= endsOn, { path: ['endsOn'], params: { said: 'before_start' } }), reply: z.object({ version: count }),
});

/** No code, codes that the partner made, or codes that we make. */
export const codeSources = ['none', 'uploaded', 'issued'] as const;
const packTold = {
  names,
  startsOn: daySchema,
  endsOn: daySchema,
  /** Days that a benefit is good for once it was given; null for as long as the pack. */
  validDays: count.min(1).max(3_650).nullable(),
  perPerson: count.min(1).max(1_000).nullable(),
  /** At so few left somebody should buy more. */
  alertLevel: many,
};

const shownPack = z.object({
  packNo: count, partnerId: count, partner: z.string(), contractId: count,
  names,
  settlement: z.enum(['prepaid', 'billed']),
  codes: z.enum(codeSources),
  priceEach: z.string(), currency: z.string(),
  startsOn: z.string(), endsOn: z.string(),
  validDays: count.nullable(), perPerson: count.nullable(), alertLevel: count,
  state: z.enum(['active', 'paused']),
  bought: count, granted: count, used: count, reversed: count,
  /** Null where there is no limit. */
  left: count.nullable(),
  /** Codes that nobody has yet; null where codes are not uploaded. */
  freeCodes: count.nullable(),
  /** Given and not used, and past its end. */
  expired: count,
  /** Left is at the alert level, or below it. */
  isLow: z.boolean(),
  /** Why nothing is given of it now, as a stable word; null where it is. */
  refusal: z.string().nullable(),
  version: count,
});
export type PartnerPack = z.output<typeof shownPack>;

export const listPartnerContracts = endpoint({
  method: 'GET', path: '/api/partners/:partnerId/contracts', summary: 'Contracts and packs of a partner, the latest first', access: 'membership.partners', params: partnerParams,
  reply: z.object({ contracts: z.array(shownContract), packs: z.array(shownPack), computedAt: z.iso.datetime() }),
});

export const listPartnerPacks = endpoint({
  method: 'GET', path: '/api/partner-packs', summary: 'Packs of every partner from which benefits can be given now', access: 'membership.read',
  reply: z.object({ packs: z.array(shownPack.pick({ packNo: true, partnerId: true, partner: true, names: true, left: true, refusal: true, endsOn: true })), computedAt: z.iso.datetime() }),
});

export const createPartnerPack = endpoint({
  method: 'POST', path: '/api/partners/:partnerId/packs', summary: 'Makes a pack of benefits under a contract; prepaid ones hold nothing until they are bought', access: 'membership.partners', params: partnerParams,
  body: z.object({ contractId: count, ...packTold, codes: z.enum(codeSources), priceEach: price, /** Of what is billed later: the most that is given; null for no limit. */ most: many.nullable() })
    .refine(({ startsOn, endsOn }) => startsOn <= endsOn, { path: ['endsOn'], params: { said: 'before_start' } }),
  reply: z.object({ packNo: count }), status: 201,
});
export const changePartnerPack = endpoint({
  method: 'PUT', path: '/api/partner-packs/:packNo', summary: 'Changes a pack on the version it was read in, pauses it or lets it go on', access: 'membership.partners', params: packParams,
  body: z.object({ version, ...packTold, state: z.enum(['active', 'paused']) }).refine(({ startsOn, endsOn }) => startsOn <= endsOn, { path: ['endsOn'], params: { said: 'before_start' } }), reply: z.object({ version: count }),
});
export const buyPartnerUnits = endpoint({
  method: 'POST', path: '/api/partner-packs/:packNo/purchases', summary: 'Puts more into a pack: bought, or of what is billed later agreed', access: 'membership.partners', params: packParams,
  body: z.object({ key: commandKey, units: count.min(1).max(10_000_000) }), reply: z.object({ bought: count, amount: z.string(), isReplay: z.boolean() }),
});
export const uploadPartnerCodes = endpoint({
  method: 'POST', path: '/api/partner-packs/:packNo/codes', summary: 'Takes the partner’s codes, one on each line, and tells which lines are none', access: 'membership.partners', params: packParams,
  body: z.object({ text: z.string().min(1).max(32 * 2 ** 20) }), bodyLimitBytes: 40 * 2 ** 20,
  reply: z.object({ lines: count, added: count, repeated: count, known: count, bad: z.array(z.object({ line: count, why: z.enum(['too_short', 'too_long', 'blank_inside', 'not_plain']) })), badCount: count }),
});

const grantState = z.enum(['given', 'used', 'reversed', 'expired']);
const given = z.object({ grantNo: count, reference: z.string(), packNo: count, code: z.string().nullable(), expiresAt: z.iso.datetime().nullable(), isReplay: z.boolean() });

export const grantPartnerBenefit = endpoint({
  method: 'POST', path: '/api/partner-packs/:packNo/grants', summary: 'Gives somebody a benefit of a pack, once for each key; refused where the pack is empty', access: 'membership.checkout', params: packParams,
  body: z.object({ key: commandKey, customerNo: id }), reply: given,
});
export const listPartnerGrants = endpoint({
  method: 'GET', path: '/api/partner-packs/:packNo/grants', summary: 'Who was given what of a pack, the latest first; of codes their end alone', access: 'membership.partners', params: packParams,
  query: plainPageQuery.omit({ q: true }).extend({ state: grantState.optional() }),
  reply: pageOf(z.object({
    grantNo: count, reference: z.string(), customerNo: count.nullable(), codeEnd: z.string().nullable(), state: grantState,
    grantedAt: z.iso.datetime(), expiresAt: z.iso.datetime().nullable(), usedAt: z.iso.datetime().nullable(), reversedAt: z.iso.datetime().nullable(),
  })),
});
const moment = z.iso.datetime({ offset: true }).optional();
export const usePartnerBenefit = endpoint({
  method: 'POST', path: '/api/partner-packs/:packNo/uses', summary: 'Notes that a benefit was used, by its code or its reference', access: 'membership.partners', params: packParams,
  body: z.object({ key: commandKey, code: z.string().trim().min(1).max(100), usedAt: moment }), reply: z.object({ grantNo: count, isReplay: z.boolean() }),
});
export const reversePartnerGrant = endpoint({
  method: 'POST', path: '/api/partner-grants/:grantNo/reversals', summary: 'Takes back a benefit by a counter-entry, into the pack again where the partner allows it', access: 'membership.partners', params: grantParams,
  body: z.object({ key: commandKey, reason: z.string().trim().min(1).max(300), returns: z.boolean() }), reply: z.object({ grantNo: count, amount: z.string(), isReplay: z.boolean() }),
});
