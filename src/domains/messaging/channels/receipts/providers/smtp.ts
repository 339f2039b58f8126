import { codeOf } from '../../adapters/adapter.ts';
import { verpKeyOf } from '../bounce-address.ts';
import { type Hear, notTheirs, unreadable } from '../heard.ts';
import { readReport } from '../report.ts';

/**
 * A report that came to the bounce mailbox, handed on as it is (RFC 3464, RFC 5965). Mail can be forged: it is taken for one of ours by
 * the mark in the address that it came to.
 */
export const hearMail: Hear = ({ body, account: { settings }, now, isMarked }) => {
  const report = readReport(body.toString('latin1'));
  if (!report) throw unreadable();
  const key = verpKeyOf(settings.bounceAddress ?? '', report.to, isMarked);
  if (key === null) throw notTheirs();
  const messageIds = [`<${key}@${settings.fromAddress.split('@')[1]}>`];
  if (report.kind === 'complaint') return { told: [{ kind: 'complained', id: key, messageIds, address: report.recipient, at: now, isFinal: false, code: codeOf(report.type) }] };
  const { action, status, recipient } = report;
  if (action === 'delayed') return { told: [] };
  const isDelivered = action === 'delivered' || action === 'relayed' || action === 'expanded';
  // A mailbox that is full, or a server that is not there for days, may be well again.
  const isFinal = !isDelivered && /^5\.(?:1\.(?:1|2|3|6|10)|2\.1)$/.test(status);
  return { told: [{ kind: isDelivered ? 'delivered' : 'bounced', id: `${key} ${status}`, messageIds, address: recipient, at: now, isFinal, code: isDelivered ? null : codeOf(status) }] };
};
