import type { Liquid, Template } from 'liquidjs';
import type { CompiledTemplate } from './compiled.ts';
import { createEngines } from './engine.ts';

type Segments = (string | number | Segments)[];

/** Everything a template reads of the world, once each: `['person', 'name']`. Throws where Liquid cannot be parsed. */
export function pathsOf({ brand, locales }: CompiledTemplate): string[][] {
  const found = new Map<string, string[]>();
  for (const [locale, words] of Object.entries(locales)) {
    const { html, text } = createEngines(brand, locale as keyof typeof locales);
    const sources: [Liquid, string][] = [[text, words.subject], [text, words.text], [text, words.link], ...Object.values(words.variables).map((value): [Liquid, string] => [text, value])];
    if (words.html !== null) sources.push([html, words.html]);
    for (const [engine, source] of sources) {
      for (const path of pathsIn(engine, engine.parse(source))) found.set(path.join('\0'), path);
    }
  }
  return [...found.values()];
}

/** What parsed Liquid reads that it does not make itself. */
export const pathsIn = (engine: Liquid, parsed: Template[]): string[][] => engine.globalVariableSegmentsSync(parsed).flatMap(flattened);

/** A name within brackets may be a path of its own: `a[b.c]` is `a` and `b.c`. */
function flattened(segments: Segments): string[][] {
  const own: string[] = [];
  const others: string[][] = [];
  let isKnown = true;
  for (const segment of segments) {
    if (Array.isArray(segment)) {
      others.push(...flattened(segment));
      isKnown = false;
    } else if (isKnown) own.push(String(segment));
  }
  return [own, ...others];
}
