import type { Locale } from '../../../kernel/locale.ts';
import type { Say } from '../../../platform/i18n.ts';

/** Names of what a rule refers to by number or by key. */
export interface Names {
  field(name: string): string;
  tag(tagId: number): string;
  audience(audienceId: number): string;
  list(listId: number): string;
}

/** What a sentence is made with. */
export interface Words extends Names {
  say(key: string, params?: Record<string, unknown>): string;
  /** Several things after each other, as the language lists them. */
  list: Names['list'];
  joined(parts: readonly string[]): string;
}

export const createWords = (say: Say, locale: Locale, names: Names): Words => ({
  ...names,
  say: (key, params) => say(locale, 'audiences', `sentence.${key}`, params),
  joined: (parts) => parts.join(say(locale, 'audiences', 'sentence.comma')),
});
