import type { Arm, ShareChange } from '../part.ts';

/** The arms that were in force between two moments, in their order: those at the first, and what each change within made of them. */
export function armsDuring(now: Arm[], changes: readonly ShareChange[], from: Date, until: Date): Arm[][] {
  const later = changes.filter(({ at }) => at > from);
  return [later[0]?.before ?? now, ...later.filter(({ at }) => at < until).map(({ after }) => after)];
}
