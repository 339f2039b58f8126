import { createHmac, timingSafeEqual } from 'node:crypto';
import { deriveKey } from '../../../platform/secrets.ts';
import type { PageMode } from '../contract/member-page.ts';

/** What a link says, and the cookie it is exchanged for. */
export interface Pass {
  customerNo: number;
  /** Of the person when it was made: a higher one ends it. */
  epoch: number;
  mode: PageMode;
  /** In whole seconds. */
  expiresAt: Date;
}

/** A link cannot be used as a cookie, nor a cookie as a link. */
export type PassKind = 'link' | 'session';

export interface Passes {
  seal(kind: PassKind, pass: Pass): string;
  /** What was sealed, while it has not ended; null for anything else, in a time that does not tell how much of it was right. */
  open(kind: PassKind, text: string, now: Date): Pass | null;
}

const version = 1;
const bodyBytes = 15;
/** 128 bits of an HMAC-SHA-256 (RFC 2104, section 5; NIST SP 800-107, 5.3.4): a link stays short enough for a message. */
const tagBytes = 16;
const length = Math.ceil(((bodyBytes + tagBytes) * 8) / 6);

/** Signed with a key of this deployment: nothing is stored of a link, and nothing in it can be changed. */
export function createPasses(secret: string): Passes {
  const keys = { link: deriveKey(secret, 'membership.member-page.link'), session: deriveKey(secret, 'membership.member-page.session') };
  const tagOf = (kind: PassKind, body: Buffer): Buffer => createHmac('sha256', keys[kind]).update(body).digest().subarray(0, tagBytes);
  return {
    seal(kind, { customerNo, epoch, mode, expiresAt }) {
      const body = Buffer.alloc(bodyBytes);
      body.writeUInt8(version, 0);
      body.writeUInt8(mode === 'view' ? 1 : 0, 1);
      body.writeUInt32BE(customerNo, 2);
      body.writeUInt32BE(epoch, 6);
      body.writeUIntBE(Math.floor(expiresAt.getTime() / 1_000), 10, 5);
      return Buffer.concat([body, tagOf(kind, body)]).toString('base64url');
    },
    open(kind, text, now) {
      const bytes = Buffer.from(text, 'base64url');
      // Other texts stand for the same bytes; only the one that was made is taken.
      if (text.length !== length || bytes.length !== bodyBytes + tagBytes || bytes.toString('base64url') !== text) return null;
      const body = bytes.subarray(0, bodyBytes);
      if (!timingSafeEqual(tagOf(kind, body), bytes.subarray(bodyBytes)) || body[0] !== version) return null;
      const expiresAt = new Date(body.readUIntBE(10, 5) * 1_000);
      if (expiresAt <= now) return null;
      return { customerNo: body.readUInt32BE(2), epoch: body.readUInt32BE(6), mode: body[1] === 1 ? 'view' : 'own', expiresAt };
    },
  };
}
