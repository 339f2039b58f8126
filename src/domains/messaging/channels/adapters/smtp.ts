import { finished } from 'node:stream/promises';
import DKIM from 'nodemailer/lib/dkim';
import { Problem } from '../../../../kernel/problem.ts';
import type { MailServer } from '../../../../platform/mail/contract.ts';
import { createMailSessions } from '../../../../platform/mail/sessions.ts';
import type { SmtpOptions } from '../../../../platform/mail/smtp.ts';
import { createGuard, systemResolve } from '../../../../platform/outbound/guard.ts';
import type { Parcel } from '../../part.ts';
import { verpAddress } from '../receipts/bounce-address.ts';
import { type AdapterDoors, codeOf, type Provider, type Sent } from './adapter.ts';
import { messageIdOf, mimeOf, shownMail } from './mime.ts';

/** Mail by any server that speaks SMTP, over sessions that are kept. */
export const smtp: Provider = {
  key: 'smtp',
  open({ values, outboundAllow, timeoutMs, mark }) {
    const options: SmtpOptions = { guard: createGuard(outboundAllow, systemResolve), server: serverOf(values), timeoutMs };
    const sessions = createMailSessions(options);
    return {
      async send(parcel, go) {
        const content = await contentOf(parcel, values);
        try {
          await sessions.send({ from: values.bounceAddress === '' ? values.fromAddress : verpAddress(values.bounceAddress, parcel.key, mark(parcel.key)), to: parcel.to, content, beforeContent: go });
          return { outcome: 'taken', providerId: messageIdOf(parcel, values) };
        } catch (error) {
          return sentOf(error, messageIdOf(parcel, values));
        }
      },
      show: async (parcel) => shownMail(parcel, await contentOf(parcel, values)),
      close: sessions.close,
    };
  },
};

const serverOf = (values: AdapterDoors['values']): SmtpOptions['server'] => ({
  host: values.host, port: Number(values.port), security: values.security as MailServer['security'], user: values.user, password: values.password === '' ? null : values.password,
  fromAddress: values.fromAddress, fromName: values.fromName, siteAddress: '',
});

/** Signed where there is a key (RFC 6376); the way out of RFC 8058 is under the signature. */
async function contentOf(parcel: Parcel, values: AdapterDoors['values']): Promise<Buffer> {
  const content = mimeOf(parcel, values);
  return values.dkimKey === '' ? content : signed(content, values);
}

async function signed(content: Buffer, { dkimDomain, dkimSelector, dkimKey }: AdapterDoors['values']): Promise<Buffer> {
  const stream = new DKIM({ domainName: dkimDomain, keySelector: dkimSelector, privateKey: dkimKey }).sign(content);
  const chunks: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => void chunks.push(chunk));
  await finished(stream);
  return Buffer.concat(chunks);
}

/** Statuses that say that the mailbox is not there and will not be (RFC 3463, 3.2 and 3.3). */
const deadStatus = /\b5\.(?:1\.(?:1|2|3|6|10)|2\.1)\b/;
/** Answers about the session or the sender, whoever the message is for (RFC 5321, 4.2.3). */
const accountsReply = /^(?:421|454|503|530|535)/;

function sentOf(error: unknown, providerId: string): Sent {
  if (!(error instanceof Problem)) throw error;
  const reply = typeof error.params.reply === 'string' ? error.params.reply : '';
  if (error.code === 'platform.mail_unknown') return { outcome: 'unknown', providerId, code: 'no_answer', isAccountsFault: true };
  const isAccountsFault = accountsReply.test(reply) || error.params.step === 'MAIL FROM';
  if (error.code === 'platform.mail_deferred') return { outcome: 'later', code: codeOf(reply), isAccountsFault };
  if (error.code !== 'platform.mail_refused') throw error;
  if (isAccountsFault) return { outcome: 'later', code: codeOf(reply), isAccountsFault };
  return { outcome: 'refused', code: codeOf(reply), isDeadAddress: deadStatus.test(reply) };
}
