import { describe, expect, it } from 'vitest';
import { locales } from '../../../kernel/locale.ts';
import { createSay } from '../../../platform/i18n.ts';
import { knownEventLabel } from './known-events.ts';

describe('events of the usual plan', () => {
  const say = createSay();
  const named = (name: string, locale: (typeof locales)[number]): string | undefined => {
    const label = knownEventLabel(name);
    return label && say(locale, 'collect', label.slice('collect:'.length));
  };

  it('have a name in every language', () => {
    for (const name of ['Product Viewed', 'Order Completed', 'Signed Up', 'Product Added to Wishlist']) {
      for (const locale of locales) expect(named(name, locale), `${name} ${locale}`).not.toMatch(/knownEvent/);
    }
    expect(locales.map((locale) => named('Product Viewed', locale))).toEqual(expect.arrayContaining(['浏览商品', '瀏覽商品', 'Product viewed']));
  });

  it('are those, letter by letter, and no other', () => {
    for (const name of ['product viewed', 'Product Viewed ', '门店扫码', '', 'constructor', '__proto__']) expect(knownEventLabel(name), name).toBeUndefined();
  });
});
