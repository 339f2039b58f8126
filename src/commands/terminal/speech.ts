import { pickLocale, type Locale } from '../../kernel/locale.ts';
import { createSay } from '../../platform/i18n.ts';

/** Talks to the person at the terminal, in the language of the terminal. */
export interface Speech {
  locale: Locale;
  /** The sentence `command.<key>` of the platform's messages. */
  say(key: string, params?: Record<string, unknown>): string;
  /** Any sentence of any domain. */
  sayOf(namespace: string, key: string, params?: Record<string, unknown>): string;
  number(value: number): string;
  percent(share: number): string;
}

/** The terminal's language by POSIX: LC_ALL before LC_MESSAGES before LANG. Where they say nothing, English. */
export function terminalLocale(env: Record<string, string | undefined>): Locale {
  const said = env.LC_ALL || env.LC_MESSAGES || env.LANG || '';
  const tag = said.split(/[.@]/)[0].replace('_', '-');
  return /^(C|POSIX)?$/.test(tag) ? 'en' : pickLocale(tag);
}

export function createSpeech(env: Record<string, string | undefined> = process.env): Speech {
  const locale = terminalLocale(env);
  const say = createSay();
  const sayOf: Speech['sayOf'] = (namespace, key, params) => say(locale, namespace, key, params);
  return {
    locale,
    say: (key, params) => sayOf('platform', `command.${key}`, params),
    sayOf,
    number: (value) => new Intl.NumberFormat(locale).format(value),
    percent: (share) => new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 }).format(share),
  };
}
