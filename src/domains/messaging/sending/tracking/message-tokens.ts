import { createHmac, createSecretKey, timingSafeEqual } from 'node:crypto';
import { deriveKey } from '../../../../platform/secrets.ts';
import type { MessageOf } from '../../part.ts';

/** What an address in a message is for: none can be used as another. */
export const tokenKinds = ['click', 'open', 'unsubscribe', 'preferences'] as const;
export type TokenKind = (typeof tokenKinds)[number];

/** What an address in a message says of it. */
export interface MessageToken extends MessageOf {
  /** The place of the person's arm among those of the run. */
  arm: number;
  /** Of a link among those of the template; 0 for what is no link. */
  position: number;
}

export interface MessageTokens {
  /** `target` is covered by the signature where it goes beside the token in the same address. */
  seal(kind: TokenKind, token: MessageToken, target?: string): string;
  /** What was sealed; null for anything else, in a time that does not tell how much of it was right. */
  open(kind: TokenKind, text: string, target?: string): MessageToken | null;
}

/** 64 bits of an HMAC-SHA-256 (RFC 2104, section 5): whoever guesses has to ask for each guess, and a link has to fit into a text message. */
const tagBytes = 8;
/** Four numbers of at most five bytes and an occasion of 100 characters. */
const lengthMax = 450;

/** Signed with a key of this deployment: nothing is stored of an address in a message, and nothing in it can be changed. */
export function createMessageTokens(secret: string): MessageTokens {
  // As a key object it is six times as quick to use as its bytes are: a mail has some five addresses.
  const key = createSecretKey(deriveKey(secret, 'messaging.message-tokens'));
  const tagOf = (kind: TokenKind, body: Uint8Array, target: string): Buffer =>
    createHmac('sha256', key).update(Uint8Array.of(tokenKinds.indexOf(kind), body.length)).update(body).update(target).digest().subarray(0, tagBytes);
  return {
    seal(kind, { runNo, customerNo, arm, position, occasion }, target = '') {
      const body = Buffer.concat([numbersAsBytes([runNo, customerNo, arm, position]), Buffer.from(occasion)]);
      return Buffer.concat([body, tagOf(kind, body, target)]).toString('base64url');
    },
    open(kind, text, target = '') {
      if (text.length > lengthMax) return null;
      const bytes = Buffer.from(text, 'base64url');
      // Other texts stand for the same bytes; only the one that was made is taken.
      if (bytes.length <= tagBytes || bytes.toString('base64url') !== text) return null;
      const body = bytes.subarray(0, -tagBytes);
      if (!timingSafeEqual(tagOf(kind, body, target), bytes.subarray(-tagBytes))) return null;
      const { numbers: [runNo, customerNo, arm, position], end } = numbersFromBytes(body, 4);
      return { runNo, customerNo, arm, position, occasion: body.toString('utf8', end) };
    },
  };
}

/** Whole numbers below 2^31, seven bits a byte: LEB128. */
function numbersAsBytes(numbers: readonly number[]): Buffer {
  const bytes: number[] = [];
  for (const number of numbers) {
    let rest = number;
    for (; rest > 127; rest >>>= 7) bytes.push(128 | (rest & 127));
    bytes.push(rest);
  }
  return Buffer.from(bytes);
}

function numbersFromBytes(bytes: Uint8Array, count: number): { numbers: number[]; end: number } {
  const numbers: number[] = [];
  let end = 0;
  while (numbers.length < count) {
    let number = 0;
    for (let shift = 0, byte = 128; byte > 127; shift += 7) {
      byte = bytes[end++];
      number |= (byte & 127) << shift;
    }
    numbers.push(number);
  }
  return { numbers, end };
}
