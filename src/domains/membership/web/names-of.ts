import { locales } from '../../../kernel/locale.ts';
import type { MallItemDefinition } from '../contract.ts';

type Names = MallItemDefinition['names'];

/** What was typed, without what was left empty. */
export const namesOf = (typed: Record<string, string | undefined>): Names =>
  Object.fromEntries(locales.flatMap((locale) => (typed[locale]?.trim() ? [[locale, typed[locale].trim()]] : []))) as Names;
