import { Context, type Liquid, type Template, toValueSync } from 'liquidjs';
import type { Locale } from '../../../../kernel/locale.ts';
import { Problem } from '../../../../kernel/problem.ts';
import type { RenderedMessage } from '../../part.ts';
import { type CompiledTemplate, type CompiledWords, marks } from './compiled.ts';
import { createEngines, type Engines, mostCharacters } from './engine.ts';
import { type Piece, PieceEmitter, sharedParts } from './pieces.ts';
import { foundKey } from './tags.ts';

/** A message that still has marks where links, the picture that tells of opening, and the ways out stand. Plain data. */
export interface WrittenMessage {
  message: Omit<RenderedMessage, 'html'>;
  html: Piece[] | null;
  /** What a mark's number stands for. */
  urls: { url: string; position: number }[];
}

/** Writes messages of one version: each language is parsed once, with the first message that needs it. */
export interface Renderer {
  /** Throws a Problem where this person's message cannot be made. */
  write(fields: Readonly<Record<string, unknown>>, locale: Locale): WrittenMessage;
}

interface Parsed {
  words: CompiledWords;
  subject: Template[];
  text: Template[];
  html: { templates: Template[]; numbers: ReadonlyMap<string, number> } | null;
  link: Template[];
  variables: [string, Template[]][];
  engines: Engines;
}

export function createRenderer({ brand, site, locales }: CompiledTemplate): Renderer {
  const parsed = new Map<Locale, Parsed>();
  const parse = (locale: Locale): Parsed => {
    const words = locales[locale];
    if (!words) throw new Problem('messaging.template_without_language', { params: { locale } });
    const engines = createEngines(brand, locale);
    const text = (source: string): Template[] => engines.text.parse(source);
    const one: Parsed = {
      words, engines, subject: text(words.subject), text: text(words.text), html: words.html === null ? null : { templates: engines.html.parse(words.html), numbers: new Map(sharedParts(words).map((part, number) => [part, number])) },
      link: text(words.link), variables: Object.entries(words.variables).map(([name, value]) => [name, text(value)]),
    };
    parsed.set(locale, one);
    return one;
  };
  const write = (fields: Readonly<Record<string, unknown>>, locale: Locale): WrittenMessage => {
    const { words, engines, subject, text, html, link, variables } = parsed.get(locale) ?? parse(locale);
    const urls: WrittenMessage['urls'] = [];
    const scope = Object.assign(Object.create(null) as object, fields, { brand: { name: brand.name, site }, links: { unsubscribe: marks.unsubscribe, preferences: marks.preferences } });
    const contextOf = (engine: Liquid): Context => {
      const context = new Context(scope, engine.options, { sync: true }, { liquid: engine });
      context.setRegister(foundKey, { urls });
      return context;
    };
    const checkLength = (length: number): void => { if (length > mostCharacters) throw new Problem('messaging.message_too_long', { params: { most: mostCharacters } }); };
    const render = (engine: Liquid, templates: Template[]): string => {
      if (templates.length === 0) return '';
      const written = engine.renderSync(templates, contextOf(engine)) as string;
      checkLength(written.length);
      return written;
    };
    const renderPage = ({ templates, numbers }: NonNullable<typeof html>): Piece[] => {
      const page = new PieceEmitter(numbers);
      toValueSync(engines.html.renderer.renderTemplates(templates, contextOf(engines.html), page));
      checkLength(page.length);
      return page.end();
    };
    const message: WrittenMessage['message'] = { text: render(engines.text, text).trim() };
    if (subject.length > 0) message.subject = render(engines.text, subject).replace(/\s+/g, ' ').trim();
    const pieces = html && renderPage(html);
    if (link.length > 0) message.link = render(engines.text, link);
    if (variables.length > 0) message.variables = Object.fromEntries(variables.map(([name, value]) => [name, render(engines.text, value).trim()]));
    if (words.providerTemplate) message.providerTemplate = words.providerTemplate;
    if (words.provider !== 'any') message.provider = words.provider;
    return { message, html: pieces, urls };
  };
  return {
    write(fields, locale) {
      try {
        return write(fields, locale);
      } catch (error) {
        throw asProblem(error);
      }
    },
  };
}

/** What is wrong, without a word of the message or of the person. */
function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  const text = error instanceof Error ? error.message : '';
  if (/(memory alloc|parse length) limit exceeded/.test(text)) return new Problem('messaging.message_too_much');
  if (/template render limit exceeded/.test(text)) return new Problem('messaging.message_too_slow');
  return new Problem('messaging.message_cannot_be_made', { cause: error });
}
