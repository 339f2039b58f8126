import { failure } from './failure.ts';
import { halfWidth } from './half-width.ts';
import type { TextResult } from './text-result.ts';

const address = /^[^\s@<>(),;:"[\]\\]+@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+[\p{L}]{2,}$/u;

/** A mail address in lower case, as it is compared. 254 characters at most (RFC 5321). */
export function normaliseEmail(raw: string): TextResult {
  const text = halfWidth(raw)
    .trim()
    .replace(/^mailto:/i, '')
    .normalize('NFC')
    .toLowerCase();
  const sound = text.length <= 254 && address.test(text) && !/^\.|\.\.|\.@/.test(text);
  return sound ? { text } : { failure: failure.not_an_email };
}
