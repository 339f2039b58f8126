import dayjs from 'dayjs';
import 'dayjs/locale/zh-cn.js';
import 'dayjs/locale/zh-tw.js';
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Locale } from '../../kernel/locale.ts';
import { loadAntdLocale } from './antd-locale.ts';
import { currentLocale, rememberLocale } from './language.ts';
import type { MessageFile } from './namespaces.ts';

type Messages = Record<string, MessageFile>;

const loaders: Record<Locale, () => Promise<{ messages: Messages }>> = {
  'zh-CN': () => import('./messages-zh-cn.ts'),
  'zh-TW': () => import('./messages-zh-tw.ts'),
  en: () => import('./messages-en.ts'),
};

async function load(locale: Locale): Promise<void> {
  if (i18next.hasResourceBundle(locale, 'web')) return;
  const { messages } = await loaders[locale]();
  for (const [namespace, file] of Object.entries(messages))
    i18next.addResourceBundle(locale, namespace, file, true, true);
}

/** All that a language needs; what Taiwan's texts lack, the mainland's say. */
async function loadAll(locale: Locale): Promise<void> {
  const ours = locale === 'zh-TW' ? [load('zh-CN'), load('zh-TW')] : [load(locale)];
  await Promise.all([loadAntdLocale(locale), ...ours]);
}

const dress = (locale: Locale): void => {
  dayjs.locale(locale.toLowerCase());
  document.documentElement.lang = locale;
};

/** Prepares the texts of the current language; to be awaited before the first screen. */
export async function startLanguage(): Promise<void> {
  const locale = currentLocale();
  await i18next.use(initReactI18next).init({
    lng: locale,
    fallbackLng: { 'zh-TW': ['zh-CN'], default: [] },
    defaultNS: 'web',
    ns: ['web'],
    resources: {},
    partialBundledLanguages: true,
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
  });
  await loadAll(locale);
  await i18next.changeLanguage(locale);
  dress(locale);
}

/** Changes the language of the whole screen and remembers it on this browser. */
export async function switchLanguage(locale: Locale): Promise<void> {
  await loadAll(locale);
  rememberLocale(locale);
  dress(locale);
  await i18next.changeLanguage(locale);
}
