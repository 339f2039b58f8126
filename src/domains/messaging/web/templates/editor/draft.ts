import type { Locale } from '../../../../../kernel/locale.ts';
import type { Block, MailWords, PlainWords, TemplateContent } from '../../../contract.ts';

/** Kinds of blocks that stand in a column too. */
export const simpleKinds = ['title', 'text', 'image', 'button'] as const;

/** A name for a block that none of these has. */
export function newKey(taken: readonly string[]): string {
  let n = taken.length + 1;
  while (taken.includes(`b${n}`)) n++;
  return `b${n}`;
}

/** Every key of a mail, those within columns too. */
export const keysIn = (blocks: readonly Block[]): string[] => blocks.flatMap((block) => [block.key, ...(block.kind === 'columns' ? block.columns.flat().map(({ key }) => key) : [])]);

/** A block as it begins; `words` are in the language it is written in. */
export function newBlock(kind: Block['kind'], key: string, words: { title: string; text: string; button: string; more: string; footer: string }): Block {
  const common = { key, when: '' };
  switch (kind) {
    case 'title': return { ...common, kind, text: words.title, align: 'left' };
    case 'text': return { ...common, kind, text: words.text, align: 'left' };
    case 'image': return { ...common, kind, address: '', alt: '', link: '', width: 600 };
    case 'button': return { ...common, kind, text: words.button, link: 'https://', align: 'center' };
    case 'products': return { ...common, kind, from: 'recommendations', most: 3, link: 'https://', picture: '', buttonText: words.more, showPrice: true };
    case 'divider': return { ...common, kind };
    case 'columns': return { ...common, kind, columns: [[], []] };
    case 'footer': return { ...common, kind, text: words.footer };
  }
}

/** What a language begins with where it is added: the words of another, to be written anew. */
export function withLocale(content: TemplateContent, locale: Locale, from: Locale): TemplateContent {
  const words = structuredClone(content.locales[from]);
  return { ...content, locales: { ...content.locales, [locale]: words } } as TemplateContent;
}

export function withoutLocale(content: TemplateContent, locale: Locale): TemplateContent {
  const { [locale]: _gone, ...rest } = content.locales;
  return { ...content, locales: rest } as TemplateContent;
}

/** The same content with other words in one language. */
export const withWords = (content: TemplateContent, locale: Locale, words: MailWords | PlainWords): TemplateContent => ({ ...content, locales: { ...content.locales, [locale]: words } }) as TemplateContent;

export const emptyPlain: PlainWords = { title: '', text: '', link: '', providerTemplate: '', variables: [] };
