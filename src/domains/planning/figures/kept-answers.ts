import type { Clock } from '../../../platform/clock.ts';
import type { Question } from '../../insights/contract.ts';
import type { Insights } from '../../insights/public.ts';

type Answer = Awaited<ReturnType<Insights['answer']>>;

interface Kept {
  answer: Answer | null;
  askedAtMs: number;
  asking: Promise<Answer> | null;
}

/** Within this time a question is not put again: data that keeps coming in would make every page count anew. */
const freshMs = 10_000;
const mostKept = 2_000;
/** The engine counts with both cores; more questions at once only wait for each other, and people's own behind them. */
const atOnce = 3;

/**
 * Answers with the newest that is there after some time, and goes on counting: so a page never waits for the engine longer than it
 * wants to. Whoever waits without end gets an answer about the data of now. Null where there is none yet.
 */
export function createKeptAnswers(answer: Insights['answer'], clock: Clock): (question: Question, waitMs: number) => Promise<Answer | null> {
  const all = new Map<string, Kept>();
  const inTurn = createTurns(atOnce);
  const ask = (key: string, question: Question, kept: Kept): Promise<Answer> => {
    kept.askedAtMs = clock.now().getTime();
    const asking = inTurn(() => answer(question, null));
    kept.asking = asking;
    asking.then((found) => void (kept.answer = found), () => void all.delete(key)).finally(() => void (kept.asking = null));
    return asking;
  };
  return async (question, waitMs) => {
    const key = JSON.stringify(question);
    const kept = all.get(key) ?? { answer: null, askedAtMs: 0, asking: null };
    // The least recently asked goes first.
    all.delete(key);
    all.set(key, kept);
    for (const oldest of all.keys()) if (all.size > mostKept) all.delete(oldest);
    if (waitMs === Infinity) return ask(key, question, kept);
    if (kept.answer && clock.now().getTime() - kept.askedAtMs < freshMs) return kept.answer;
    const asking = kept.asking ?? ask(key, question, kept);
    if (kept.answer) {
      asking.catch(() => undefined);
      return kept.answer;
    }
    // What could not be counted is tried again when it is asked for again; a page shows the others meanwhile.
    return Promise.race([asking.catch(() => null), later(waitMs)]);
  };
}

const later = (ms: number): Promise<null> => new Promise((resolve) => void setTimeout(resolve, Math.max(0, ms), null));

/** Does at most so many things at once; who comes later waits for a turn. */
function createTurns(most: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (work) => {
    if (running < most) running++;
    else await new Promise<void>((resolve) => void waiting.push(resolve));
    try {
      return await work();
    } finally {
      // The turn is handed on; nobody waiting gives it back.
      const next = waiting.shift();
      if (next) next();
      else running--;
    }
  };
}
