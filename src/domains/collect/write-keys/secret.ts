import { hash, randomBytes } from 'node:crypto';

const shownCharacters = 8;

/** A new secret: `wk_` and 192 random bits. */
export const newSecret = (): string => `wk_${randomBytes(24).toString('base64url')}`;

/** What is kept of a secret. It is random and long: one round of SHA-256 is enough. */
export const hashOfSecret = (secret: string): Buffer => hash('sha256', secret, 'buffer');

/** The part of a secret by which a person tells it from others. */
export const prefixOf = (secret: string): string => secret.slice(0, shownCharacters);
