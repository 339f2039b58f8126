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
 * The due day that counts for the days of a card: the one that stood when they began, or the first of what was due in them later, until somebody
 * agrees to another. Whatever was due before or after them was not due in them: brought into them later, it counts from then on. Only what stands
 * when a day ends has stood: what is put right on the day it was said was never promised. Null where nothing is due. `stood` has the oldest first.
 */
export function dayThatCounts(stood: readonly Stood[], agreed: AgreedDay | null, { from, until }: { from: Day; until: Day }, dayOf: (at: Date) => Day): DueDay | null {
  const isWithin = ({ dueOn }: Pick<Stood, 'dueOn'>): boolean => dueOn !== null && from <= dueOn && dueOn <= until;
  const days = stood.filter(({ at }, n) => n === stood.length - 1 || dayOf(at) !== dayOf(stood[n + 1].at));
  const begun = days.findLast(({ at }) => dayOf(at) < from);
  const promised = begun && isWithin(begun) ? begun : days.filter(({ at }) => dayOf(at) >= from).find(isWithin);
  const counted: Pick<Stood, 'at' | 'dueOn'> | undefined = agreed ? (isWithin(agreed) ? agreed : days.filter(({ at }) => at > agreed.at).find(isWithin)) : promised;
  if (!counted?.dueOn) return null;
  const { dueOn } = counted;
  const now = stood[stood.length - 1].dueOn;
  if (now !== dueOn) return { dueOn, moved: { from: dueOn, to: now, agreedBy: null }, movedBy: stood.filter(({ at }) => at > counted.at).map(({ by }) => by) };
  const isAgreed = counted === agreed && promised?.dueOn && promised.dueOn !== dueOn;
  return { dueOn, moved: isAgreed ? { from: promised.dueOn!, to: dueOn, agreedBy: agreed.by } : null, movedBy: [] };
}
