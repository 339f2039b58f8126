import type { Brand } from '../../../../platform/settings.ts';
import { type Locale, locales } from '../../../../kernel/locale.ts';
import type { PlainWords, TemplateContent } from '../../contract/content.ts';
import type { CompiledTemplate, CompiledWords } from '../render/compiled.ts';
import { cleanSource } from './liquid-parts.ts';
import { compileMail } from './mail.ts';
import { createLinkNumbers, followed, type LinkNumbers, plainWithAddresses } from './words.ts';

/** What does not depend on whom a message is for, done once for a version and each of its languages; `site` is where pictures of the brand's own are fetched. */
export function compileContent(given: TemplateContent, brand: Brand, site = ''): CompiledTemplate {
  const content = cleaned(given);
  const links = createLinkNumbers();
  const said: CompiledTemplate['locales'] = {};
  for (const locale of locales) {
    const words = content.kind === 'mail' ? mailOf(content, locale, links) : plainOf(content, locale, links);
    if (words) said[locale] = words;
  }
  return { brand, site, locales: said, links: links.all() };
}

const mailOf = ({ locales: said, accent }: Extract<TemplateContent, { kind: 'mail' }>, locale: Locale, links: LinkNumbers): CompiledWords | undefined => said[locale] && compileMail(said[locale], accent, locale, links);
const plainOf = ({ provider, locales: said }: Extract<TemplateContent, { kind: 'plain' }>, locale: Locale, links: LinkNumbers): CompiledWords | undefined => said[locale] && { ...compilePlain(said[locale], links), provider };

function compilePlain({ title, text, link, providerTemplate, variables }: PlainWords, links: LinkNumbers): Omit<CompiledWords, 'provider'> {
  return {
    subject: title, text: plainWithAddresses(text, links), html: null, link: followed(link, links), providerTemplate,
    variables: Object.fromEntries(variables.map(({ name, value }) => [name, plainWithAddresses(value, links)])),
  };
}

/** Every text of it without characters that messages use themselves. */
const cleaned = (content: TemplateContent): TemplateContent => JSON.parse(JSON.stringify(content), (_, value: unknown) => (typeof value === 'string' ? cleanSource(value) : value)) as TemplateContent;

/** Languages of a template in the order in which they would do for a person: theirs, the other Chinese, then any. */
export function nearestLocale(available: readonly Locale[], wanted: Locale): Locale {
  const order: Locale[] = wanted === 'en' ? ['en', 'zh-CN', 'zh-TW'] : wanted === 'zh-CN' ? ['zh-CN', 'zh-TW', 'en'] : ['zh-TW', 'zh-CN', 'en'];
  return order.find((locale) => available.includes(locale)) ?? available[0];
}
