import { hkdfSync } from 'node:crypto';

/**
 * A 32-byte key for one purpose, derived from the deployment's secret by HKDF-SHA-256 (RFC 5869),
 * so that no two uses share a key and the secret itself is used nowhere.
 */
export const deriveKey = (secret: string, purpose: string): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, 'perennial', purpose, 32));
