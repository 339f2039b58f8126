import type { Locale } from '../../../../kernel/locale.ts';
import type { MessageProvider } from '../../contract/content.ts';
import type { Brand } from '../../../../platform/settings.ts';

/** Liquid of one language, ready to be parsed. It is plain data: threads are given it. */
export interface CompiledWords {
  subject: string;
  text: string;
  html: string | null;
  link: string;
  providerTemplate: string;
  provider: MessageProvider;
  variables: Record<string, string>;
}

/** A version of a template with the layout done once; only Liquid is left to do for each person. */
export interface CompiledTemplate {
  brand: Brand;
  site: string;
  locales: Partial<Record<Locale, CompiledWords>>;
  /** Its links as they were written, by their numbers. */
  links: string[];
}

/** What marks places in a message that are filled last. Values and words never hold these characters: they are taken out of them. */
export const mark = { open: '\uE010', close: '\uE011' } as const;
export const marks = { pixel: `${mark.open}pixel${mark.close}`, unsubscribe: `${mark.open}unsubscribe${mark.close}`, preferences: `${mark.open}preferences${mark.close}` } as const;
