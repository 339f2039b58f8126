import type { Clock } from '../../../../platform/clock.ts';
import { Problem } from '../../../../kernel/problem.ts';
import { codeOf, type Sent } from './adapter.ts';

export interface Token {
  text: string;
  forMs: number;
}

/** A key that a provider gives for some time: asked for once however many need it, and anew before it ends. */
export interface KeptToken {
  text(): Promise<string>;
  /** The provider does not take it any more. */
  forget(text: string): void;
}

/** So long before its end it is not used any more. */
const marginMs = 300_000;

export function createKeptToken(clock: Clock, ask: () => Promise<Token>): KeptToken {
  let kept: { text: string; untilMs: number } | null = null;
  let asking: Promise<string> | null = null;
  const renew = async (): Promise<string> => {
    try {
      const { text, forMs } = await ask();
      kept = { text, untilMs: clock.now().getTime() + Math.max(forMs - marginMs, forMs / 2) };
      return text;
    } catch (error) {
      // Nothing of a message has left: what failed is another request.
      throw error instanceof Problem ? new NoToken(error.code.replace(/^\w+\./, '')) : error;
    } finally {
      asking = null;
    }
  };
  return {
    async text() {
      if (kept && clock.now().getTime() < kept.untilMs) return kept.text;
      return (asking ??= renew());
    },
    forget(text) {
      if (kept?.text === text) kept = null;
    },
  };
}

/** Thrown where no token is given: the account cannot send. */
export class NoToken extends Error {
  readonly providersCode: string;

  constructor(providersCode: string) {
    super('no token');
    this.providersCode = providersCode;
  }
}

/** Sends with a token; one that is not taken any more is renewed once, and the message goes again. */
export async function withToken<T>(token: KeptToken, send: (text: string) => Promise<T>, isStale: (reply: T) => boolean): Promise<T> {
  const text = await token.text();
  const reply = await send(text);
  if (!isStale(reply)) return reply;
  token.forget(text);
  return send(await token.text());
}
/** What is sent for, or that the provider gave no token: then nothing has left. */
export async function noTokenAs(send: () => Promise<Sent>): Promise<Sent> {
  try {
    return await send();
  } catch (error) {
    if (error instanceof NoToken) return { outcome: 'later', code: codeOf(`token ${error.providersCode}`), isAccountsFault: true };
    throw error;
  }
}
