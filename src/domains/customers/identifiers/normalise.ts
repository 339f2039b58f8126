import { halfWidth } from '../../../kernel/half-width.ts';
import type { IdentifierKind } from './kinds.ts';

/** Why a text is not an identifier of its kind; a stable name, the sentence is the caller's. */
export type Refusal =
  | 'phone_masked'
  | 'damaged_by_spreadsheet'
  | 'not_a_phone'
  | 'not_an_email'
  | 'identifier_empty'
  | 'identifier_too_long';

export type Normalised = { text: string } | { refusal: Refusal };

const plainMobile = /^1[3-9]\d{9}$/;
/** Area code and number of a Chinese landline: 010-12345678, 0755-1234567. */
const landline = /^0(?:(?:10|2\d)\d{8}|[3-9]\d{2}\d{7,8})$/;
const foreign = /^\+[1-9]\d{6,14}$/;
/** A number that says it is Chinese and cannot be: of the wrong length, or a mobile short of digits. */
const brokenChinese = /^\+86(?!\d{9,11}$)|^\+861\d{0,9}$/;

/**
 * A phone number in E.164. Without a country code it is Chinese: `138 0013 8000`, `+86-138…`,
 * `0086…`, `86138…` and full-width digits are all `+8613800138000`; a landline keeps its area code.
 */
export function normalisePhone(raw: string): Normalised {
  if (plainMobile.test(raw)) return { text: `+86${raw}` };
  const text = halfWidth(raw).trim();
  if (text === '') return { refusal: 'identifier_empty' };
  if (/^[\d+ -]*\*[\d* -]*$/.test(text)) return { refusal: 'phone_masked' };
  if (/^\d(\.\d+)?e\+\d+$/i.test(text)) return { refusal: 'damaged_by_spreadsheet' };
  // A spreadsheet makes a float of a column of numbers with gaps: 13800138000.0
  const digits = text.replace(/\.0+$/, '').replace(/^tel:/i, '').replace(/[\s()./-]/g, '').replace(/^00/, '+');
  const chinese = digits.replace(/^\+?86(?=1[3-9]\d{9}$|0\d{9,11}$)/, '');
  if (plainMobile.test(chinese)) return { text: `+86${chinese}` };
  if (landline.test(chinese)) return { text: `+86${chinese.slice(1)}` };
  if (foreign.test(digits) && !brokenChinese.test(digits)) return { text: digits };
  return { refusal: 'not_a_phone' };
}

const address = /^[^\s@<>(),;:"[\]\\]{1,64}@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+\p{L}{2,}$/u;

/** A mail address in lower case, as it is compared; at most 254 characters (RFC 5321). */
export function normaliseEmail(raw: string): Normalised {
  const text = halfWidth(raw).trim().replace(/^mailto:/i, '').normalize('NFC').toLowerCase();
  if (text === '') return { refusal: 'identifier_empty' };
  const sound = text.length <= 254 && address.test(text) && !/^\.|\.\.|\.@/.test(text);
  return sound ? { text } : { refusal: 'not_an_email' };
}

const longest = 200;

/** A number given by a shop or an app: composed, without NUL and the space around it, else as it is. */
export function normaliseText(raw: string): Normalised {
  const text = raw.replaceAll('\0', '').toWellFormed().normalize('NFC').trim();
  if (text === '') return { refusal: 'identifier_empty' };
  return text.length <= longest ? { text } : { refusal: 'identifier_too_long' };
}

/** The one form in which an identifier of a kind is compared and kept. */
export function normaliseIdentifier(kind: IdentifierKind, raw: string): Normalised {
  if (kind === 'phone') return normalisePhone(raw);
  if (kind === 'email') return normaliseEmail(raw);
  return normaliseText(raw);
}
