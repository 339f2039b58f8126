import type { OutboundReply } from '../../../../platform/outbound/outbound.ts';
import type { Parcel } from '../../part.ts';
import { type AdapterDoors, codeOf, type Provider, type Sent } from './adapter.ts';
import { jsonOf, sentByStatus } from './http.ts';
import { createKeptToken, NoToken, noTokenAs, type Token, withToken } from './kept-token.ts';

const paths = { template: '/cgi-bin/message/template/send', subscription: '/cgi-bin/message/subscribe/bizsend' } as const;
/** The token is no good, or not any more. */
const staleCodes: ReadonlySet<number> = new Set([40001, 40014, 41001, 42001]);
/** Busy, the day's or the minute's quota, the interface or the account closed, this machine not on the list. */
const accountsCodes: ReadonlySet<number> = new Set([-1, 40013, 40125, 40164, 45009, 45011, 48001, 48004, 50001, 50002, 61024]);
const tooQuick: ReadonlySet<number> = new Set([45009, 45011]);
/** Nobody has this open id here. One who does not follow, or refused this kind of notice, may do so again. */
const dead: ReadonlySet<number> = new Set([40003]);

/** Template messages and subscription notices of a WeChat official account. */
export const wechat: Provider = {
  key: 'wechat',
  addressSpace: ({ appId }) => appId,
  open(doors) {
    const { clock, outbound, values } = doors;
    const base = values.endpoint || 'https://api.weixin.qq.com';
    const post = (path: string, body: object): Promise<OutboundReply> =>
      outbound.send({ method: 'POST', url: `${base}${path}`, headers: { 'content-type': 'application/json; charset=utf-8' }, body: Buffer.from(JSON.stringify(body)) });
    const token = createKeptToken(clock, () => askToken(post, values));
    return {
      send: (parcel, go) => noTokenAs(async () => {
        if (!parcel.message.providerTemplate) return { outcome: 'refused', code: 'no_template' };
        await token.text();
        await go();
        const path = paths[values.messageKind as keyof typeof paths];
        const reply = await withToken(token, (text) => post(`${path}?access_token=${encodeURIComponent(text)}`, bodyOf(parcel, values)), (told) => staleCodes.has(Number(jsonOf(told).errcode)));
        return sentOf(reply, parcel, clock);
      }),
      show: async (parcel) => JSON.stringify(bodyOf(parcel, values), null, 2),
      close: () => {},
    };
  },
};

/** The same token for whoever asks: processes do not take it from each other. */
async function askToken(post: (path: string, body: object) => Promise<OutboundReply>, { appId, appSecret }: AdapterDoors['values']): Promise<Token> {
  const reply = await post('/cgi-bin/stable_token', { grant_type: 'client_credential', appid: appId, secret: appSecret, force_refresh: false });
  const { access_token: text, expires_in: seconds, errcode } = jsonOf(reply);
  if (typeof text !== 'string' || typeof seconds !== 'number') throw new NoToken(codeOf(typeof errcode === 'number' ? errcode : reply.status));
  return { text, forMs: seconds * 1_000 };
}

const bodyOf = ({ to, key, message: { providerTemplate, variables = {}, link } }: Parcel, { messageKind }: AdapterDoors['values']) => ({
  touser: to, template_id: providerTemplate,
  ...(link === undefined ? {} : messageKind === 'template' ? { url: link } : { page: link }),
  // It takes a message of the same id once within ten minutes.
  ...(messageKind === 'template' ? { client_msg_id: key.slice(0, 32) } : {}),
  data: Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, { value }])),
});

/** Errors come with status 200, as a number in the body. */
function sentOf(reply: OutboundReply, { key }: Parcel, clock: AdapterDoors['clock']): Sent {
  const { errcode, msgid } = jsonOf(reply);
  if (typeof errcode !== 'number') return sentByStatus(reply, clock) ?? { outcome: 'unknown', code: codeOf(reply.status), isAccountsFault: true };
  if (errcode === 0) return { outcome: 'taken', providerId: msgid === undefined ? key : String(msgid) };
  const code = codeOf(errcode);
  if (accountsCodes.has(errcode) || staleCodes.has(errcode)) return { outcome: 'later', code, isAccountsFault: true, isTooQuick: tooQuick.has(errcode) };
  return { outcome: 'refused', code, isDeadAddress: dead.has(errcode) };
}
