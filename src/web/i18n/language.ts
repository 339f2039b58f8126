import { type Locale, locales, pickLocale } from '../../kernel/locale.ts';

const storageKey = 'perennial.language';

/** Each language by its own name, as a person who reads it looks for it. */
export const languageNames: Record<Locale, string> = {
  'zh-CN': '简体中文',
  'zh-TW': '繁體中文',
  en: 'English',
};

const readStored = (): Locale | undefined => {
  try {
    const stored = localStorage.getItem(storageKey);
    return locales.find((locale) => locale === stored);
  } catch {
    return undefined; // Storage may be switched off; the browser's language serves.
  }
};

const browserLocale = (): Locale =>
  typeof navigator === 'undefined' ? 'zh-CN' : pickLocale(navigator.languages?.join(','));

let current: Locale | undefined;

/** The language chosen before, otherwise the browser's. */
export function currentLocale(): Locale {
  current ??= readStored() ?? browserLocale();
  return current;
}

/** Remembers a choice on this browser. The screen follows through `switchLanguage`. */
export function rememberLocale(locale: Locale): void {
  current = locale;
  try {
    localStorage.setItem(storageKey, locale);
  } catch {
    // Without storage the choice lasts as long as the page.
  }
}
