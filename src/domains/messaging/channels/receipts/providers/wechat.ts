import { createDecipheriv, createHash } from 'node:crypto';
import { codeOf } from '../../adapters/adapter.ts';
import { type Hear, isSame, momentOf, notTheirs, type ReceiptCall, type ToldReceipt, unreadable } from '../heard.ts';
import { meaningOf } from '../words.ts';

/** One element of a flat XML message, as WeChat and WeCom write them; what is nested is not looked into. */
export function elementOf(xml: string, name: string): string | null {
  const found = new RegExp(`<${name}>\\s*(?:<!\\[CDATA\\[([\\s\\S]*?)\\]\\]>|([^<]*))\\s*</${name}>`).exec(xml);
  return found ? (found[1] ?? found[2]) : null;
}

const signed = (...parts: string[]): string => createHash('sha1').update(parts.sort().join('')).digest('hex');

/** The message in its clear form: signed by the token as it is, or encrypted and signed with what it is. */
export function openMessage({ query, body, account: { secrets } }: ReceiptCall): string {
  const { callbackToken = '', encodingKey = '' } = secrets;
  if (callbackToken === '') throw notTheirs();
  const { timestamp = '', nonce = '', signature = '', msg_signature: encryptedSignature = '', echostr = '' } = query;
  const xml = body.toString('utf8');
  const encrypted = body.length > 0 ? elementOf(xml, 'Encrypt') : encryptedSignature === '' ? null : echostr;
  if (encrypted === null) {
    if (!isSame(signed(callbackToken, timestamp, nonce), signature)) throw notTheirs();
    return body.length > 0 ? xml : echostr;
  }
  if (!isSame(signed(callbackToken, timestamp, nonce, encrypted), encryptedSignature)) throw notTheirs();
  return decrypted(encrypted, encodingKey);
}

/** AES-256-CBC with the key's beginning as its vector; 16 random bytes and the length stand before the text, whose it is behind it. */
function decrypted(text: string, encodingKey: string): string {
  try {
    const key = Buffer.from(`${encodingKey}=`, 'base64');
    const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
    const open = Buffer.concat([decipher.update(text, 'base64'), decipher.final()]);
    const length = open.readUInt32BE(16);
    if (length > open.length - 20) throw unreadable();
    return open.subarray(20, 20 + length).toString('utf8');
  } catch {
    throw unreadable();
  }
}

/** Events of an official account: template messages that arrived or did not, words and leaving of followers. */
export const hearWechat: Hear = (call) => {
  const text = openMessage(call);
  if (call.method === 'GET') return { told: [], answer: { type: 'text/plain', text } };
  return { told: toldBy(text, call.now), answer: { type: 'text/plain', text: 'success' } };
};

function toldBy(xml: string, now: Date): ToldReceipt[] {
  const address = elementOf(xml, 'FromUserName');
  const seconds = Number(elementOf(xml, 'CreateTime'));
  const at = momentOf(Number.isFinite(seconds) && seconds > 0 ? new Date(seconds * 1_000).toISOString() : null, now);
  const base = { address, at, isFinal: false, code: null };
  const kind = elementOf(xml, 'MsgType');
  if (kind === 'text') return [{ ...base, kind: meaningOf(elementOf(xml, 'Content') ?? ''), id: elementOf(xml, 'MsgId') ?? `${seconds} ${address ?? ''}`, messageIds: [] }];
  const event = elementOf(xml, 'Event');
  if (event === 'TEMPLATESENDJOBFINISH') {
    const messageId = elementOf(xml, 'MsgID') ?? '';
    const status = elementOf(xml, 'Status') ?? '';
    return [{ ...base, kind: status === 'success' ? 'delivered' : 'bounced', id: messageId, messageIds: [messageId], code: status === 'success' ? null : codeOf(status) }];
  }
  // Of a subscription notice; its id is not always told when it is sent.
  if (event === 'subscribe_msg_sent_event') {
    const messageId = elementOf(xml, 'MsgID') ?? '';
    const status = elementOf(xml, 'ErrorCode') ?? '';
    return [{ ...base, kind: status === '0' ? 'delivered' : 'bounced', id: messageId, messageIds: [messageId], isOfLast: true, code: status === '0' ? null : codeOf(status) }];
  }
  if (event === 'unsubscribe') return [{ ...base, kind: 'stop', id: `unsubscribe ${seconds} ${address ?? ''}`, messageIds: [], code: 'unfollow' }];
  return [];
}
