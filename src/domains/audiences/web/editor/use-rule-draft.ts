import { useMemo, useState } from 'react';
import type { Rule } from '../../contract.ts';
import { type DraftGroup, draftOf, writeDraft, type WrittenDraft } from '../rule/draft.ts';
import { historyOf, recorded, redone, undone } from '../rule/history.ts';

/** A rule being edited, with the way back. */
export interface RuleDraft {
  draft: DraftGroup;
  written: WrittenDraft;
  /** Changes of the same `of` within a moment are one step back. */
  edit: (change: (draft: DraftGroup) => DraftGroup, of?: string) => void;
  undo: () => void;
  redo: () => void;
  canUndo: boolean;
  canRedo: boolean;
  isChanged: boolean;
}

export function useRuleDraft(initial: Rule): RuleDraft {
  const [history, setHistory] = useState(() => historyOf(draftOf(initial)));
  const draft = history.present;
  const written = useMemo(() => writeDraft(draft), [draft]);
  const before = useMemo(() => JSON.stringify(writeDraft(draftOf(initial)).rule), [initial]);
  return {
    draft,
    written,
    edit: (change, of) => setHistory((now) => recorded(now, change(now.present), of ?? null, Date.now())),
    undo: () => setHistory(undone),
    redo: () => setHistory(redone),
    canUndo: history.past.length > 0,
    canRedo: history.future.length > 0,
    isChanged: written.unfinished.size > 0 || JSON.stringify(written.rule) !== before,
  };
}
