import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** 256 random bits as text for an address or a header. */
export const newToken = (): string => randomBytes(32).toString('base64url');

/** What is stored of a token. It is random, so one round of SHA-256 cannot be guessed back. */
export const hashOfToken = (token: string): Buffer => createHash('sha256').update(token).digest();

/** Compares two secrets in a time that does not tell where they differ. */
export const sameSecret = (given: string, expected: string): boolean => timingSafeEqual(hashOfToken(given), hashOfToken(expected));
