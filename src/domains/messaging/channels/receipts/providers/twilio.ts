import { createHmac } from 'node:crypto';
import { codeOf } from '../../adapters/adapter.ts';
import { type Hear, isSame, notTheirs, type ReceiptCall } from '../heard.ts';
import { meaningOf } from '../words.ts';

/** Numbers that are none, or cannot take text messages. */
const dead: ReadonlySet<string> = new Set(['30003', '30005', '30006']);

/** Delivery reports and replies of Twilio, each a form that is signed with the account's token. */
export const hearTwilio: Hear = (call) => {
  const form = new URLSearchParams(call.body.toString('utf8'));
  demandSigned(call, form);
  const { now } = call;
  const sid = form.get('MessageSid') ?? '';
  const said = form.get('Body');
  const answer = { type: 'text/xml', text: '<Response></Response>' };
  const status = form.get('MessageStatus');
  if (said !== null && status === null) return { told: [{ kind: meaningOf(said), id: sid, messageIds: [], address: form.get('From'), at: now, isFinal: false, code: null }], answer };
  if (status !== 'delivered' && status !== 'undelivered' && status !== 'failed') return { told: [], answer };
  const error = form.get('ErrorCode');
  return {
    told: [{ kind: status === 'delivered' ? 'delivered' : 'bounced', id: sid, messageIds: [sid], address: form.get('To'), at: now, isFinal: dead.has(error ?? ''), code: error ? codeOf(error) : null }], answer,
  };
};

/** Over the address it was sent to and all fields in the order of their names. A proxy in front of the program may have taken off the encryption. */
function demandSigned({ headers, address, account: { secrets } }: ReceiptCall, form: URLSearchParams): void {
  const fields = [...form].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([name, value]) => name + value).join('');
  const given = headers['x-twilio-signature'] ?? '';
  const signatures = ['https://', 'http://'].map((scheme) => createHmac('sha1', secrets.authToken).update(scheme + address + fields).digest('base64'));
  if (!signatures.some((signature) => isSame(signature, given))) throw notTheirs();
}
