import type { OutboundReply } from '../../../../platform/outbound/outbound.ts';
import type { Parcel } from '../../part.ts';
import { type AdapterDoors, codeOf, type Provider } from './adapter.ts';
import { jsonOf, sentByStatus } from './http.ts';

/** Numbers that are none, are no mobile, or do not take messages at all. */
const dead: ReadonlySet<number> = new Set([21211, 21214, 21217, 21614]);
/** Whoever it is for: the sender is not ours, the queue is full, the account is closed. */
const accountsCodes: ReadonlySet<number> = new Set([20003, 20404, 21603, 21606, 21611, 21212, 21659, 30001, 30002]);
const unsubscribed = 21610;

/** Text messages by Twilio. */
export const twilio: Provider = {
  key: 'twilio',
  open: (doors) => ({
    async send(parcel, go) {
      await go();
      const reply = await call(doors, 'POST', '/Messages.json', formOf(parcel, doors.values));
      const { sid, code, num_segments: segments } = jsonOf(reply);
      if (reply.status === 201 && typeof sid === 'string') return { outcome: 'taken', providerId: sid, ...partsOf(segments) };
      if (typeof code !== 'number') return sentByStatus(reply, doors.clock) ?? { outcome: 'refused', code: codeOf(reply.status) };
      if (code === 20429) return { outcome: 'later', code: codeOf(code), isAccountsFault: true, isTooQuick: true };
      if (accountsCodes.has(code)) return { outcome: 'later', code: codeOf(code), isAccountsFault: true };
      return { outcome: 'refused', code: code === unsubscribed ? 'opted_out' : codeOf(code), isDeadAddress: dead.has(code) };
    },
    show: async (parcel) => [...formOf(parcel, doors.values)].map(([name, value]) => `${name}: ${value}`).join('\n'),
    close: () => {},
  }),
};

/** How many text messages it went as; by a messaging service that is not known yet and said to be none. */
const partsOf = (segments: unknown): { parts?: number } => (typeof segments === 'string' && /^[1-9]\d?$/.test(segments) ? { parts: Number(segments) } : {});

function call({ outbound, values: { accountSid, authToken, endpoint } }: AdapterDoors, method: 'GET' | 'POST', path: string, form?: URLSearchParams): Promise<OutboundReply> {
  const authorization = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`;
  const headers = { authorization, ...(form ? { 'content-type': 'application/x-www-form-urlencoded' } : {}) };
  const url = `${new URL(endpoint || 'https://api.twilio.com').origin}/2010-04-01/Accounts/${encodeURIComponent(accountSid)}${path}`;
  return outbound.send({ method, url, headers, ...(form ? { body: Buffer.from(form.toString()) } : {}) });
}

const formOf = ({ to, message: { text } }: Parcel, { from }: AdapterDoors['values']): URLSearchParams =>
  new URLSearchParams({ To: to, Body: text, ...(from.startsWith('MG') ? { MessagingServiceSid: from } : { From: from }) });
