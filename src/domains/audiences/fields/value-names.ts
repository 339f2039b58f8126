import type { Locale } from '../../../kernel/locale.ts';
import type { Say } from '../../../platform/i18n.ts';
import type { Platform } from '../../../platform/platform.ts';
import { knownEventLabel } from '../../collect/contract.ts';
import { productNamesOf } from '../../commerce/public.ts';
import { genders } from '../../customers/contract.ts';

/** What people call a value of the data. */
export interface ValueNames {
  /** A word of the product itself: a gender, a language. Any other value is its own name. */
  word(of: string, value: string, locale: Locale): string;
  /** An event of the usual plan in the reader's words. */
  event(name: string, locale: Locale): string;
  /** Products by their ids; those without a name are left out. */
  products(productIds: readonly string[]): Promise<Map<string, string>>;
}

export const createValueNames = (platform: Platform, say: Say): ValueNames => ({
  word(of, value, locale) {
    if (of === 'field:gender') return genders.some((gender) => gender === value) ? say(locale, 'customers', `gender.${value}`) : value;
    return of === 'field:language' ? languageName(value, locale) : value;
  },
  event(name, locale) {
    const label = knownEventLabel(name);
    return label === undefined ? name : say(locale, 'collect', label.slice('collect:'.length));
  },
  products: (productIds) => productNamesOf(platform, [...productIds]),
});

/** Values whose names are words of the reader's language: found by those, and not in the data. */
export const isWorded = (of: string): boolean => of === 'field:gender' || of === 'field:language';

function languageName(tag: string, locale: Locale): string {
  try {
    return new Intl.DisplayNames([locale], { type: 'language' }).of(tag) ?? tag;
  } catch {
    return tag; // No language tag at all: what a tracker or a file said.
  }
}
