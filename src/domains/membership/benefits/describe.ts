import type { Locale } from '../../../kernel/locale.ts';
import type { Say } from '../../../platform/i18n.ts';
import type { BenefitDefinition, Gift, PriceRule } from '../contract/benefits.ts';
import type { Givers } from './givers/giver.ts';

/** What benefits promise, in the words of a reader. */
export interface Describe {
  gift(gift: Gift, locale: Locale): Promise<string>;
  promise(definition: Pick<BenefitDefinition, 'promise'>, locale: Locale): Promise<string>;
}

export function createDescribe(say: Say, givers: Givers, currency: () => Promise<string>): Describe {
  const word = (locale: Locale, key: string, params: Record<string, unknown> = {}): string => say(locale, 'membership', `benefits.says.${key}`, params);
  const gift = async (given: Gift, locale: Locale): Promise<string> => (givers.all().some(({ kind }) => kind === given.giver) ? givers.of(given.giver).describe(given, locale) : given.giver);
  const money = async (amount: string, locale: Locale): Promise<string> => new Intl.NumberFormat(locale, { style: 'currency', currency: await currency(), currencyDisplay: 'narrowSymbol', maximumFractionDigits: 2, minimumFractionDigits: 0 }).format(Number(amount));
  const price = async ({ on, by }: PriceRule, locale: Locale): Promise<string> => {
    const what = on.kind === 'everything' ? word(locale, 'everything') : on.key;
    if (by.kind === 'price') return word(locale, 'price', { what, price: await money(by.price, locale) });
    // 「9 折」 is what remains of ten parts.
    return word(locale, 'percent', { what, percent: Number(by.percent), rest: Number((10 - Number(by.percent) / 10).toFixed(2)) });
  };
  return {
    gift,
    async promise({ promise }, locale) {
      switch (promise.kind) {
        case 'member_price': {
          const shown = (await Promise.all(promise.prices.slice(0, 2).map((rule) => price(rule, locale)))).join(word(locale, 'comma'));
          return promise.prices.length > 2 ? word(locale, 'andMore', { shown, count: promise.prices.length }) : shown;
        }
        case 'free_shipping': return Number(promise.from) === 0 ? word(locale, 'freeShipping') : word(locale, 'freeShippingFrom', { amount: await money(promise.from, locale) });
        case 'exclusive': return word(locale, promise.everybodyFrom === null ? 'exclusive' : 'early', { count: promise.products.length });
        case 'service': return promise.answerMinutes === null ? promise.lane : word(locale, 'service', { lane: promise.lane, minutes: promise.answerMinutes });
        default: return (await Promise.all(promise.gifts.map((each) => gift(each, locale)))).join(word(locale, 'plus'));
      }
    },
  };
}
