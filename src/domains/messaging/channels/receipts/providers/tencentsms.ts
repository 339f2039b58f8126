import { z } from 'zod';
import { codeOf } from '../../adapters/adapter.ts';
import { type Hear, jsonIn, momentOf, type ToldReceipt, unreadable } from '../heard.ts';
import { meaningOf } from '../words.ts';

const text = z.union([z.string(), z.number()]).transform(String);
const report = z.object({ mobile: text, nationcode: text.default('86'), report_status: z.string(), sid: z.string(), errmsg: z.string().nullish(), user_receive_time: z.string().nullish() });
const reply = z.object({ mobile: text, nationcode: text.default('86'), text: z.string(), time: z.number().nullish() });
const reports = z.array(report).max(1_000);

/** Words of Tencent's codes for numbers that are none. */
const dead: ReadonlySet<string> = new Set(['UNDELIV', 'NOEXIST', 'MK:0001', 'MI:0013', 'PHONE_NOT_EXIST']);

/** Delivery reports (in batches) and replies (one by one) of Tencent Cloud's text messages. */
export const hearTencentsms: Hear = ({ body, now }) => {
  const given = jsonIn(body);
  return { told: toldBy(given, now), answer: { type: 'application/json', text: '{"result":0,"errmsg":"OK"}' } };
};

function toldBy(given: unknown, now: Date): ToldReceipt[] {
  const said = reply.safeParse(given);
  if (said.success) {
    const { mobile, nationcode, text: words, time } = said.data;
    const address = numberOf(nationcode, mobile);
    return [{ kind: meaningOf(words), id: `${time ?? ''} ${address}`, messageIds: [], address, at: momentOf(time ? new Date(time * 1_000).toISOString() : null, now), isFinal: false, code: null }];
  }
  const read = reports.safeParse(given);
  if (!read.success) throw unreadable();
  return read.data.map(({ mobile, nationcode, report_status: status, sid, errmsg, user_receive_time: at }): ToldReceipt => {
    const isDelivered = status === 'SUCCESS';
    return {
      kind: isDelivered ? 'delivered' : 'bounced', id: sid, messageIds: [sid], address: numberOf(nationcode, mobile), at: momentOf(at, now),
      isFinal: !isDelivered && dead.has(errmsg ?? ''), code: isDelivered || !errmsg ? null : codeOf(errmsg),
    };
  });
}

const numberOf = (nation: string, mobile: string): string => `+${nation.replace(/^\+/, '')}${mobile}`;
