import type { ReactNode } from 'react';

/** Something to choose. */
export interface Choice {
  key: string;
  label: string;
  hint?: string;
  /** Other words by which it is looked for. */
  words?: string;
}

/** Choices that belong together. */
export interface ChoiceGroup {
  key: string;
  label: string;
  icon?: ReactNode;
  choices: Choice[];
}

const folded = (text: string): string => text.normalize('NFKC').toLowerCase();

/** The choices that hold every word typed, in their groups; of one group alone where one is named. */
export function matchingChoices(groups: readonly ChoiceGroup[], typed: string, only: string | undefined): ChoiceGroup[] {
  const words = folded(typed).split(/\s+/).filter(Boolean);
  return groups
    .filter(({ key }) => only === undefined || key === only)
    .map((group) => ({
      ...group,
      choices: group.choices.filter(({ label, hint = '', words: others = '' }) => {
        const text = folded(`${group.label} ${label} ${hint} ${others}`);
        return words.every((word) => text.includes(word));
      }),
    }))
    .filter(({ choices }) => choices.length > 0);
}
