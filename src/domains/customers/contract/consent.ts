import { z } from 'zod';
import { endpoint } from '../../../kernel/endpoint.ts';
import { customerParams } from './identifiers.ts';

/** Where a person can be reached. */
export const consentChannels = ['sms', 'email', 'wechat', 'phone', 'push'] as const;
/** What a person can agree to. */
export const consentPurposes = ['marketing', 'service', 'personalisation', 'third_party'] as const;

export const consentChannel = z.enum(consentChannels);
export const consentPurpose = z.enum(consentPurposes);
export type ConsentChannel = z.infer<typeof consentChannel>;
export type ConsentPurpose = z.infer<typeof consentPurpose>;

/** One statement of a person about one channel and purpose, with what proves it. */
export const consentStatement = z.object({
  consentId: z.number().int(),
  channel: consentChannel,
  purpose: consentPurpose,
  granted: z.boolean(),
  at: z.iso.datetime(),
  recordedAt: z.iso.datetime(),
  source: z.string(),
  evidence: z.record(z.string(), z.unknown()),
  textVersion: z.string().nullable(),
  actor: z.string(),
});

/** What counts now for a channel and purpose, and all that was ever said about it, newest first. */
export const consentState = z.object({
  channel: consentChannel,
  purpose: consentPurpose,
  granted: z.boolean(),
  /** True where people who were merged said different things and the refusal counts. */
  stricterKept: z.boolean(),
  at: z.iso.datetime(),
  history: z.array(consentStatement),
});
export type ConsentState = z.infer<typeof consentState>;

export const recordConsent = endpoint({
  method: 'POST',
  path: '/api/customers/:customerNo/consents',
  summary: 'Keeps what a customer said about a channel and purpose, with its evidence',
  access: 'customers.consent',
  params: customerParams,
  body: z.object({
    channel: consentChannel,
    purpose: consentPurpose,
    granted: z.boolean(),
    /** When it was said; now where it is left out. */
    at: z.iso.datetime({ offset: true }).optional(),
    source: z.string().trim().min(1).max(100),
    evidence: z.string().trim().max(500).optional(),
    textVersion: z.string().trim().max(60).optional(),
  }),
  reply: z.object({ consents: z.array(consentState) }),
  status: 201,
});
