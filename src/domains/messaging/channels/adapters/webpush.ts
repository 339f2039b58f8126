import { createCipheriv, createECDH, createHmac, createPublicKey, generateKeyPairSync, hkdfSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { z } from 'zod';
import type { Parcel } from '../../part.ts';
import { codeOf, type Provider } from './adapter.ts';
import { keyOf } from './fcm.ts';
import { sentByStatus } from './http.ts';

/** What a browser gives a site that may notify: where to, and with what to encrypt. */
export const subscription = z.object({ endpoint: z.url({ protocol: /^https?$/ }), keys: z.object({ p256dh: z.string().max(200), auth: z.string().max(100) }) });

const ttlSeconds = 86_400;
const statementSeconds = 43_200;
const recordBytes = 4_096;

/** Notices in the browser (RFC 8030), encrypted for it alone (RFC 8291), by who is known to the push service (RFC 8292). */
export const webpush: Provider = {
  key: 'webpush',
  // A browser's subscription is to the key of one account.
  addressSpace: (_values, accountNo) => `web_push:${accountNo}`,
  keyFor: { who: 'anybody', of: ({ vapidKey }) => publicPartOf(keyOf(vapidKey)) },
  madeSecrets: () => ({ vapidKey: generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() }),
  open: ({ outbound, clock, values: { vapidKey, contact } }) => ({
    async send(parcel, go) {
      const to = subscription.safeParse(parse(parcel.to));
      if (!to.success) return { outcome: 'refused', code: 'bad_subscription', isDeadAddress: true };
      const { endpoint, keys } = to.data;
      const body = encryptPush(Buffer.from(JSON.stringify(payloadOf(parcel))), keys, randomBytes(16), newKey());
      if (!body) return { outcome: 'refused', code: 'bad_subscription', isDeadAddress: true };
      await go();
      const headers = {
        authorization: statementOf(keyOf(vapidKey), new URL(endpoint).origin, contact, clock.now()), ttl: String(ttlSeconds), urgency: 'normal', topic: topicOf(parcel.key),
        'content-encoding': 'aes128gcm', 'content-type': 'application/octet-stream',
      };
      const reply = await outbound.send({ method: 'POST', url: endpoint, headers, body });
      if (reply.status >= 200 && reply.status < 300) return { outcome: 'taken', providerId: parcel.key };
      if (reply.status === 404 || reply.status === 410) return { outcome: 'refused', code: codeOf(reply.status), isDeadAddress: true };
      // A key that one push service does not take may be right for the others.
      if (reply.status === 401 || reply.status === 403) return { outcome: 'refused', code: codeOf(reply.status) };
      return sentByStatus(reply, clock) ?? { outcome: 'refused', code: codeOf(reply.status) };
    },
    show: async (parcel) => JSON.stringify(payloadOf(parcel), null, 2),
    close: () => {},
  }),
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

const payloadOf = ({ key, message: { subject = '', text, link } }: Parcel) => ({ key, title: subject, body: text, ...(link === undefined ? {} : { link }) });

/** A notice that comes again takes the place of the first (RFC 8030, 5.4). */
const topicOf = (key: string): string => createHmac('sha256', 'topic').update(key).digest('base64url').slice(0, 32);

export interface PushKey {
  publicKey: Buffer;
  /** The secret shared with a public key; throws for what is none. */
  shared(other: Buffer): Buffer;
}

/** A key for one message. */
export function newKey(privateKey?: Buffer): PushKey {
  const pair = createECDH('prime256v1');
  if (privateKey) pair.setPrivateKey(privateKey);
  else pair.generateKeys();
  return { publicKey: pair.getPublicKey(), shared: (other) => pair.computeSecret(other) };
}

const hkdf = (salt: Buffer, key: Buffer, info: Buffer, bytes: number): Buffer => Buffer.from(hkdfSync('sha256', key, salt, info, bytes));

/** A message for one browser, as RFC 8291 encrypts it in one record of RFC 8188; null where the browser's keys are none. */
export function encryptPush(text: Buffer, keys: { p256dh: string; auth: string }, salt: Buffer, key: PushKey): Buffer | null {
  const theirs = Buffer.from(keys.p256dh, 'base64url');
  const auth = Buffer.from(keys.auth, 'base64url');
  let shared: Buffer;
  try {
    shared = key.shared(theirs);
  } catch {
    return null;
  }
  if (auth.length !== 16) return null;
  const secret = hkdf(auth, shared, Buffer.concat([Buffer.from('WebPush: info\0'), theirs, key.publicKey]), 32);
  const cipher = createCipheriv('aes-128-gcm', hkdf(salt, secret, Buffer.from('Content-Encoding: aes128gcm\0'), 16), hkdf(salt, secret, Buffer.from('Content-Encoding: nonce\0'), 12));
  const sealed = Buffer.concat([cipher.update(Buffer.concat([text, Buffer.of(2)])), cipher.final(), cipher.getAuthTag()]);
  const size = Buffer.alloc(4);
  size.writeUInt32BE(recordBytes);
  return Buffer.concat([salt, size, Buffer.of(key.publicKey.length), key.publicKey, sealed]);
}

/** The public part of a VAPID key as sites give it to browsers. */
export function publicPartOf(key: KeyObject): string {
  const { x = '', y = '' } = createPublicKey(key).export({ format: 'jwk' });
  return Buffer.concat([Buffer.of(4), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]).toString('base64url');
}

/** Who sends, signed for one push service (RFC 8292). */
function statementOf(key: KeyObject, audience: string, contact: string, now: Date): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const said = `${part({ typ: 'JWT', alg: 'ES256' })}.${part({ aud: audience, exp: Math.floor(now.getTime() / 1_000) + statementSeconds, sub: `mailto:${contact}` })}`;
  return `vapid t=${said}.${sign('sha256', Buffer.from(said), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}, k=${publicPartOf(key)}`;
}
