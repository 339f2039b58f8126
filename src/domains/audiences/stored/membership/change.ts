import { Bitmap } from '../../../../kernel/bitmap/bitmap.ts';

/** What sets a membership apart from the one before it. */
export interface Change {
  entered: Bitmap;
  left: Bitmap;
}

export const changeBetween = (before: Bitmap, after: Bitmap): Change => ({ entered: after.andNot(before), left: before.andNot(after) });

export const isNoChange = ({ entered, left }: Change): boolean => entered.size === 0 && left.size === 0;

/** Changes of so many members are applied by whole bitmaps; what is smaller is put together first. */
const largeFrom = 20_000;

/** The members after these changes, one after the other. A thousand small ones cost one pass over the bitmap. */
export function applyChanges(start: Bitmap, changes: Iterable<Change>): Bitmap {
  let members = start;
  const last = new Map<number, boolean>();
  const settle = (): void => {
    if (last.size === 0) return;
    const moved = [...last];
    members = members.andNot(Bitmap.of(moved.filter(([, isIn]) => !isIn).map(([no]) => no)))
      .or(Bitmap.of(moved.filter(([, isIn]) => isIn).map(([no]) => no)));
    last.clear();
  };
  for (const { entered, left } of changes) {
    if (entered.size + left.size >= largeFrom) {
      settle();
      members = members.andNot(left).or(entered);
      continue;
    }
    for (const no of left.toArray()) last.set(no, false);
    for (const no of entered.toArray()) last.set(no, true);
    if (last.size >= largeFrom) settle();
  }
  settle();
  return members;
}

/** The same changes as one: who came and went in between is in neither. */
export function asOneChange(changes: Iterable<Change>): Change {
  let whole: Change = { entered: Bitmap.empty, left: Bitmap.empty };
  /** By number: whether they entered first, and whether they are in at last. */
  const moved = new Map<number, { isNew: boolean; isIn: boolean }>();
  const move = (no: number, isIn: boolean): void => {
    const known = moved.get(no);
    if (known) known.isIn = isIn;
    else moved.set(no, { isNew: isIn, isIn });
  };
  const settle = (): void => {
    const of = (kept: boolean): Bitmap => Bitmap.of([...moved].filter(([, { isNew, isIn }]) => isIn === kept && isNew === kept).map(([no]) => no));
    if (moved.size > 0) whole = followedBy(whole, { entered: of(true), left: of(false) });
    moved.clear();
  };
  for (const change of changes) {
    if (change.entered.size + change.left.size >= largeFrom) {
      settle();
      whole = followedBy(whole, change);
      continue;
    }
    for (const no of change.left.toArray()) move(no, false);
    for (const no of change.entered.toArray()) move(no, true);
    if (moved.size >= largeFrom) settle();
  }
  settle();
  return whole;
}

const followedBy = (first: Change, then: Change): Change => ({
  entered: first.entered.andNot(then.left).or(then.entered.andNot(first.left)),
  left: first.left.andNot(then.entered).or(then.left.andNot(first.entered)),
});
