/** The languages every string a person reads exists in. */
export const locales = ['zh-CN', 'zh-TW', 'en'] as const;
export type Locale = (typeof locales)[number];

/**
 * The best language for an `Accept-Language` header or `navigator.language`.
 * Traditional Chinese for Taiwan, Hong Kong, Macau and the script tag Hant; other Chinese is
 * simplified; anything else is English; nothing at all is simplified Chinese.
 */
export function pickLocale(accepted: string | undefined): Locale {
  if (!accepted) return 'zh-CN';
  const wanted = accepted
    .split(',')
    .map((part) => {
      const [tag = '', ...rest] = part.trim().split(';');
      const q = rest.map((r) => /^\s*q=([\d.]+)/.exec(r)?.[1]).find(Boolean);
      return { tag: tag.toLowerCase(), q: q === undefined ? 1 : Number(q) };
    })
    .filter((w) => w.q > 0)
    .sort((a, b) => b.q - a.q);
  for (const { tag } of wanted) {
    if (/^zh-(tw|hk|mo|hant)/.test(tag)) return 'zh-TW';
    if (tag.startsWith('zh')) return 'zh-CN';
    if (tag.startsWith('en')) return 'en';
  }
  return wanted.length > 0 && wanted[0].tag !== '*' ? 'en' : 'zh-CN';
}
