import { z } from 'zod';
import type { Receipt } from '../../../part.ts';
import { codeOf } from '../../adapters/adapter.ts';
import { type Hear, jsonIn, momentOf, type ToldReceipt, unreadable } from '../heard.ts';

const text = z.union([z.string(), z.number()]).transform(String);
/** An event of EventBridge (CloudEvents), whole, as its rules hand it to an address of ours. What people did in their mailboxes names its parts otherwise. */
const event = z.object({
  id: z.string().max(200), type: z.string().max(100), time: z.string().optional(),
  data: z.object({ env_id: text.optional(), envid: text.optional(), rcpt: z.string().max(320).optional(), block_email: z.string().max(320).optional(), status: text.optional(), failed_type: z.string().optional() }),
});
type Told = z.output<typeof event>;

const kinds: Record<string, Receipt['kind']> = {
  'dm:Deliver:Succeed': 'delivered', 'dm:Deliver:Fail': 'bounced', 'dm:Feedback:FblReport': 'complained', 'dm:Feedback:UnSubscribe': 'stop', 'dm:Trace:Open': 'opened', 'dm:Trace:Click': 'clicked',
};
const deadAddress = '2';

/** What DirectMail tells by EventBridge: deliveries, bounces, complaints and refusals, to the address of the account alone. */
export const hearDirectmail: Hear = ({ body, now }) => {
  const given = jsonIn(body);
  const read = z.array(event).max(1_000).safeParse(Array.isArray(given) ? given : [given]);
  if (!read.success) throw unreadable();
  return { told: read.data.flatMap((one) => toldBy(one, now)) };
};

function toldBy({ id, type, time, data }: Told, now: Date): ToldReceipt[] {
  const kind = kinds[type];
  if (kind === undefined) return [];
  const messageId = data.env_id ?? data.envid;
  const isBounce = kind === 'bounced';
  return [{
    kind, id, messageIds: messageId === undefined ? [] : [messageId], address: data.rcpt ?? data.block_email ?? null, at: momentOf(time, now),
    isFinal: isBounce && data.status === deadAddress, code: isBounce ? codeOf(data.failed_type ?? data.status ?? 'failed') : null, isOfLast: messageId === undefined,
  }];
}
