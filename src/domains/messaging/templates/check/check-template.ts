import type { Locale } from '../../../../kernel/locale.ts';
import { type Brand, readBrand } from '../../../../platform/settings.ts';
import type { ChannelKind, MessagePurpose, TemplateContent, TextSize } from '../../contract.ts';
import type { MessagingDoors } from '../../part.ts';
import { compileContent } from '../compile/compile.ts';
import type { Fields } from '../fields/registry.ts';
import { exampleLinks, exampleOf } from '../preview/example.ts';
import { finishMessage } from '../render/finish.ts';
import { createRenderer } from '../render/renderer.ts';
import { checkChannel } from './check-channel.ts';
import { checkLinks, type HostCheck } from './check-links.ts';
import { checkLiquid } from './check-liquid.ts';
import { checkWords } from './check-words.ts';
import { type Finding, hint, wrong } from './finding.ts';
import { readCheckSettings } from './settings.ts';
import { sizeOf } from './text-size.ts';
import { writtenIn } from './written.ts';

/** What words are checked with. */
export interface CheckDoors {
  pg: MessagingDoors['platform']['pg'];
  fields: Fields;
  hostCheck: HostCheck;
}

export interface Checked {
  findings: Finding[];
  sizes: Partial<Record<Locale, TextSize>>;
}

/** Mail programs cut a page off that is longer than this. */
const longestPage = 100_000;
const mostParts = 4;

/** All that is to be said about words before they are used; each at its place. */
export async function checkContent({ pg, fields, hostCheck }: CheckDoors, channel: ChannelKind, purpose: MessagePurpose, content: TemplateContent): Promise<Checked> {
  const [brand, settings] = [await readBrand(pg), await readCheckSettings(pg)];
  const texts = writtenIn(content);
  const liquid = checkLiquid(texts, fields, brand);
  const links = await checkLinks(texts, hostCheck);
  const findings = [...liquid, ...checkChannel(channel, purpose, content), ...links, ...checkWords(texts, settings)];
  if (liquid.some(({ key }) => key === 'liquid')) return { findings: sorted(findings, texts.map(({ path }) => path)), sizes: {} };
  const tried = tryExample(content, brand, fields, channel, settings.partPrice);
  return { findings: sorted([...findings, ...tried.findings], texts.map(({ path }) => path)), sizes: tried.sizes };
}

/** Makes the message of an example in each language: it must not fail, be too long for a mail program, or be many parts of a text. */
function tryExample(content: TemplateContent, brand: Brand, fields: Fields, channel: ChannelKind, partPrice: string | null): Checked {
  const compiled = compileContent(content, brand);
  const renderer = createRenderer(compiled);
  const checked: Checked = { findings: [], sizes: {} };
  for (const name of Object.keys(compiled.locales)) {
    const locale = name as Locale;
    try {
      const message = finishMessage(compiled, locale, renderer.write(exampleOf(fields, locale), locale), exampleLinks);
      if ((message.html?.length ?? 0) > longestPage) checked.findings.push(hint(`locales.${locale}.blocks`, 'long_page', { most: longestPage / 1_000 }));
      if (channel !== 'sms') continue;
      const size = sizeOf(message.text, isChinese(content, locale), partPrice);
      checked.sizes[locale] = size;
      if (size.parts > mostParts) checked.findings.push(hint(`locales.${locale}.text`, 'many_parts', { parts: size.parts }));
    } catch {
      checked.findings.push(wrong(`locales.${locale}.${content.kind === 'mail' ? 'blocks' : 'text'}`, 'cannot_be_made'));
    }
  }
  return checked;
}

/** Whether a message goes through carriers of China, who count and ask as they do. */
export const isChinese = (content: TemplateContent, locale: Locale): boolean => content.kind === 'plain' && content.provider !== 'twilio' && (locale !== 'en' || content.provider !== 'any');

/** What is wrong first, then in the order in which the texts are read. */
function sorted(findings: readonly Finding[], paths: readonly string[]): Finding[] {
  const place = ({ path, level }: Finding): number => (level === 'wrong' ? 0 : 10_000) + Math.max(0, paths.indexOf(path));
  return [...findings].sort((a, b) => place(a) - place(b));
}
