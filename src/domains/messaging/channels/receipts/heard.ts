import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { Problem } from '../../../../kernel/problem.ts';
import { deriveKey } from '../../../../platform/secrets.ts';
import type { Receipt } from '../../part.ts';
import type { OpenAccount } from '../accounts/store.ts';

/** A request of a provider, or of a mail server. */
export interface ReceiptCall {
  method: string;
  query: Readonly<Record<string, string>>;
  headers: Readonly<Record<string, string | undefined>>;
  body: Buffer;
  /** What it was sent to, without the scheme: proxies in front of the program may have changed that. */
  address: string;
  account: OpenAccount;
  now: Date;
  /** Reads a key or a confirmation from an address of the provider's own. */
  fetch(url: string): Promise<string>;
  /** Whether a text carries this installation's mark. */
  isMarked(text: string, mark: string): boolean;
}

/** One thing that is told, as it came. */
export interface ToldReceipt {
  kind: Receipt['kind'];
  /** The same each time it is told. */
  id: string;
  /** By what the message may be known: the provider's id, or our key. */
  messageIds: string[];
  /** It names no message: it is about the last one that went to that address before. */
  isOfLast?: boolean;
  /** Where it went to, or who answered: never kept. */
  address: string | null;
  at: Date;
  isFinal: boolean;
  code: string | null;
  /** Of how many parts it is charged. */
  parts?: number;
}

export interface Heard {
  told: ToldReceipt[];
  /** What the provider wants to read; `ok` unless said. */
  answer?: { type: string; text: string };
}

/** Reads what a provider tells, after it was made sure that it is the provider. */
export type Hear = (call: ReceiptCall) => Heard | Promise<Heard>;

export const notTheirs = (): Problem => new Problem('messaging.receipt_not_signed', { status: 401 });
export const unreadable = (): Problem => new Problem('messaging.receipt_unreadable', { status: 400 });

/** In the time that any other text takes. */
export const isSame = (a: string, b: string): boolean => timingSafeEqual(createHash('sha256').update(a).digest(), createHash('sha256').update(b).digest());

const markLetters = 22;

/** A mark that only this installation makes, of one text for one purpose. */
export const markOf = (secret: string, purpose: string, text: string): string =>
  createHmac('sha256', deriveKey(secret, `messaging.${purpose}`)).update(text).digest('base64url').slice(0, markLetters);

/** Where a provider tells of an account's messages: an address that nobody can guess. */
export const receiptPath = (secret: string, accountNo: number): string => `/receipts/${accountNo}/${markOf(secret, 'receipts', String(accountNo))}`;

/** A moment as providers write it; now, where it cannot be read or lies ahead. */
export function momentOf(text: unknown, now: Date): Date {
  const at = typeof text === 'string' ? new Date(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(text) ? `${text.replace(' ', 'T')}+08:00` : text) : new Date(NaN);
  return Number.isNaN(at.getTime()) || at > now ? now : at;
}

/** JSON as it came; a 400 for what is none. */
export function jsonIn(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw unreadable();
  }
}
