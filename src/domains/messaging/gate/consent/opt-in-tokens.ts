import { createHmac, timingSafeEqual } from 'node:crypto';
import { deriveKey } from '../../../../platform/secrets.ts';

/** 96 bits of an HMAC-SHA-256 (RFC 2104, section 5) behind the number: nobody confirms for somebody else by counting. */
const tagBytes = 12;

export const optInPath = '/m/d/';

/** What links of requests carry. */
export function createOptInTokens(secret: string) {
  const key = deriveKey(secret, 'messaging.opt-in');
  const tagOf = (body: Buffer): Buffer => createHmac('sha256', key).update(body).digest().subarray(0, tagBytes);
  return {
    seal(requestNo: number): string {
      const body = Buffer.alloc(4);
      body.writeUInt32BE(requestNo);
      return Buffer.concat([body, tagOf(body)]).toString('base64url');
    },
    /** Null for what was not sealed here. */
    open(text: string): number | null {
      const bytes = Buffer.from(text, 'base64url');
      if (bytes.length !== 4 + tagBytes || bytes.toString('base64url') !== text) return null;
      const body = bytes.subarray(0, 4);
      return timingSafeEqual(tagOf(body), bytes.subarray(4)) ? body.readUInt32BE() : null;
    },
  };
}
