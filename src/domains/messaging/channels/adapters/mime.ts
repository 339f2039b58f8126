import MailComposer from 'nodemailer/lib/mail-composer';
import type { Parcel } from '../../part.ts';
import type { AdapterDoors } from './adapter.ts';

/** The id of a message, the same for every attempt. */
export const messageIdOf = ({ key }: Pick<Parcel, 'key'>, { fromAddress }: AdapterDoors['values']): string => `<${key}@${fromAddress.split('@')[1]}>`;

/** The headers of the way out with one click (RFC 8058). */
export const unsubscribeHeaders = ({ unsubscribeUrl }: Pick<Parcel, 'unsubscribeUrl'>): Record<string, string> =>
  unsubscribeUrl === undefined ? {} : { 'List-Unsubscribe': `<${unsubscribeUrl}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' };

/** A mail as it is sent (RFC 5322, MIME). Nothing is read from files or fetched. */
export function mimeOf(parcel: Parcel, values: AdapterDoors['values']): Promise<Buffer> {
  const { to, locale, message: { subject = '', html, text }, purpose } = parcel;
  const composer = new MailComposer({
    from: { name: values.fromName, address: values.fromAddress }, to, subject, text, html,
    ...(values.replyTo === '' ? {} : { replyTo: values.replyTo }),
    messageId: messageIdOf(parcel, values),
    headers: { 'Content-Language': locale, 'X-Auto-Response-Suppress': 'OOF, AutoReply', ...(purpose === 'marketing' ? { Precedence: 'bulk' } : {}), ...unsubscribeHeaders(parcel) },
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return composer.compile().build();
}

/** A mail as somebody can read it, and below that exactly as it leaves. */
export const shownMail = ({ message: { subject = '', text } }: Parcel, content: Buffer): string => `${subject}\n\n${text}\n\n────\n${content.toString('utf8')}`;
