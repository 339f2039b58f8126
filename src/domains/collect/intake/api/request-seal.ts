import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import { deriveKey } from '../../../../platform/secrets.ts';

/** Keeps requests unreadable on disk while they wait to become facts: they hold names, phones and addresses as sent. */
export interface RequestSeal {
  /** Encrypts the compressed body of a request. */
  seal(packed: Uint8Array): Buffer;
  /** What `seal` was given. Throws where it was sealed under another secret, or is damaged. */
  open(sealed: Uint8Array): Uint8Array;
}

/** First byte of a sealed body. One from before bodies were sealed begins as zstd does, and is taken as it is. */
const gcm = 1;
const zstd = 0x28;
const saltBytes = 16;
const countBytes = 6;
const tagBytes = 16;
const countAt = 1 + saltBytes;
const tagAt = countAt + countBytes;
const bodyAt = tagAt + tagBytes;

/**
 * A seal over the deployment's secret. Requests come by the billion, more than one key may encrypt under random nonces
 * (NIST SP 800-38D, 8.3): so each process has a key of its own, derived from a salt that goes with the body, and counts.
 */
export function createRequestSeal(secret: string): RequestSeal {
  const keys = new Map<string, KeyObject>();
  const keyOf = (salt: Uint8Array): KeyObject => {
    const name = Buffer.from(salt).toString('hex');
    let key = keys.get(name);
    if (!key) {
      key = createSecretKey(deriveKey(secret, `collect.intake ${name}`));
      // Salts of processes long gone: few are ever waiting at once.
      if (keys.size >= 64) keys.clear();
      keys.set(name, key);
    }
    return key;
  };
  const salt = randomBytes(saltBytes);
  const ownKey = keyOf(salt);
  const nonce = Buffer.alloc(12);
  const nonceCountAt = nonce.length - countBytes;
  let count = 0;
  return {
    seal(packed) {
      nonce.writeUIntBE(count++, nonceCountAt, countBytes);
      const cipher = createCipheriv('aes-256-gcm', ownKey, nonce);
      const body = cipher.update(packed);
      cipher.final();
      return Buffer.concat([Buffer.of(gcm), salt, nonce.subarray(nonceCountAt), cipher.getAuthTag(), body]);
    },
    open(sealed) {
      if (sealed[0] === zstd) return sealed;
      if (sealed[0] !== gcm || sealed.length < bodyAt) throw new RangeError('not a sealed request');
      const its = Buffer.concat([Buffer.alloc(nonceCountAt), sealed.subarray(countAt, tagAt)]);
      const decipher = createDecipheriv('aes-256-gcm', keyOf(sealed.subarray(1, countAt)), its);
      decipher.setAuthTag(sealed.subarray(tagAt, bodyAt));
      const packed = decipher.update(sealed.subarray(bodyAt));
      decipher.final();
      return packed;
    },
  };
}
