import { Bitmap } from '../../../kernel/bitmap/bitmap.ts';
import type { Arm } from '../part.ts';

/** A number that became part of another, and who that is today. */
export interface Merged {
  customerNo: number;
  rootNo: number;
}

/**
 * Whom each arm means today: people who were merged are of the first arm that any of their numbers was given, and of the control where
 * any is of it, since nothing may be counted on a control that was reached. Numbers stay where they were written.
 */
export function armsToday(arms: readonly Pick<Arm, 'isControl'>[], written: readonly Bitmap[], merged: readonly Merged[]): Bitmap[] {
  const heirs = written.map((people) => Bitmap.of(merged.filter(({ customerNo }) => people.has(customerNo)).map(({ rootNo }) => rootNo)));
  const today: Bitmap[] = written.map(() => Bitmap.empty);
  const controls = arms.map(({ isControl }, arm) => (isControl ? arm : -1)).filter((arm) => arm >= 0);
  const claims = [
    ...controls.map((arm) => ({ arm, people: written[arm].or(heirs[arm]) })),
    ...written.map((people, arm) => ({ arm, people })),
    ...heirs.map((people, arm) => ({ arm, people })),
  ];
  let taken = Bitmap.empty;
  for (const { arm, people } of claims) {
    today[arm] = today[arm].or(people.andNot(taken));
    taken = taken.or(people);
  }
  return today;
}
