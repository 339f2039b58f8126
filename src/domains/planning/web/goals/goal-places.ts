import type { Place } from '../frame/use-items.tsx';

/** What is known of a goal's place. */
export interface PlacedGoal {
  itemNo: number;
  parentNo: number | null;
}

/** Where a goal is put by one step: among those beside it, under the one above it, or beside the one it is under. */
export function placeAfterStep(goals: readonly PlacedGoal[], itemNo: number, step: 'up' | 'down' | 'in' | 'out'): Place | null {
  const goal = goals.find((each) => each.itemNo === itemNo)!;
  const beside = goals.filter(({ parentNo }) => parentNo === goal.parentNo);
  const at = beside.findIndex((each) => each.itemNo === itemNo);
  if (step === 'up') return at === 0 ? null : { parentNo: goal.parentNo, afterNo: beside[at - 2]?.itemNo ?? null };
  if (step === 'down') return at === beside.length - 1 ? null : { parentNo: goal.parentNo, afterNo: beside[at + 1].itemNo };
  if (step === 'in') return at === 0 ? null : { parentNo: beside[at - 1].itemNo, afterNo: goals.findLast(({ parentNo }) => parentNo === beside[at - 1].itemNo)?.itemNo ?? null };
  const parent = goals.find((each) => each.itemNo === goal.parentNo);
  return parent ? { parentNo: parent.parentNo, afterNo: parent.itemNo } : null;
}
