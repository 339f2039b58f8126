/** What was there before, to go back to, and what was undone, to go forward to again. */
export interface History<T> {
  past: readonly T[];
  present: T;
  future: readonly T[];
  /** What the last change was of: further changes of the same within a moment are one step. */
  last: { of: string; atMs: number } | null;
}

const mostSteps = 200;
/** Typing a number is one step, not one for every digit. */
const togetherMs = 1_000;

export const historyOf = <T>(present: T): History<T> => ({ past: [], present, future: [], last: null });

/** After a change; `of` names what was changed where changes of the same belong together. */
export function recorded<T>(history: History<T>, next: T, of: string | null, nowMs: number): History<T> {
  if (next === history.present) return history;
  const last = of === null ? null : { of, atMs: nowMs };
  const isOneStep = last !== null && history.last?.of === of && nowMs - history.last.atMs < togetherMs;
  if (isOneStep) return { ...history, present: next, future: [], last };
  return { past: [...history.past, history.present].slice(-mostSteps), present: next, future: [], last };
}

export function undone<T>(history: History<T>): History<T> {
  const before = history.past.at(-1);
  if (before === undefined) return history;
  return { past: history.past.slice(0, -1), present: before, future: [history.present, ...history.future], last: null };
}

export function redone<T>(history: History<T>): History<T> {
  const [next, ...future] = history.future;
  if (next === undefined) return history;
  return { past: [...history.past, history.present], present: next, future, last: null };
}
