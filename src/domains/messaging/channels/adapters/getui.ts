import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { OutboundReply } from '../../../../platform/outbound/outbound.ts';
import type { Parcel } from '../../part.ts';
import { type AdapterDoors, codeOf, type Provider, type Sent } from './adapter.ts';
import { jsonOf, sentByStatus } from './http.ts';
import { createKeptToken, NoToken, noTokenAs, type Token, withToken } from './kept-token.ts';

const staleCode = 10_001;
/** The day's pushes, the frequency, the address of this machine, an account that is closed. */
const accountsCode = (code: number): boolean => (code >= 10_000 && code < 20_000) || code === 30_000 || code === 30_004;
const tooQuick: ReadonlySet<number> = new Set([10_004, 10_005]);
const unknownCid = 20_001;

/** App push on Android phones in China by Getui (个推), RestAPI v2. */
export const getui: Provider = {
  key: 'getui',
  addressSpace: ({ appId }) => `getui:${appId}`,
  keepsRepeatsAway: true,
  open(doors) {
    const { outbound, clock, values } = doors;
    const base = `${values.endpoint || 'https://restapi.getui.com'}/v2/${encodeURIComponent(values.appId)}`;
    const post = (path: string, body: object, token?: string): Promise<OutboundReply> =>
      outbound.send({ method: 'POST', url: base + path, headers: { 'content-type': 'application/json;charset=utf-8', ...(token === undefined ? {} : { token }) }, body: Buffer.from(JSON.stringify(body)) });
    const token = createKeptToken(clock, () => askToken(post, values, clock.now()));
    return {
      send: (parcel, go) => noTokenAs(async () => {
        await token.text();
        await go();
        return sentOf(await withToken(token, (text) => post('/push/single/cid', bodyOf(parcel), text), (reply) => jsonOf(reply).code === staleCode), parcel, clock);
      }),
      show: async (parcel) => JSON.stringify(bodyOf(parcel), null, 2),
      close: () => {},
    };
  },
};

const given = z.object({ code: z.literal(0), data: z.object({ token: z.string(), expire_time: z.coerce.number() }) });

async function askToken(post: (path: string, body: object) => Promise<OutboundReply>, { appKey, masterSecret }: AdapterDoors['values'], now: Date): Promise<Token> {
  const timestamp = String(now.getTime());
  const reply = await post('/auth', { sign: createHash('sha256').update(appKey + timestamp + masterSecret).digest('hex'), timestamp, appkey: appKey });
  const read = given.safeParse(jsonOf(reply));
  if (!read.success) throw new NoToken(codeOf(typeof jsonOf(reply).code === 'number' ? (jsonOf(reply).code as number) : reply.status));
  return { text: read.data.data.token, forMs: read.data.data.expire_time - now.getTime() };
}

const bodyOf = ({ to, key, message: { subject = '', text, link } }: Parcel) => ({
  // 10 to 32 letters, the same for every attempt: repeats are kept away by it.
  request_id: createHash('sha256').update(key).digest('hex').slice(0, 32),
  audience: { cid: [to] },
  push_message: { notification: { title: subject, body: text, ...(link === undefined ? { click_type: 'startapp' } : { click_type: 'url', url: link }) } },
});

const told = z.object({ code: z.number(), data: z.record(z.string(), z.record(z.string(), z.string())).optional() });

/** Errors come as a number in the body; and a push of code 0 may have been ignored. */
function sentOf(reply: OutboundReply, { to }: Parcel, clock: AdapterDoors['clock']): Sent {
  const read = told.safeParse(jsonOf(reply));
  if (!read.success) return sentByStatus(reply, clock) ?? { outcome: 'unknown', code: codeOf(reply.status), isAccountsFault: true };
  const { code, data = {} } = read.data;
  if (code !== 0) {
    if (accountsCode(code)) return { outcome: 'later', code: codeOf(code), isAccountsFault: true, isTooQuick: tooQuick.has(code) };
    return { outcome: 'refused', code: codeOf(code), isDeadAddress: code === unknownCid };
  }
  const [[taskId, byCid] = ['', {}]] = Object.entries(data);
  const status = byCid[to] ?? '';
  return status.startsWith('successed') && status !== 'successed_ignore' ? { outcome: 'taken', providerId: taskId } : { outcome: 'refused', code: codeOf(status || 'no_status') };
}
