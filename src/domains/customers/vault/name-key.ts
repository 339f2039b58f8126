import { hash } from 'node:crypto';
import { deriveKey } from '../../../platform/secrets.ts';

/** Finds people by the beginning of a name that is stored encrypted. */
export interface NameKeys {
  /** The key of a name: what `customer_profile.name_key` holds. */
  keyOf(name: string): Buffer;
  /** The range [from, before) of keys whose names begin so. */
  prefixRange(prefix: string): { from: Buffer; before: Buffer };
}

const tokenBytes = 4;
/** Characters of a name that can be searched one by one; what follows is told apart after decryption. */
const searchedCharacters = 6;

/** A name as it is compared: composed, lower case, one form of width, no space between. */
export const comparableName = (name: string): string =>
  name.normalize('NFKC').toLowerCase().replace(/[\s·.'-]+/gu, '');

/**
 * A key is a chain of four keyed bytes for the first character, the first two, and so on, and four
 * for the whole name at the end. It reveals which names begin alike, as any search by prefix must,
 * and nothing else; that two beginnings meet by accident (2^-32) costs one decryption more.
 */
export function createNameKeys(secret: string): NameKeys {
  const macKey = deriveKey(secret, 'customers.name-key').toString('hex');
  const token = (part: string): Buffer => hash('sha512-256', macKey + part, 'buffer').subarray(0, tokenBytes);
  const chain = (characters: string[]): Buffer =>
    Buffer.concat(characters.slice(0, searchedCharacters).map((_, last) => token(`^${characters.slice(0, last + 1).join('')}`)));
  return {
    keyOf(name) {
      const comparable = comparableName(name);
      return Buffer.concat([chain([...comparable]), token(`=${comparable}`)]);
    },
    prefixRange(prefix) {
      const from = chain([...comparableName(prefix)]);
      return { from, before: following(from) };
    },
  };
}

/** The smallest key that no key with this beginning reaches. */
function following(from: Buffer): Buffer {
  const before = Buffer.from(from);
  for (let at = before.length - 1; at >= 0; at--) {
    if (before[at] < 255) {
      before[at]++;
      return before.subarray(0, at + 1);
    }
  }
  // All bytes are 255: longer than any key there is.
  return Buffer.alloc(tokenBytes * (searchedCharacters + 2), 255);
}
