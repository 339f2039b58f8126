import { createFormat } from '../../../../kernel/format.ts';
import type { Locale } from '../../../../kernel/locale.ts';
import type { Say } from '../../../../platform/i18n.ts';
import type { Brand } from '../../../../platform/settings.ts';
import { nameIn, type Names } from '../../contract/programme.ts';

/** A sentence that is not in a language yet: a message of this domain below `programme`, or of another as `customers:channel.sms`. */
export interface Phrase {
  key: string;
  /** Numbers are written as the language does; `count` decides between one and many, and is shown by `shown`. */
  params?: Record<string, Param>;
}
/** What stands in a sentence; months and weekdays begin with 1, which are January and Monday. */
export type Param = string | number | Thing | readonly Param[];
type Thing = Phrase | { names: Names } | { tier: string } | { item: number } | { money: string } | { exact: string } | { month: number } | { weekday: number };

/** Says phrases in a language. */
export interface Words {
  locale: Locale;
  say(phrase: Phrase): string;
}

/** Words for phrases of a definition: its tiers are called by their names, and so are items of the mall that are known. */
export function createWords(say: Say, locale: Locale, brand: Brand, tiers: readonly { key: string; names: Names }[], items: ReadonlyMap<number, Names> = new Map()): Words {
  const format = createFormat({ locale, timeZone: brand.timeZone, currency: brand.currency });
  const calendar = (day: number, month: number, shown: Intl.DateTimeFormatOptions): string => new Intl.DateTimeFormat(locale, { ...shown, timeZone: 'UTC' }).format(Date.UTC(2026, month, day));
  const thing = (param: Thing): string => {
    if ('key' in param) return said(param);
    if ('names' in param) return nameIn(param.names, locale);
    if ('item' in param) return item(param.item);
    if ('money' in param) return format.money(param.money);
    if ('exact' in param) return format.number(param.exact, 4);
    if ('month' in param) return calendar(1, param.month - 1, { month: 'long' });
    // 1 June 2026 is a Monday.
    if ('weekday' in param) return calendar(param.weekday, 5, { weekday: 'long' });
    const found = tiers.find(({ key }) => key === param.tier);
    return found ? nameIn(found.names, locale) : param.tier;
  };
  const item = (no: number): string => {
    const names = items.get(no);
    return said(names ? { key: 'says.itemNamed', params: { name: { names } } } : { key: 'says.itemNumbered', params: { no: String(no) } });
  };
  const text = (param: Param): string => {
    if (typeof param === 'string') return param;
    if (typeof param === 'number') return format.number(param);
    if (!('length' in param)) return thing(param);
    return param.map(text).join(say(locale, 'membership', 'programme.comma'));
  };
  const said = ({ key, params = {} }: Phrase): string => {
    const { count, ...others } = params;
    const given = Object.fromEntries(Object.entries(others).map(([name, param]) => [name, text(param)]));
    const [first, second] = key.split(':');
    return say(locale, second === undefined ? 'membership' : first, second ?? `programme.${key}`, count === undefined ? given : { ...given, count, shown: text(count) });
  };
  return { locale, say: said };
}
