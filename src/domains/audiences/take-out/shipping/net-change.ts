import type { Change } from '../../stored/membership/change.ts';

/** Two changes, one after the other, as one: who came and went again is not told of. */
export const netChange = (first: Change, then: Change): Change => ({
  entered: first.entered.andNot(then.left).or(then.entered.andNot(first.left)),
  left: first.left.andNot(then.entered).or(then.left.andNot(first.entered)),
});
