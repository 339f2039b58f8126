import { availableParallelism } from 'node:os';
import { hash, verify } from '@node-rs/argon2';
import { createTurnstile } from './turnstile.ts';

/** Argon2id (the library's default) at the minimum of OWASP's Password Storage Cheat Sheet: 19 MiB, two passes, one lane. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/**
 * Hashing runs on the thread pool, which files and compression use too, and takes a core for
 * some 20 ms: one core at least is left to everything else.
 */
const turnstile = createTurnstile(Math.max(1, Math.min(3, availableParallelism() - 1)), 500);

/** Two keyboards may compose the same character differently. */
const normalised = (password: string): string => password.normalize('NFC');

/** The text to store for a password, with its salt and cost. */
export const hashPassword = (password: string): Promise<string> => turnstile(() => hash(normalised(password), cost));

let decoy: Promise<string> | undefined;

/**
 * Whether the password is the one that was hashed. Without a stored hash the answer is no, after
 * the same work, so that the time does not tell whether an account exists.
 */
export async function isPassword(stored: string | null, password: string): Promise<boolean> {
  decoy ??= hashPassword('a password nobody has');
  const compared = stored ?? (await decoy);
  const same = await turnstile(() => verify(compared, normalised(password)));
  return same && stored !== null;
}
