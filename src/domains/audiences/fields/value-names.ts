import type { Locale } from '../../../kernel/locale.ts';
import type { Say } from '../../../platform/i18n.ts';
import type { Platform } from '../../../platform/platform.ts';
import { knownEventLabel } from '../../collect/contract.ts';
import { productNamesOf } from '../../commerce/public.ts';
import { genders } from '../../customers/contract.ts';
import type { FieldRegistry } from './registry.ts';

/** What people call a value of the data. */
export interface ValueNames {
  /** A word of the product itself: a gender, a language, a state of another domain. Any other value is its own name. */
  word(of: string, value: string, locale: Locale): string;
  /** True where values have names in the reader's language, which are found by those and not in the data. */
  isWorded(of: string): boolean;
  /** An event of the usual plan in the reader's words. */
  event(name: string, locale: Locale): string;
  /** Products by their ids; those without a name are left out. */
  products(productIds: readonly string[]): Promise<Map<string, string>>;
}

const wordsOf = (fields: FieldRegistry, of: string): string | undefined => (of.startsWith('field:') ? fields.find(of.slice('field:'.length))?.words : undefined);

export const createValueNames = (platform: Platform, say: Say, fields: FieldRegistry): ValueNames => ({
  word(of, value, locale) {
    const words = wordsOf(fields, of);
    if (words !== undefined && wordLike.test(value)) {
      const [namespace, key] = words.split(':');
      return say(locale, namespace, `${key}.${value}`);
    }
    if (of === 'field:gender') return genders.some((gender) => gender === value) ? say(locale, 'customers', `gender.${value}`) : value;
    return of === 'field:language' ? languageName(value, locale) : value;
  },
  isWorded: (of) => of === 'field:gender' || of === 'field:language' || wordsOf(fields, of) !== undefined,
  event(name, locale) {
    const label = knownEventLabel(name);
    return label === undefined ? name : say(locale, 'collect', label.slice('collect:'.length));
  },
  products: (productIds) => productNamesOf(platform, [...productIds]),
});

/** What may be the last part of a message's key. */
const wordLike = /^[a-z][a-z0-9_]*$/i;

function languageName(tag: string, locale: Locale): string {
  try {
    return new Intl.DisplayNames([locale], { type: 'language' }).of(tag) ?? tag;
  } catch {
    return tag; // No language tag at all: what a tracker or a file said.
  }
}
