import type { BranchDrag } from '../../../../web/kit.ts';
import type { Step } from '../rule/draft-edits.ts';
import type { DraftGroup } from '../rule/draft.ts';

/** How many a part means alone, and with those before it. */
export interface PartFigures {
  size: number;
  after: number;
}

/** What every part of the builder can see and do. */
export interface Builder {
  edit: (change: (draft: DraftGroup) => DraftGroup, of?: string) => void;
  /** Moves a part by one step and keeps the keyboard on it. */
  step: (id: string, step: Step) => void;
  drag: BranchDrag;
  figures: ReadonlyMap<string, PartFigures>;
  /** Everybody; null before the first count. */
  base: number | null;
  /** The figures are of the rule before. */
  isOld: boolean;
  /** What the server refused, by part. */
  faults: ReadonlyMap<string, string>;
  unfinished: ReadonlySet<string>;
  /** After an attempt to save, what is not finished is shown as a fault. */
  isStrict: boolean;
}
