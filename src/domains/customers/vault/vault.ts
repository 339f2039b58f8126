import { createCipheriv, createDecipheriv, createSecretKey, hash, randomFillSync } from 'node:crypto';
import { deriveKey } from '../../../platform/secrets.ts';
import { identifierKinds, type IdentifierKind } from '../identifiers/kinds.ts';
import { isPersonal } from '../identifiers/personal.ts';

/** Keeps personal values unreadable without the deployment's secret, and identifiers findable with it. */
export interface Vault {
  /** The keyed hash of a normalised identifier as a UUID's text: equal identifiers, equal hash. */
  hashOf(kind: IdentifierKind, namespace: string, value: string): string;
  /** What is stored of an identifier: encrypted where it is personal, else as it is. */
  seal(kind: IdentifierKind, namespace: string, value: string): Buffer;
  /** The value `seal` was given. Throws where it was stored under another kind, namespace or secret. */
  open(kind: IdentifierKind, namespace: string, sealed: Uint8Array): string;
  /** Encrypts any text for one purpose, for example `name`. */
  encrypt(purpose: string, text: string): Buffer;
  decrypt(purpose: string, sealed: Uint8Array): string;
}

/** First byte of what is stored: how the rest is to be read. A new key gets a new number. */
const asItIs = 0;
const gcm = 1;
const nonceBytes = 12;
const tagBytes = 16;

/** The vault over the keys of one deployment. */
export function createVault(secret: string): Vault {
  const macKey = deriveKey(secret, 'customers.identifier-hash').toString('hex');
  // As a key object it is five times as quick to use as its bytes are.
  const cipherKey = createSecretKey(deriveKey(secret, 'customers.vault'));
  const nonces = createNonces();

  const encrypt = (purpose: string, text: string): Buffer => {
    const nonce = nonces();
    const cipher = createCipheriv('aes-256-gcm', cipherKey, nonce);
    cipher.setAAD(Buffer.from(purpose));
    const body = cipher.update(text, 'utf8');
    cipher.final();
    return Buffer.concat([Buffer.of(gcm), nonce, cipher.getAuthTag(), body]);
  };
  const decrypt = (purpose: string, sealed: Uint8Array): string => {
    if (sealed[0] !== gcm) throw new RangeError('not something the vault encrypted');
    const nonce = sealed.subarray(1, 1 + nonceBytes);
    const bodyAt = 1 + nonceBytes + tagBytes;
    const decipher = createDecipheriv('aes-256-gcm', cipherKey, nonce);
    decipher.setAAD(Buffer.from(purpose));
    decipher.setAuthTag(sealed.subarray(1 + nonceBytes, bodyAt));
    return decipher.update(sealed.subarray(bodyAt), undefined, 'utf8') + decipher.final('utf8');
  };
  return {
    hashOf(kind, namespace, value) {
      // SHA-512/256 shows only half of its state, so that a key in front makes it a MAC (no length
      // extension); the namespace's length keeps two pairs of namespace and value apart.
      const hex = hash('sha512-256', `${macKey}${identifierKinds[kind]}${namespace.length}:${namespace}${value}`, 'hex');
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
    },
    seal(kind, namespace, value) {
      if (isPersonal(kind, value)) return encrypt(purposeOf(kind, namespace), value);
      const plain = Buffer.allocUnsafe(1 + Buffer.byteLength(value));
      plain[0] = asItIs;
      plain.write(value, 1);
      return plain;
    },
    open(kind, namespace, sealed) {
      if (sealed[0] === asItIs) return Buffer.from(sealed.subarray(1)).toString('utf8');
      return decrypt(purposeOf(kind, namespace), sealed);
    },
    encrypt,
    decrypt,
  };
}

/** The place an identifier is stored in is authenticated with it: it cannot be moved to another. */
const purposeOf = (kind: IdentifierKind, namespace: string): string => `identifier ${kind} ${namespace}`;

/** Random 96-bit nonces (NIST SP 800-38D, 8.2.2), drawn from the system in large portions. */
function createNonces(): () => Buffer {
  const pool = Buffer.alloc(nonceBytes * 1_024);
  let at = pool.length;
  return () => {
    if (at === pool.length) {
      randomFillSync(pool);
      at = 0;
    }
    at += nonceBytes;
    return Buffer.from(pool.subarray(at - nonceBytes, at));
  };
}
