import { describe, expect, it } from 'vitest';
import { placeAfterStep } from './goal-places.ts';

/** 1 with 2 and 3 under it, 4 under 3; then 5. */
const goals = [
  { itemNo: 1, parentNo: null },
  { itemNo: 5, parentNo: null },
  { itemNo: 2, parentNo: 1 },
  { itemNo: 3, parentNo: 1 },
  { itemNo: 4, parentNo: 3 },
];

describe('a goal that is moved by the arrow keys', () => {
  it('changes places with the one above or below it, and stays where there is none', () => {
    expect(placeAfterStep(goals, 3, 'up')).toEqual({ parentNo: 1, afterNo: null });
    expect(placeAfterStep(goals, 2, 'down')).toEqual({ parentNo: 1, afterNo: 3 });
    expect(placeAfterStep(goals, 2, 'up')).toBeNull();
    expect(placeAfterStep(goals, 5, 'down')).toBeNull();
  });

  it('goes under the one above it, behind what is there already', () => {
    expect(placeAfterStep(goals, 5, 'in')).toEqual({ parentNo: 1, afterNo: 3 });
    expect(placeAfterStep(goals, 3, 'in')).toEqual({ parentNo: 2, afterNo: null });
    expect(placeAfterStep(goals, 1, 'in')).toBeNull();
  });

  it('comes out beside the one it was under, and no further than the plan', () => {
    expect(placeAfterStep(goals, 4, 'out')).toEqual({ parentNo: 1, afterNo: 3 });
    expect(placeAfterStep(goals, 2, 'out')).toEqual({ parentNo: null, afterNo: 1 });
    expect(placeAfterStep(goals, 1, 'out')).toBeNull();
  });
});
