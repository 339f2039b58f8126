import { createHash, sign } from 'node:crypto';
import { type ClientHttp2Session, connect, constants } from 'node:http2';
import { connect as connectPlainly, isIP } from 'node:net';
import { connect as connectSecurely } from 'node:tls';
import { Problem } from '../../../../kernel/problem.ts';
import { asOutboundProblem, createGuard, systemResolve } from '../../../../platform/outbound/guard.ts';
import type { Parcel } from '../../part.ts';
import { type AdapterDoors, codeOf, type Provider, type Sent } from './adapter.ts';
import { keyOf } from './fcm.ts';
import { createKeptToken, noTokenAs, type Token, withToken } from './kept-token.ts';

const hosts = { production: 'https://api.push.apple.com', sandbox: 'https://api.sandbox.push.apple.com' } as const;
/** Apple takes a token for an hour, and not a new one more often than every twenty minutes. */
const tokenMs = 3_600_000;

interface Reply {
  status: number;
  reason: string;
  retryAfterMs: number | undefined;
}

const deadReasons: ReadonlySet<string> = new Set(['BadDeviceToken', 'Unregistered', 'DeviceTokenNotForTopic', 'ExpiredToken']);
const staleReasons: ReadonlySet<string> = new Set(['ExpiredProviderToken']);

/** App push by Apple: one connection of HTTP/2 that is kept. */
export const apns: Provider = {
  key: 'apns',
  addressSpace: ({ topic }) => `apns:${topic}`,
  open(doors) {
    const { values, clock } = doors;
    const token = createKeptToken(clock, async () => newToken(values, clock.now()));
    const line = createLine(doors, values.endpoint || hosts[values.environment as keyof typeof hosts]);
    return {
      send: (parcel, go) => noTokenAs(async () => {
        const body = Buffer.from(JSON.stringify(payloadOf(parcel)));
        await line.open();
        await go();
        const post = (text: string): Promise<Reply> => line.post(`/3/device/${encodeURIComponent(parcel.to)}`, {
          authorization: `bearer ${text}`, 'apns-topic': values.topic, 'apns-push-type': 'alert', 'apns-priority': '10', 'apns-id': idOf(parcel.key),
        }, body);
        return sentOf(await withToken(token, post, ({ reason }) => staleReasons.has(reason)), parcel);
      }),
      show: async (parcel) => JSON.stringify(payloadOf(parcel), null, 2),
      close: line.close,
    };
  },
};

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A token by the team's key (RFC 7519, ES256). */
function newToken({ teamId, keyId, signingKey }: AdapterDoors['values'], now: Date): Token {
  const said = `${part({ alg: 'ES256', kid: keyId })}.${part({ iss: teamId, iat: Math.floor(now.getTime() / 1_000) })}`;
  return { text: `${said}.${sign('sha256', Buffer.from(said), { key: keyOf(signingKey), dsaEncoding: 'ieee-p1363' }).toString('base64url')}`, forMs: tokenMs };
}

/** The form of a UUID that Apple wants, the same for every attempt of a message. */
const idOf = (key: string): string => {
  const hex = createHash('sha256').update(key).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
};

const payloadOf = ({ key, message: { subject, text, link } }: Parcel) => ({
  aps: { alert: { ...(subject === undefined ? {} : { title: subject }), body: text }, sound: 'default' }, key, ...(link === undefined ? {} : { link }),
});

function sentOf({ status, reason, retryAfterMs }: Reply, { key }: Parcel): Sent {
  if (status === 200) return { outcome: 'taken', providerId: idOf(key) };
  const code = codeOf(reason || status);
  if (status === 410 || deadReasons.has(reason)) return { outcome: 'refused', code, isDeadAddress: true };
  // Too much for one device is about the message; of the provider's token it is about the account.
  if (reason === 'TooManyRequests') return { outcome: 'later', code };
  if (status === 429) return { outcome: 'later', code, isAccountsFault: true, isTooQuick: true };
  if (status === 403 || status >= 500) return { outcome: 'later', code, isAccountsFault: true, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
  return { outcome: 'refused', code };
}

/** A connection that is opened when it is needed and kept while it lives. */
function createLine({ outboundAllow, timeoutMs }: AdapterDoors, base: string) {
  const url = new URL(base);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const isPlain = url.protocol === 'http:';
  const guard = createGuard(outboundAllow, systemResolve);
  let session: ClientHttp2Session | null = null;
  let opening: Promise<ClientHttp2Session> | null = null;
  const openNow = (): Promise<ClientHttp2Session> => new Promise((done, fail) => {
    guard.demandAddress(host, isPlain);
    const where = { host, port: Number(url.port || (isPlain ? 80 : 443)), lookup: guard.lookup(isPlain) };
    const socket = isPlain ? connectPlainly(where) : connectSecurely({ ...where, ALPNProtocols: ['h2'], ...(isIP(host) === 0 ? { servername: host } : {}) });
    const opened = connect(url.origin, { createConnection: () => socket });
    const waiting = setTimeout(() => opened.destroy(Object.assign(new Error('late'), { code: 'ETIMEDOUT' })), timeoutMs);
    opened.once('remoteSettings', () => (clearTimeout(waiting), done(opened)));
    opened.on('error', fail);
    opened.once('close', () => {
      clearTimeout(waiting);
      if (session === opened) session = null;
      fail(Object.assign(new Error('closed'), { code: 'ECONNRESET' }));
    });
    opened.once('goaway', () => session === opened && (session = null));
  });
  const open = async (): Promise<ClientHttp2Session> => {
    if (session && !session.closed && !session.destroyed) return session;
    try {
      return (session = await (opening ??= openNow()));
    } catch (error) {
      throw asOutboundProblem(error, host, null);
    } finally {
      opening = null;
    }
  };
  return {
    open: async (): Promise<void> => void (await open()),
    async post(path: string, headers: Record<string, string>, body: Buffer): Promise<Reply> {
      const stream = (await open()).request({ [constants.HTTP2_HEADER_METHOD]: 'POST', [constants.HTTP2_HEADER_PATH]: path, ...headers });
      return new Promise((done, fail) => {
        let status = 0;
        let retryAfterMs: number | undefined;
        let text = '';
        stream.setTimeout(timeoutMs, () => stream.close(constants.NGHTTP2_CANCEL));
        stream.once('response', (told) => {
          status = Number(told[constants.HTTP2_HEADER_STATUS]);
          if (/^\d{1,6}$/.test(String(told['retry-after']))) retryAfterMs = Number(told['retry-after']) * 1_000;
        });
        stream.on('data', (chunk: Buffer) => void (text = (text + chunk.toString()).slice(0, 2_000)));
        // All of it was written: without an answer nobody can say what became of it, unless the server says that it looked at none of it.
        const refused = (): boolean => stream.rstCode === constants.NGHTTP2_REFUSED_STREAM;
        stream.once('error', () => fail(new Problem('platform.outbound_unreachable', { params: { host, reason: 'stream', mayHaveArrived: !refused() } })));
        stream.once('close', () => (status === 0 ? fail(new Problem('platform.outbound_timeout', { params: { host, seconds: timeoutMs / 1_000, mayHaveArrived: !refused() } })) : done({ status, reason: reasonOf(text), retryAfterMs })));
        stream.end(body);
      });
    },
    close: () => session?.destroy(),
  };
}

function reasonOf(text: string): string {
  const told = /"reason"\s*:\s*"(\w{1,60})"/.exec(text);
  return told?.[1] ?? '';
}
