import { createPublicKey, verify } from 'node:crypto';
import { z } from 'zod';
import type { Receipt } from '../../../part.ts';
import { codeOf } from '../../adapters/adapter.ts';
import { type Hear, jsonIn, momentOf, notTheirs, type ToldReceipt, unreadable } from '../heard.ts';

/** A message of Amazon SNS. */
const envelope = z.object({
  Type: z.enum(['Notification', 'SubscriptionConfirmation', 'UnsubscribeConfirmation']), MessageId: z.string().max(100), TopicArn: z.string().max(300), Message: z.string(), Timestamp: z.string(),
  SignatureVersion: z.enum(['1', '2']), Signature: z.string(), SigningCertURL: z.string(), Subject: z.string().optional(), Token: z.string().optional(), SubscribeURL: z.string().optional(),
});
type Envelope = z.output<typeof envelope>;

/** Amazon's own addresses of SNS, and no other: whoever may choose where the key is read from signs as they like. */
const amazons = /^https:\/\/sns\.[a-z0-9-]{1,40}\.amazonaws\.com(?:\.cn)?\/[\w.?=&%:/+-]{1,2000}$/;

/** Notes in what a key of SNS said; keys change once in a while, and come with a new address. */
const keys = new Map<string, string>();
const mostKeys = 20;

const recipient = z.object({ emailAddress: z.string().max(320), status: z.string().optional() });
const event = z.object({
  eventType: z.string().optional(), notificationType: z.string().optional(),
  mail: z.object({ messageId: z.string().max(200), destination: z.array(z.string()).default([]) }),
  bounce: z.object({ bounceType: z.string(), bounceSubType: z.string().optional(), bouncedRecipients: z.array(recipient), timestamp: z.string().optional() }).optional(),
  complaint: z.object({ complainedRecipients: z.array(recipient), complaintFeedbackType: z.string().nullish(), timestamp: z.string().optional() }).optional(),
  delivery: z.object({ recipients: z.array(z.string()).default([]), timestamp: z.string().optional() }).optional(),
  open: z.object({ timestamp: z.string().optional() }).optional(),
  click: z.object({ timestamp: z.string().optional() }).optional(),
});

/** What SES tells by SNS: bounces, complaints, deliveries. */
export const hearSes: Hear = async ({ body, now, fetch }) => {
  const read = envelope.safeParse(jsonIn(body));
  if (!read.success) throw unreadable();
  await demandSigned(read.data, fetch);
  if (read.data.Type === 'SubscriptionConfirmation') {
    const { SubscribeURL: url = '' } = read.data;
    if (!amazons.test(url)) throw notTheirs();
    await fetch(url);
    return { told: [] };
  }
  if (read.data.Type !== 'Notification') return { told: [] };
  const said = event.safeParse(jsonIn(Buffer.from(read.data.Message)));
  return { told: said.success ? toldBy(said.data, now) : [] };
};

/** The text that is signed: names and values in a fixed order, line by line. */
const signedText = (given: Envelope): string =>
  (given.Type === 'Notification' ? (['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type'] as const) : (['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'] as const))
    .filter((name) => given[name] !== undefined).map((name) => `${name}\n${given[name]}\n`).join('');

async function demandSigned(given: Envelope, fetch: (url: string) => Promise<string>): Promise<void> {
  if (!amazons.test(given.SigningCertURL) || !/\.pem$/.test(given.SigningCertURL)) throw notTheirs();
  let pem = keys.get(given.SigningCertURL);
  if (pem === undefined) {
    if (keys.size >= mostKeys) keys.clear();
    keys.set(given.SigningCertURL, (pem = await fetch(given.SigningCertURL)));
  }
  try {
    const isTheirs = verify(given.SignatureVersion === '2' ? 'RSA-SHA256' : 'RSA-SHA1', Buffer.from(signedText(given)), createPublicKey(pem), Buffer.from(given.Signature, 'base64'));
    if (isTheirs) return;
  } catch {
    keys.delete(given.SigningCertURL);
  }
  throw notTheirs();
}

function toldBy({ eventType, notificationType, mail, bounce, complaint, delivery, open, click }: z.output<typeof event>, now: Date): ToldReceipt[] {
  const of = (kind: Receipt['kind'], address: string | null, more: { timestamp?: string; isFinal?: boolean; code?: string | null }): ToldReceipt => ({
    kind, id: `${mail.messageId} ${address ?? ''}`, messageIds: [mail.messageId], address, at: momentOf(more.timestamp, now), isFinal: more.isFinal ?? false, code: more.code ?? null,
  });
  const type = eventType ?? notificationType;
  if (bounce) {
    const isFinal = bounce.bounceType === 'Permanent';
    return bounce.bouncedRecipients.map(({ emailAddress, status }) => of('bounced', emailAddress, { ...bounce, isFinal, code: codeOf(status ?? bounce.bounceSubType ?? bounce.bounceType) }));
  }
  if (complaint) return complaint.complainedRecipients.map(({ emailAddress }) => of('complained', emailAddress, { ...complaint, code: codeOf(complaint.complaintFeedbackType ?? 'complaint') }));
  if (delivery) return delivery.recipients.map((address) => of('delivered', address, delivery));
  if (type === 'Open') return [of('opened', null, open ?? {})];
  if (type === 'Click') return [of('clicked', null, click ?? {})];
  if (type === 'Reject') return mail.destination.map((address) => of('bounced', address, { code: 'Reject' }));
  return [];
}
