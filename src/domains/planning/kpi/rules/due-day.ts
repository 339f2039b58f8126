import type { Day } from '../../../../kernel/day.ts';

/** By when somebody had to do something from a moment on; null is not at all: without a day, given up, taken out, or somebody else's. */
export interface Stood {
  at: Date;
  dueOn: Day | null;
  /** Who made it so. */
  by: string;
}

/** What a second person agreed to last. */
export interface AgreedDay {
  at: Date;
  dueOn: Day | null;
  by: string;
}

/** The day that counts. Where it was moved: which day stood before, which stands now, and who agreed that the new one counts. */
export interface DueDay {
  dueOn: Day;
  moved: { from: Day; to: Day | null; agreedBy: string | null } | null;
  /** Who moved it without anybody having agreed to it yet. */
  movedBy: string[];
}

/**
 * The due day that counts for days that begin on `start`: the one that stood when they began, or the first of what was due later, until somebody
 * agrees to another. Only what stands when a day ends has stood: what is put right on the day it was said was never promised. Null where
 * nothing is due. `stood` has the oldest first.
 */
export function dayThatCounts(stood: readonly Stood[], agreed: AgreedDay | null, start: Day, dayOf: (at: Date) => Day): DueDay | null {
  const days = stood.filter(({ at }, n) => n === stood.length - 1 || dayOf(at) !== dayOf(stood[n + 1].at));
  const firstOf = (some: readonly Stood[]): Stood | undefined => some.find(({ dueOn }) => dueOn !== null);
  const begun = days.findLast(({ at }) => dayOf(at) < start);
  const promised = begun?.dueOn ? begun : firstOf(days.filter(({ at }) => dayOf(at) >= start));
  const counted: Pick<Stood, 'at' | 'dueOn'> | undefined = agreed ? (agreed.dueOn ? agreed : firstOf(days.filter(({ at }) => at > agreed.at))) : promised;
  if (!counted?.dueOn) return null;
  const { dueOn } = counted;
  const now = stood[stood.length - 1].dueOn;
  if (now !== dueOn) return { dueOn, moved: { from: dueOn, to: now, agreedBy: null }, movedBy: stood.filter(({ at }) => at > counted.at).map(({ by }) => by) };
  const isAgreed = counted === agreed && promised?.dueOn && promised.dueOn !== dueOn;
  return { dueOn, moved: isAgreed ? { from: promised.dueOn!, to: dueOn, agreedBy: agreed.by } : null, movedBy: [] };
}
