import { type Locale, locales } from '../../../../kernel/locale.ts';
import type { Say } from '../../../../platform/i18n.ts';
import { type Block, type ChannelKind, type MailWords, type MessagePurpose, type ReadyTemplateKey, readyTemplateKeys, type TemplateContent } from '../../contract.ts';

export interface ReadyTemplate {
  key: ReadyTemplateKey;
  name: string;
  channel: ChannelKind;
  purpose: MessagePurpose;
  category: string;
  content: TemplateContent;
}

/** What stands for fields in the words of the catalogues, which have braces of their own. */
const fields: Record<string, string> = {
  name: '{{ person.name | default: "@friend" }}',
  brand: '{{ brand.name }}',
  unsubscribe: '{{ links.unsubscribe }}',
  preferences: '{{ links.preferences }}',
  points: '{{ member.points | number | default: "0" }}',
  expiring: '{{ member.points_expiring | number | default: "0" }}',
  expiry: '{{ member.points_expire_on | date | default: "@soon" }}',
  tier: '{{ member.tier | default: "@tier" }}',
  bought: '{{ last_order.products[0].name | default: "@bought" }}',
};
const productLink = 'https://shop.example.com/p/{{ product.id | url_encode }}';
const shop = 'https://shop.example.com/';

/** The mails: what stands between greeting and footer, and where the button leads. */
const mails: Record<string, { products?: 'recommendations' | 'last_order'; to: string; purpose: MessagePurpose; accent: string }> = {
  welcome: { products: 'recommendations', to: `${shop}member`, purpose: 'marketing', accent: '#1f7a5c' },
  abandoned_cart: { to: `${shop}cart`, purpose: 'marketing', accent: '#8a5a2b' },
  repurchase: { products: 'last_order', to: shop, purpose: 'marketing', accent: '#1f7a5c' },
  birthday: { products: 'recommendations', to: `${shop}birthday`, purpose: 'marketing', accent: '#b3405a' },
  points_expiring: { to: `${shop}mall`, purpose: 'service', accent: '#8a5a2b' },
  tier_up: { products: 'recommendations', to: `${shop}member`, purpose: 'service', accent: '#5b4a9c' },
};

/** Ready templates of a brand, named in the reader's language and said in every language. */
export const readyTemplates = (say: Say, locale: Locale): ReadyTemplate[] => readyTemplateKeys.map((key) => {
  const mail = mails[key];
  const category = say(locale, 'messaging', `ready.${key}.category`);
  const name = say(locale, 'messaging', `ready.${key}.name`);
  const said = (one: Locale) => words(say, one, key);
  if (!mail) return { key, name, category, channel: 'sms', purpose: key === 'points_expiring_sms' ? 'service' : 'marketing', content: { kind: 'plain', provider: 'any', locales: Object.fromEntries(locales.map((one) => [one, { title: '', text: said(one)('text'), link: '', providerTemplate: '', variables: [] }])) } };
  const content: TemplateContent = { kind: 'mail', accent: mail.accent, locales: Object.fromEntries(locales.map((one) => [one, mailWords(said(one), mail)])) };
  return { key, name, category, channel: 'email', purpose: mail.purpose, content };
});

/** The words of a template in a language, with the fields in their places. */
const words = (say: Say, locale: Locale, key: string) => (part: string): string =>
  say(locale, 'messaging', part.startsWith('footer') ? `ready.${part}` : `ready.${key}.${part}`)
    .replace(/\[\[(\w+)\]\]/g, (_, name: string) => (fields[name] ?? '').replace(/@(\w+)/, (_mark, word: string) => say(locale, 'messaging', `ready.fallback.${word}`)));

function mailWords(said: (part: string) => string, { products, to }: (typeof mails)[string]): MailWords {
  const blocks: Block[] = [
    { kind: 'title', key: 'title', when: '', text: said('title'), align: 'left' },
    { kind: 'text', key: 'text', when: '', text: said('text'), align: 'left' },
    { kind: 'button', key: 'button', when: '', text: said('button'), link: to, align: 'left' },
    ...(products ? [
      { kind: 'divider', key: 'line', when: `${products === 'last_order' ? 'last_order.products' : 'recommendations'}.size > 0` } as const,
      { kind: 'text', key: 'about', when: `${products === 'last_order' ? 'last_order.products' : 'recommendations'}.size > 0`, text: said('products'), align: 'left' } as const,
      { kind: 'products', key: 'products', when: '', from: products, most: 3, link: productLink, picture: '', buttonText: said('more'), showPrice: true } as const,
    ] : []),
    { kind: 'footer', key: 'footer', when: '', text: said('footer') },
  ];
  return { subject: said('subject'), preheader: said('preheader'), blocks };
}
