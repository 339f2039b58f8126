import { Problem } from '../../kernel/problem.ts';
import type { Speech } from './speech.ts';

/** A refusal that already is a sentence in the reader's language: the server's, or a child's last words. */
export class ToldFailure extends Error {}

/** The sentence for what a command ended with, or null where it is a fault of ours. */
export function sentenceOf(error: unknown, speech: Speech): string | null {
  if (error instanceof ToldFailure) return error.message;
  if (!(error instanceof Problem)) return null;
  const [namespace, ...rest] = error.code.split('.');
  return speech.sayOf(namespace, `problem.${rest.join('.')}`, error.params);
}
