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
