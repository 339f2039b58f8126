import { ruleLimits } from '../../contract.ts';
import { copyOf, type DraftGroup, type DraftPart, newGroup } from './draft.ts';

/** Where a part lies: in which group, at which position. */
export interface Place {
  group: DraftGroup;
  index: number;
}

/** The part with an id, the whole included. */
export function findPart(part: DraftPart, id: string): DraftPart | undefined {
  if (part.id === id) return part;
  if (part.kind === 'condition') return undefined;
  for (const child of part.parts) {
    const found = findPart(child, id);
    if (found) return found;
  }
  return undefined;
}

/** Where the part with an id lies; undefined for the whole and for what is not there. */
export function placeOf(group: DraftGroup, id: string): Place | undefined {
  for (const [index, child] of group.parts.entries()) {
    if (child.id === id) return { group, index };
    const found = child.kind === 'group' ? placeOf(child, id) : undefined;
    if (found) return found;
  }
  return undefined;
}

const mapGroup = (group: DraftGroup, id: string, change: (group: DraftGroup) => DraftGroup): DraftGroup => {
  if (group.id === id) return change(group);
  return { ...group, parts: group.parts.map((child) => (child.kind === 'group' ? mapGroup(child, id, change) : child)) };
};

/** Puts parts in the place of the one with an id; none removes it. */
const replaced = (root: DraftGroup, id: string, by: (part: DraftPart) => DraftPart[]): DraftGroup => {
  const place = placeOf(root, id);
  return place ? mapGroup(root, place.group.id, (group) => ({ ...group, parts: group.parts.flatMap((child) => (child.id === id ? by(child) : [child])) })) : root;
};

/** The draft with one part changed; the whole is a group and stays one. */
export const changed = (root: DraftGroup, id: string, change: (part: DraftPart) => DraftPart): DraftGroup => {
  if (root.id !== id) return replaced(root, id, (part) => [change(part)]);
  const next = change(root);
  return next.kind === 'group' ? next : root;
};

export const inserted = (root: DraftGroup, groupId: string, index: number, part: DraftPart): DraftGroup =>
  mapGroup(root, groupId, (group) => ({ ...group, parts: group.parts.toSpliced(index, 0, part) }));

export const removed = (root: DraftGroup, id: string): DraftGroup => replaced(root, id, () => []);

/** A copy right behind. */
export const duplicated = (root: DraftGroup, id: string): DraftGroup => replaced(root, id, (part) => [part, copyOf(part)]);

/** The part alone in a group of its own, to which others can be added. */
export const wrapped = (root: DraftGroup, id: string, match: DraftGroup['match']): DraftGroup => replaced(root, id, (part) => [newGroup(match, [part])]);

/** A group's parts in the place of the group. */
export const unwrapped = (root: DraftGroup, id: string): DraftGroup => replaced(root, id, (part) => (part.kind === 'group' ? part.parts : [part]));

/** Moves a part before the one that is at `index` of a group now. A group does not go into itself. */
export function moved(root: DraftGroup, id: string, groupId: string, index: number): DraftGroup {
  const part = findPart(root, id);
  const from = placeOf(root, id);
  if (!part || !from || findPart(part, groupId)) return root;
  const isLater = from.group.id === groupId && from.index < index;
  return inserted(removed(root, id), groupId, isLater ? index - 1 : index, part);
}

export type Step = 'up' | 'down' | 'out' | 'in';

/** Moves a part by one step, as the keyboard does: past a neighbour, out of its group, into the group beside it. */
export function stepped(root: DraftGroup, id: string, step: Step): DraftGroup {
  const place = placeOf(root, id);
  if (!place) return root;
  const { group, index } = place;
  const outer = placeOf(root, group.id);
  const out = (after: number): DraftGroup => (outer ? moved(root, id, outer.group.id, outer.index + after) : root);
  if (step === 'up') return index > 0 ? moved(root, id, group.id, index - 1) : out(0);
  if (step === 'down') return index < group.parts.length - 1 ? moved(root, id, group.id, index + 2) : out(1);
  if (step === 'out') return out(1);
  const before = group.parts[index - 1];
  const after = group.parts[index + 1];
  if (before?.kind === 'group') return moved(root, id, before.id, before.parts.length);
  return after?.kind === 'group' ? moved(root, id, after.id, 0) : root;
}

const levelsOf = (part: DraftPart): number => {
  if (part.kind === 'condition') return 1;
  return (part.heldDays === null ? 1 : 2) + Math.max(0, ...part.parts.map(levelsOf));
};

export const conditionsOf = (part: DraftPart): number =>
  part.kind === 'condition' ? 1 : part.parts.reduce((sum, child) => sum + conditionsOf(child), 0);

/** Which limit of a rule a draft is beyond, if any. */
export function limitBroken(draft: DraftGroup): 'depth' | 'conditions' | null {
  if (levelsOf(draft) > ruleLimits.depth) return 'depth';
  return conditionsOf(draft) > ruleLimits.conditions ? 'conditions' : null;
}
