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

/** The choices that hold every word typed, in their groups, those that begin with it first; of one group alone where one is named. */
export function matchingChoices(groups: readonly ChoiceGroup[], typed: string, only: string | undefined): ChoiceGroup[] {
  const words = folded(typed).split(/\s+/).filter(Boolean);
  const begins = ({ label }: Choice): number => (words.length > 0 && folded(label).startsWith(words[0]) ? 0 : 1);
  const found = groups
    .filter(({ key }) => only === undefined || key === only)
    .map((group) => ({
      ...group,
      choices: group.choices.filter(({ label, hint = '', words: others = '' }) => {
        const text = folded(`${group.label} ${label} ${hint} ${others}`);
        return words.every((word) => text.includes(word));
      }),
    }))
    .filter(({ choices }) => choices.length > 0);
  if (words.length === 0) return found;
  return found
    .map((group) => ({ ...group, choices: group.choices.toSorted((one, other) => begins(one) - begins(other)) }))
    .toSorted((one, other) => begins(one.choices[0]) - begins(other.choices[0]));
}
