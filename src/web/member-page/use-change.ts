import { useState } from 'react';
import { ask, Refused } from './ask.ts';
import { say } from './words.ts';

/** Changes something on the server: whether it is under way, and in a sentence how it went. */
export function useChange() {
  const [isBusy, setBusy] = useState(false);
  const [said, setSaid] = useState<{ isError: boolean; text: string } | null>(null);
  const change = async <T>(method: string, path: string, body: object | undefined, done: (reply: T) => string | null): Promise<void> => {
    setBusy(true);
    setSaid(null);
    try {
      const text = done(await ask<T>(method, path, body));
      setSaid(text === null ? null : { isError: false, text });
    } catch (error) {
      setSaid({ isError: true, text: sentenceOf(error) });
    } finally {
      setBusy(false);
    }
  };
  return { isBusy, said, change };
}

/** What went wrong, as a person reads it. */
export const sentenceOf = (error: unknown): string => {
  if (!(error instanceof Refused)) return say('failed');
  return error.message || say(error.status === 0 ? 'unreachable' : 'failed');
};
