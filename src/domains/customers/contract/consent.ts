import { z } from 'zod';

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
