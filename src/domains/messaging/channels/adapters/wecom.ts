import { z } from 'zod';
import type { OutboundReply } from '../../../../platform/outbound/outbound.ts';
import type { Parcel } from '../../part.ts';
import { type AdapterDoors, codeOf, type Provider, type Sent } from './adapter.ts';
import { createGathering } from './gathering.ts';
import { jsonOf, sentByStatus } from './http.ts';
import { readResults } from './wecom-results.ts';
import { createKeptToken, NoToken, noTokenAs, type Token, withToken } from './kept-token.ts';

/** What the platform allows in one task, and in how many bytes of words. */
export const wecomLimits = { peopleOfTask: 10_000, bytesOfText: 4_000 };

const staleCodes: ReadonlySet<number> = new Set([40014, 42001]);
const accountsCodes: ReadonlySet<number> = new Set([-1, 40001, 40056, 45009, 45033, 48002, 60020, 84061]);
const tooQuick: ReadonlySet<number> = new Set([45009, 45033]);
const dead: ReadonlySet<number> = new Set([40096]);

const told = z.object({ errcode: z.number(), msgid: z.string().optional(), fail_list: z.array(z.string()).default([]) });

/**
 * Mass messages of WeCom. The call makes a task for employees; customers get the message when they confirm it. People with the same
 * words are put into one task: an employee confirms once.
 */
export const wecom: Provider = {
  key: 'wecom',
  addressSpace: ({ corpId }) => corpId,
  together: 1_000,
  open(doors) {
    const { outbound, clock, values } = doors;
    const base = values.endpoint || 'https://qyapi.weixin.qq.com';
    const token = createKeptToken(clock, () => askToken(doors, base));
    const post = (text: string, body: object, path = 'add_msg_template'): Promise<OutboundReply> => outbound.send({
      method: 'POST', url: `${base}/cgi-bin/externalcontact/${path}?access_token=${encodeURIComponent(text)}`, headers: { 'content-type': 'application/json' }, body: Buffer.from(JSON.stringify(body)),
    });
    const tasks = createGathering<Parcel, Sent>({ most: wecomLimits.peopleOfTask, waitMs: 300, keyOf: (parcel) => JSON.stringify(contentOf(parcel)) }, async (parcels) => {
      const reply = await withToken(token, (text) => post(text, taskOf(parcels, values)), (answer) => staleCodes.has(Number(jsonOf(answer).errcode)));
      return sentOf(reply, parcels, clock);
    });
    return {
      send: (parcel, go) => noTokenAs(async () => {
        if (Buffer.byteLength(parcel.message.text) > wecomLimits.bytesOfText) return { outcome: 'refused', code: 'too_long' };
        await token.text();
        return tasks.add(parcel, go);
      }),
      show: async (parcel) => JSON.stringify(taskOf([parcel], values), null, 2),
      results: (providerIds, now) => readResults((path, body) => withToken(token, (text) => post(text, body, path), (answer) => staleCodes.has(Number(jsonOf(answer).errcode))), providerIds, now),
      close: () => {},
    };
  },
};

async function askToken({ outbound, values: { corpId, corpSecret } }: AdapterDoors, base: string): Promise<Token> {
  const reply = await outbound.send({ method: 'GET', url: `${base}/cgi-bin/gettoken?corpid=${encodeURIComponent(corpId)}&corpsecret=${encodeURIComponent(corpSecret)}`, headers: {} });
  const { access_token: text, expires_in: seconds, errcode } = jsonOf(reply);
  if (typeof text !== 'string' || typeof seconds !== 'number') throw new NoToken(codeOf(typeof errcode === 'number' ? errcode : reply.status));
  return { text, forMs: seconds * 1_000 };
}

const contentOf = ({ message: { text, subject, link } }: Parcel) => ({
  text: { content: text },
  ...(link === undefined ? {} : { attachments: [{ msgtype: 'link', link: { title: (subject || text).slice(0, 60), url: link } }] }),
});

const taskOf = (parcels: readonly Parcel[], { employee }: AdapterDoors['values']) => ({
  chat_type: 'single', external_userid: parcels.map(({ to }) => to), ...(employee === '' ? {} : { sender: employee }), ...contentOf(parcels[0]),
});

/** Errors come with status 200. Who is on the list of failures has had enough this month, or is no contact any more. */
function sentOf(reply: OutboundReply, parcels: readonly Parcel[], clock: AdapterDoors['clock']): Sent[] {
  const read = told.safeParse(jsonOf(reply));
  if (!read.success) return parcels.map(() => sentByStatus(reply, clock) ?? { outcome: 'unknown', code: codeOf(reply.status), isAccountsFault: true });
  const { errcode, msgid = '', fail_list: failed } = read.data;
  const code = codeOf(errcode);
  if (errcode === 0 || failed.length > 0) {
    const failures = new Set(failed);
    return parcels.map(({ to }) => (failures.has(to) ? { outcome: 'refused', code: 'fail_list' } : errcode === 0 ? { outcome: 'taken', providerId: `${msgid} ${to}` } : { outcome: 'later', code }));
  }
  if (accountsCodes.has(errcode) || staleCodes.has(errcode)) return parcels.map(() => ({ outcome: 'later', code, isAccountsFault: true, isTooQuick: tooQuick.has(errcode) }));
  return parcels.map(() => ({ outcome: 'refused', code, isDeadAddress: dead.has(errcode) }));
}
