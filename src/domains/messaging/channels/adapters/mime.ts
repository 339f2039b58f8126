import MimeNode from 'nodemailer/lib/mime-node';
import { encode, wrap } from 'nodemailer/lib/qp';
import type { Parcel } from '../../part.ts';
import type { AdapterDoors } from './adapter.ts';

/** The id of a message, the same for every attempt. */
export const messageIdOf = ({ key }: Pick<Parcel, 'key'>, { fromAddress }: AdapterDoors['values']): string => `<${key}@${fromAddress.split('@')[1]}>`;

/** The headers of the way out with one click (RFC 8058). */
export const unsubscribeHeaders = ({ unsubscribeUrl }: Pick<Parcel, 'unsubscribeUrl'>): Record<string, string> =>
  unsubscribeUrl === undefined ? {} : { 'List-Unsubscribe': `<${unsubscribeUrl}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' };

/**
 * A mail as it is sent (RFC 5322, RFC 2046). The library writes the headers; the bodies are encoded here in one go, which takes a tenth of what its
 * streams take.
 */
export function mimeOf(parcel: Parcel, values: AdapterDoors['values']): Buffer {
  const { to, locale, message: { subject = '', html, text }, purpose } = parcel;
  const mail = new MimeNode('multipart/alternative');
  mail.setHeader({
    From: { name: values.fromName, address: values.fromAddress }, To: { name: '', address: to }, Subject: subject,
    ...(values.replyTo === '' ? {} : { 'Reply-To': values.replyTo }),
    'Message-ID': messageIdOf(parcel, values), 'Content-Language': locale, 'X-Auto-Response-Suppress': 'OOF, AutoReply',
    ...(purpose === 'marketing' ? { Precedence: 'bulk' } : {}), ...unsubscribeHeaders(parcel),
  });
  const head = mail.buildHeaders();
  const parts = [['text/plain', text], ...(html === undefined ? [] : [['text/html', html]])];
  return Buffer.from([head, '', ...parts.flatMap(([type, body]) => [`--${mail.boundary}`, `Content-Type: ${type}; charset=utf-8`, ...encoded(body)]), `--${mail.boundary}--`, ''].join('\r\n'));
}

const isAscii = /^[\t\r\n -~]*$/;

/** Readable where it can be: filters distrust plain English in base64 (RFC 2045, sections 6.7 and 6.8). */
function encoded(body: string): string[] {
  const text = body.replace(/\r?\n/g, '\r\n');
  return isAscii.test(text)
    ? ['Content-Transfer-Encoding: quoted-printable', '', wrap(encode(text))]
    : ['Content-Transfer-Encoding: base64', '', Buffer.from(text).toString('base64').replace(/.{76}/g, '$&\r\n')];
}

/** A mail as somebody can read it, and below that exactly as it leaves. */
export const shownMail = ({ message: { subject = '', text } }: Parcel, content: Buffer): string => `${subject}\n\n${text}\n\n────\n${content.toString('utf8')}`;
