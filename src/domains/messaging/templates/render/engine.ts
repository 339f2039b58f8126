import { type Context, Liquid } from 'liquidjs';
import type { Locale } from '../../../../kernel/locale.ts';
import type { Brand } from '../../../../platform/settings.ts';
import { addressTag, PaidLoop } from './tags.ts';

/** What templates may use of Liquid. Nothing that reads a file, keeps state between messages, or undoes escaping. */
export const tagNames = ['if', 'unless', 'case', 'for', 'break', 'continue', 'assign', 'capture', 'comment', '#'] as const;
export const filterNames = [
  'default', 'upcase', 'downcase', 'capitalize', 'strip', 'append', 'prepend', 'truncate', 'size', 'first', 'last', 'join',
  'plus', 'minus', 'times', 'divided_by', 'modulo', 'abs', 'ceil', 'floor', 'round', 'at_least', 'at_most', 'url_encode', 'date', 'money', 'number',
] as const;

/**
 * What one message may use: characters written, values made, turns of loops, in one count. A full mail uses a hundredth of it, and a template
 * that uses all of it does so in some tens of milliseconds.
 */
const memoryLimit = 1_000_000;
/** Only against what the count above does not see: a machine under load must not cost anybody their message. */
const renderLimitMs = 1_000;
export const mostCharacters = 400_000;

export interface Engines {
  /** For what is a part of a page: values are escaped. */
  html: Liquid;
  /** For what is text. */
  text: Liquid;
}

/** Liquid for one language of a brand. */
export function createEngines(brand: Brand, locale: Locale): Engines {
  const address = createEngine(brand, locale, (text) => text);
  const html = createEngine(brand, locale, escapeHtml);
  const text = createEngine(brand, locale, (said) => said);
  for (const engine of [html, text]) {
    engine.registerTag('link', addressTag('endlink', address, true));
    engine.registerTag('picture', addressTag('endpicture', address, false));
  }
  return { html, text };
}

function createEngine(brand: Brand, locale: Locale, escape: (text: string) => string): Liquid {
  const engine = new Liquid({
    ownPropertyOnly: true, strictFilters: true, strictVariables: false, lenientIf: true, cache: false, dynamicPartials: false, relativeReference: false,
    templates: {}, parseLimit: mostCharacters, renderLimit: renderLimitMs, memoryLimit,
    outputEscape(this: { context: Context } | void, value: unknown) {
      const written = escape(textOf(value));
      (this as { context: Context }).context.memoryLimit.use(written.length);
      return written;
    },
  });
  const [tags, filters]: ReadonlySet<string>[] = [new Set(tagNames), new Set(filterNames)];
  for (const name of Object.keys(engine.tags)) if (!tags.has(name)) delete engine.tags[name];
  for (const name of Object.keys(engine.filters)) if (!filters.has(name)) engine.unregisterFilter(name);
  engine.registerTag('for', PaidLoop);
  for (const [name, filter] of Object.entries(formatFilters(brand, locale))) engine.registerFilter(name, filter);
  return engine;
}

const isShown = (value: unknown): value is string | number => (typeof value === 'string' && value !== '') || typeof value === 'number';

/** Numbers, money and days as the reader writes them. Each way of writing is made once: making one costs more than a mail. */
function formatFilters({ timeZone, currency }: Brand, locale: Locale): Record<string, (value: unknown) => string> {
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
  const money = new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay: 'narrowSymbol', trailingZeroDisplay: 'stripIfInteger' });
  const day: Intl.DateTimeFormatOptions = locale === 'en' ? { year: 'numeric', month: 'short', day: 'numeric' } : { year: 'numeric', month: 'long', day: 'numeric' };
  const ofMoment = new Intl.DateTimeFormat(locale, { ...day, timeZone });
  const ofDay = new Intl.DateTimeFormat(locale, { ...day, timeZone: 'UTC' });
  const numeric = (format: Intl.NumberFormat) => (value: unknown) => (isNumeric(value) ? format.format(value as `${number}`) : '');
  return {
    number: numeric(number),
    money: numeric(money),
    date(value) {
      if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}/.test(value)) return '';
      const moment = new Date(value.slice(0, 40));
      if (Number.isNaN(moment.getTime())) return '';
      return (value.length === 10 ? ofDay : ofMoment).format(moment);
    },
  };
}

const isNumeric = (value: unknown): value is string | number => typeof value === 'number' || (typeof value === 'string' && /^-?\d{1,30}(\.\d{1,18})?$/.test(value));

function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return value.filter(isShown).map(String).join(', ');
  return '';
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&#34;', "'": '&#39;' };
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character]);
