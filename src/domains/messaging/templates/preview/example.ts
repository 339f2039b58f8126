import type { Locale } from '../../../../kernel/locale.ts';
import type { MessageLinks } from '../../part.ts';
import { aboutMessage, type Fields } from '../fields/registry.ts';
import { nested } from '../render/values.ts';

/** Where links lead in a message that nobody gets: where they were written to lead. */
export const exampleLinks: MessageLinks = { track: (url) => url, pixelUrl: null, unsubscribeUrl: 'https://example.com/unsubscribe', preferencesUrl: 'https://example.com/preferences' };

const products: Record<Locale, string[]> = {
  'zh-CN': ['明前龙井 50 克', '白毫银针 30 克', '盖碗三件套'],
  'zh-TW': ['明前龍井 50 克', '白毫銀針 30 克', '蓋碗三件組'],
  en: ['Longjing green tea, 50 g', 'Silver needle white tea, 30 g', 'Gaiwan set'],
};
const prices = ['168', '298', '128'];
const named: Record<string, Record<Locale, string>> = {
  'person.name': { 'zh-CN': '王小明', 'zh-TW': '王小明', en: 'Alex Wang' },
  'person.gender': { 'zh-CN': 'female', 'zh-TW': 'female', en: 'female' },
  'person.province': { 'zh-CN': '浙江省', 'zh-TW': '台灣', en: 'Zhejiang' },
  'member.tier': { 'zh-CN': '金卡', 'zh-TW': '金卡', en: 'Gold' },
  'person.city': { 'zh-CN': '杭州市', 'zh-TW': '台北市', en: 'Hangzhou' },
};

/** Values of somebody who is nobody, of which every field has one. */
export function exampleOf(fields: Fields, locale: Locale, isPlain = false): Record<string, unknown> {
  const listed = products[locale].map((name, n) => ({ id: `SKU-${n + 1}`, name, category: null, price: prices[n] }));
  const value = ({ name, kind }: { name: string; kind: string }): unknown => {
    if (Object.hasOwn(named, name)) return named[name][locale];
    if (name === 'person.language') return locale;
    if (name === 'last_order') return { id: 'A-1017', at: '2026-06-01T04:00:00Z', total: '466', products: listed.slice(0, 2) };
    switch (kind) {
      case 'products': return listed;
      case 'number': return 1_280;
      case 'money': return '128';
      case 'date': return '2026-06-18';
      case 'values': return {};
      default: return locale === 'en' ? 'Example' : '示例';
    }
  };
  const shown = fields.all().filter(({ isForEverybody }) => !isPlain || isForEverybody);
  return { ...nested(Object.fromEntries(shown.map((field) => [field.name, value(field)]))), ...aboutMessage(isPlain) };
}
