import { z } from 'zod';
import { codeOf } from '../../adapters/adapter.ts';
import { type Hear, jsonIn, momentOf, type ToldReceipt, unreadable } from '../heard.ts';
import { meaningOf } from '../words.ts';

const text = z.union([z.string(), z.number()]).transform(String);
const report = z.object({ phone_number: text, success: z.boolean(), biz_id: z.string(), out_id: z.string().nullish(), report_time: z.string().nullish(), err_code: z.string().nullish(), sms_size: z.coerce.number().int().min(1).max(100).optional().catch(undefined) });
const reply = z.object({ phone_number: text, content: z.string(), send_time: z.string().nullish(), sequence_id: text.nullish() });
const both = z.array(z.union([report, reply])).max(1_000);

/** Codes of numbers that are none, are given up, or cannot take text messages. */
const dead: ReadonlySet<string> = new Set(['MK:0001', 'MI:0013', 'DB:0108', 'ID:0013', 'MOBILE_NOT_ON_SERVICE', 'UNDELIV_NUMBER', 'PHONE_NUMBER_NOT_EXIST']);

/** Delivery reports and replies of Alibaba Cloud's text messages, in batches, to the address of the account alone. */
export const hearAlisms: Hear = ({ body, now }) => {
  const read = both.safeParse(jsonIn(body));
  if (!read.success) throw unreadable();
  const told = read.data.map((one): ToldReceipt => {
    const address = numberOf(one.phone_number);
    if ('content' in one) {
      return { kind: meaningOf(one.content), id: `${one.sequence_id ?? one.send_time} ${address}`, messageIds: [], address, at: momentOf(one.send_time, now), isFinal: false, code: null };
    }
    const code = one.err_code ? codeOf(one.err_code) : null;
    return {
      kind: one.success ? 'delivered' : 'bounced', id: `${one.biz_id} ${address}`, messageIds: [one.biz_id, ...(one.out_id ? [one.out_id] : [])], address,
      at: momentOf(one.report_time, now), isFinal: !one.success && dead.has(one.err_code ?? ''), code, ...(one.sms_size === undefined ? {} : { parts: one.sms_size }),
    };
  });
  return { told, answer: { type: 'application/json', text: '{"code":0,"msg":"成功"}' } };
};

/** Numbers of mainland China come without their country, others with it and without a plus. */
const numberOf = (number: string): string => (/^1\d{10}$/.test(number) ? number : `+${number.replace(/^(?:\+|00)/, '')}`);
