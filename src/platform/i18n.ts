import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import i18next, { type i18n, type Resource } from 'i18next';
import { daySchema } from '../kernel/day.ts';
import { barePeriod, createFormat } from '../kernel/format.ts';
import { locales, type Locale } from '../kernel/locale.ts';

const source = join(import.meta.dirname, '..');

/** Every folder of messages and its namespace: one a domain, one each for the platform, the web, and each page that is a web of its own. */
export function messageFolders(): { namespace: string; folder: string }[] {
  const domains = readdirSync(join(source, 'domains')).map((d) => ({ namespace: d, folder: join(source, 'domains', d, 'messages') }));
  const others = ['platform', 'web'].map((n) => ({ namespace: n, folder: join(source, n, 'messages') }));
  const alone = ['member-page'].map((n) => ({ namespace: n, folder: join(source, 'web', n, 'messages') }));
  return [...domains, ...others, ...alone].filter(({ folder }) => existsSync(folder));
}

/** A sentence in the reader's language: `say('en', 'customers', 'problem.not_found', {...})`. */
export type Say = (locale: Locale, namespace: string, key: string, params?: Record<string, unknown>) => string;

let loaded: Say | undefined;

/** Days, periods and lists as their reader writes them: whoever refuses something, or tells of days, need not know who reads it. */
export function spoken(params: Record<string, unknown>, locale: Locale): Record<string, unknown> {
  const format = createFormat({ locale, timeZone: 'UTC', currency: 'CNY' });
  const list = new Intl.ListFormat(locale, { type: 'conjunction' });
  const said = (value: unknown): unknown => {
    if (Array.isArray(value)) return list.format(value.map((each) => String(said(each))));
    if (typeof value !== 'string') return value;
    // What is no day, though written like one, is what somebody called something.
    return daySchema.safeParse(value).success ? format.date(value) : barePeriod.test(value) ? format.period(value) : value;
  };
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, said(value)]));
}

/** Speaks from the catalogues, which are loaded once in a process: each domain asks for this. A key that is missing answers with itself. */
export const createSay = (): Say => (loaded ??= loadCatalogues());

function loadCatalogues(): Say {
  const resources: Resource = {};
  for (const locale of locales) {
    resources[locale] = {};
    for (const { namespace, folder } of messageFolders()) {
      const file = join(folder, `${locale}.json`);
      if (existsSync(file)) resources[locale][namespace] = JSON.parse(readFileSync(file, 'utf8'));
    }
  }
  const instance: i18n = i18next.createInstance();
  void instance.init({
    resources,
    lng: 'zh-CN',
    fallbackLng: { 'zh-TW': ['zh-CN'], default: ['en'] },
    interpolation: { escapeValue: false },
    initAsync: false,
    showSupportNotice: false,
  } as Parameters<i18n['init']>[0]);
  return (locale, namespace, key, params = {}) => instance.t(key, { ns: namespace, lng: locale, ...(key.startsWith('problem.') ? spoken(params, locale) : params) });
}
