import type { Locale } from '../../kernel/locale.ts';

interface Words {
  [key: string]: string | Words;
}

const files: Record<Locale, () => Promise<{ default: Words }>> = {
  'zh-CN': () => import('./messages/zh-CN.json', { with: { type: 'json' } }),
  'zh-TW': () => import('./messages/zh-TW.json', { with: { type: 'json' } }),
  en: () => import('./messages/en.json', { with: { type: 'json' } }),
};

let words: Words = {};

/** Loads what the page says in a language; a few kilobytes, without the machinery the staff's web needs for its thousands of sentences. */
export async function loadWords(locale: Locale): Promise<void> {
  words = (await files[locale]()).default;
  document.documentElement.lang = locale;
  document.title = say('title');
}

/** A sentence by its key, `points.available`; a key without a sentence answers with itself. */
export function say(key: string, values: Record<string, string | number> = {}): string {
  const found = key.split('.').reduce<Words | string | undefined>((at, part) => (typeof at === 'object' ? at[part] : undefined), words);
  if (typeof found !== 'string') return key;
  return found.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? ''));
}
