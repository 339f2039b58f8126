import { createPrivateKey, sign } from 'node:crypto';
import { z } from 'zod';
import { Problem } from '../../../../kernel/problem.ts';
import type { OutboundReply } from '../../../../platform/outbound/outbound.ts';
import type { Parcel } from '../../part.ts';
import { type AdapterDoors, codeOf, type Provider, type Sent } from './adapter.ts';
import { jsonOf, sentByStatus } from './http.ts';
import { createKeptToken, NoToken, noTokenAs, type Token, withToken } from './kept-token.ts';

/** What Google gives as a file for a service account. */
const serviceAccount = z.object({ client_email: z.string(), private_key: z.string(), token_uri: z.url({ protocol: /^https?$/ }).default('https://oauth2.googleapis.com/token') });

const scope = 'https://www.googleapis.com/auth/firebase.messaging';
const tokenSeconds = 3_600;

/** App push by the HTTP interface v1 of Firebase Cloud Messaging. */
export const fcm: Provider = {
  key: 'fcm',
  addressSpace: ({ projectId }) => `fcm:${projectId}`,
  open(doors) {
    const { outbound, clock, values } = doors;
    const url = `${values.endpoint || 'https://fcm.googleapis.com'}/v1/projects/${encodeURIComponent(values.projectId)}/messages:send`;
    const token = createKeptToken(clock, () => askToken(doors));
    return {
      send: (parcel, go) => noTokenAs(async () => {
        const body = Buffer.from(JSON.stringify(bodyOf(parcel)));
        await token.text();
        await go();
        const post = (text: string) => outbound.send({ method: 'POST', url, headers: { authorization: `Bearer ${text}`, 'content-type': 'application/json' }, body });
        return sentOf(await withToken(token, post, ({ status }) => status === 401), clock);
      }),
      show: async (parcel) => JSON.stringify(bodyOf(parcel), null, 2),
      close: () => {},
    };
  },
};

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A token for a statement that the service account's key signed (RFC 7523). */
async function askToken({ outbound, clock, values }: AdapterDoors): Promise<Token> {
  const account = readAccount(values.serviceAccount);
  const seconds = Math.floor(clock.now().getTime() / 1_000);
  const said = `${part({ alg: 'RS256', typ: 'JWT' })}.${part({ iss: account.client_email, scope, aud: account.token_uri, iat: seconds, exp: seconds + tokenSeconds })}`;
  const assertion = `${said}.${sign('RSA-SHA256', Buffer.from(said), keyOf(account.private_key)).toString('base64url')}`;
  const body = Buffer.from(new URLSearchParams({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion }).toString());
  const reply = await outbound.send({ method: 'POST', url: account.token_uri, headers: { 'content-type': 'application/x-www-form-urlencoded' }, body });
  const { access_token: text, expires_in: forSeconds, error } = jsonOf(reply);
  if (typeof text !== 'string' || typeof forSeconds !== 'number') throw new NoToken(codeOf(typeof error === 'string' ? error : reply.status));
  return { text, forMs: forSeconds * 1_000 };
}

function readAccount(text: string): z.output<typeof serviceAccount> {
  try {
    return serviceAccount.parse(JSON.parse(text));
  } catch (error) {
    throw new Problem('messaging.channel_key_bad', { cause: error });
  }
}

/** A private key as PEM; what is none is told, and not shown. */
export function keyOf(pem: string): ReturnType<typeof createPrivateKey> {
  try {
    return createPrivateKey(pem);
  } catch (error) {
    throw new Problem('messaging.channel_key_bad', { cause: error });
  }
}

const bodyOf = ({ to, key, message: { subject = '', text, link } }: Parcel) => ({
  message: {
    token: to, notification: { title: subject, body: text }, data: { key, ...(link === undefined ? {} : { link }) },
    ...(link === undefined ? {} : { webpush: { fcm_options: { link } } }),
  },
});

const failure = z.object({ error: z.object({ status: z.string().optional(), details: z.array(z.object({ errorCode: z.string().optional(), fieldViolations: z.array(z.object({ field: z.string().optional() })).optional() })).default([]) }) });

function sentOf(reply: OutboundReply, clock: AdapterDoors['clock']): Sent {
  const told = jsonOf(reply);
  if (reply.status === 200 && typeof told.name === 'string') return { outcome: 'taken', providerId: told.name };
  const read = failure.safeParse(told);
  const code = read.success ? codeOf(read.data.error.details.find(({ errorCode }) => errorCode)?.errorCode ?? read.data.error.status ?? reply.status) : codeOf(reply.status);
  const isNoToken = read.success && read.data.error.details.some(({ fieldViolations = [] }) => fieldViolations.some(({ field }) => field === 'message.token'));
  if (code === 'UNREGISTERED' || isNoToken) return { outcome: 'refused', code, isDeadAddress: true };
  if (code === 'SENDER_ID_MISMATCH') return { outcome: 'refused', code };
  const byStatus = sentByStatus(reply, clock);
  return byStatus ? { ...byStatus, code } : { outcome: 'refused', code };
}
