import type { Day } from '../../../kernel/day.ts';
import type { Locale } from '../../../kernel/locale.ts';
import type { Say } from '../../../platform/i18n.ts';

/** Names of what a rule refers to by number or by key. */
export interface Names {
  field(name: string): string;
  tag(tagId: number): string;
  audience(audienceId: number): string;
  list(listId: number): string;
  event(name: string): string;
  /** A value of a field or of a column of order lines: `field:gender`, `line:product`. */
  value(of: string, value: string): string;
}

/** What a sentence is made with. */
export interface Words extends Names {
  say(key: string, params?: Record<string, unknown>): string;
  /** An exact number, grouped as the language does. */
  number(value: string): string;
  day(day: Day): string;
  /** Several things after each other, as the language lists them. */
  list: Names['list'];
  joined(parts: readonly string[]): string;
}

export const createWords = (say: Say, locale: Locale, names: Names): Words => ({
  ...names,
  say: (key, params) => say(locale, 'audiences', `sentence.${key}`, params),
  number: (value) => new Intl.NumberFormat(locale, { maximumFractionDigits: 4 }).format(value as `${number}`),
  day: (day) => new Intl.DateTimeFormat(locale, { year: 'numeric', month: locale === 'en' ? 'short' : '2-digit', day: locale === 'en' ? 'numeric' : '2-digit', timeZone: 'UTC' }).format(new Date(day)),
  joined: (parts) => parts.join(say(locale, 'audiences', 'sentence.comma')),
});
