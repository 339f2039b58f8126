import type { IdentifierKind } from '../identifiers/kinds.ts';
import { looksPersonal } from '../identifiers/personal.ts';

/** Two stars whatever they hide, so that a mask does not tell a length. */
const stars = '**';

/** `王**`, `J**`: the first character of a name. */
export const maskName = (name: string): string => `${[...name][0] ?? ''}${stars}`;

/** `138****8000`, and `+44****0958` for a number of another country. */
export function maskPhone(phone: string): string {
  const chinese = /^\+86(1\d{2})\d{4}(\d{4})$/.exec(phone);
  if (chinese) return `${chinese[1]}****${chinese[2]}`;
  const landline = phone.startsWith('+86') ? `0${phone.slice(3)}` : phone;
  return `${landline.slice(0, 3)}****${landline.slice(-4)}`;
}

/** `z***@example.com`: the first character and where it is. */
export function maskEmail(email: string): string {
  const at = email.lastIndexOf('@');
  return `${[...email][0] ?? ''}***${at < 0 ? '' : email.slice(at)}`;
}

/** Anything else that is personal: its first two characters at most, and never more than a third of it. */
export const maskText = (text: string): string => `${text.slice(0, Math.min(2, Math.floor(text.length / 3)))}****`;

/** An identifier as everybody may see it. The shop's own numbers are shown, unless they are a phone or an address themselves. */
export function maskIdentifier(kind: IdentifierKind, value: string): string {
  if (kind === 'phone') return maskPhone(value);
  if (kind === 'email') return maskEmail(value);
  if (kind === 'unionid' || kind === 'openid' || looksPersonal(value)) return maskText(value);
  return value;
}
