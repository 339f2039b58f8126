import { type Locale, locales } from '../../../../kernel/locale.ts';
import type { Say } from '../../../../platform/i18n.ts';
import { budgetPurposes, lanes, overCaps, stageKeys } from '../../contract.ts';

/** What a workbook of the budget has of each line, and the number by which it is known again; what is reckoned comes behind and is not read back. */
export const writtenColumns = ['name', 'channel', 'purpose', 'stage', 'lane', 'costCentre', 'fromMonth', 'untilMonth', 'cap', 'overCap', 'currency', 'lineNo'] as const;
export const reckonedColumns = ['reserved', 'committed', 'spent', 'free', 'forecast'] as const;
export type WrittenColumn = (typeof writtenColumns)[number];

/** Words of a column that has a choice. */
const choices = { purpose: budgetPurposes, stage: stageKeys, lane: lanes, overCap: overCaps } as const;
export type ChoiceColumn = keyof typeof choices;

export const headingOf = (say: Say, locale: Locale, column: WrittenColumn | (typeof reckonedColumns)[number]): string => say(locale, 'planning', `budget.column.${column}`);
export const wordOf = (say: Say, locale: Locale, column: ChoiceColumn, key: string): string => say(locale, 'planning', `${wordsAt[column]}.${key}`);
const wordsAt: Record<ChoiceColumn, string> = { purpose: 'budget.purpose', stage: 'stage', lane: 'lane', overCap: 'budget.overCap' };

const plain = (text: string): string => text.trim().toLowerCase();

/** The column that a heading names, in whichever language it was written. */
export function columnNamed(say: Say, text: string): WrittenColumn | null {
  return writtenColumns.find((column) => locales.some((locale) => plain(headingOf(say, locale, column)) === plain(text))) ?? null;
}

/** The key that a word stands for, in whichever language; the key itself is understood too. */
export function keyNamed(say: Say, column: ChoiceColumn, text: string): string | null {
  return choices[column].find((key) => plain(key) === plain(text) || locales.some((locale) => plain(wordOf(say, locale, column, key)) === plain(text))) ?? null;
}
