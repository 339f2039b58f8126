import type { IdentifierKind } from './kinds.ts';
import { normaliseEmail, normalisePhone } from './normalise.ts';

const personalKinds: ReadonlySet<IdentifierKind> = new Set(['phone', 'email', 'unionid', 'openid']);

/** A resident's identity number: 17 digits and a digit or X, with a date of birth inside. */
const residentId = /^[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dX]$/i;

/** True for a text that is a mail address, a mobile number or a resident's identity number. */
export function looksPersonal(text: string): boolean {
  if (text.length < 6 || text.length > 254) return false;
  if (residentId.test(text)) return true;
  if (text.includes('@')) return 'text' in normaliseEmail(text);
  if (!/^[+\d(０-９]/.test(text)) return false;
  const phone = normalisePhone(text);
  return 'text' in phone && (/^\+861[3-9]\d{9}$/.test(phone.text) || text.startsWith('+'));
}

/** Bounded, so that a long text without an address costs no more than its length. */
const addressWithin = /[^\s@,;:<>]{1,64}@[^\s@,;:<>]{1,190}\.\p{L}{2,}/u;
const mobileWithin = /(?<!\d)(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)/;

/** True for a text that is personal data or has a mail address or a mobile number in it. */
export const mentionsPersonal = (text: string): boolean =>
  looksPersonal(text) || mobileWithin.test(text) || (text.includes('@') && addressWithin.test(text));

/** Filters of a list as the audit log may keep them for ever: a phone that someone typed into one is not among them. */
export const withoutPersonal = (filters: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(filters).map(([name, value]) =>
    [name, Array.isArray(value) ? value.map(veiled) : veiled(value)]));

const veiled = (value: unknown): unknown => (typeof value === 'string' && mentionsPersonal(value) ? '***' : value);

/**
 * True where an identifier is personal data and is kept encrypted. Phones, addresses and the ids
 * that WeChat gives a person are. External ids, member numbers and devices are numbers the shop
 * made up itself; a shop that uses a phone or an address as its customer number is seen by its form.
 */
export const isPersonal = (kind: IdentifierKind, value: string): boolean =>
  personalKinds.has(kind) || looksPersonal(value);
