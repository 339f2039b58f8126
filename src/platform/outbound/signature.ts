import { createHmac, randomBytes } from 'node:crypto';

const prefix = 'whsec_';

/** A new secret for signing, in the form of the Standard Webhooks: its prefix and 32 random bytes in base64. */
export const newSigningSecret = (): string => prefix + randomBytes(32).toString('base64');

/** The headers by which a receiver knows whose a message is, that nobody changed it, and that it is not an old one (Standard Webhooks 1.0). */
export function signedHeaders(secret: string, id: string, body: Buffer, now: Date): Record<string, string> {
  const timestamp = String(Math.floor(now.getTime() / 1_000));
  const key = Buffer.from(secret.slice(prefix.length), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` };
}
