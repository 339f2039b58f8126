import type { Liquid, Template } from 'liquidjs';
import type { Brand } from '../../../../platform/settings.ts';
import { splitLiquid } from '../compile/liquid-parts.ts';
import type { Fields } from '../fields/registry.ts';
import { createEngines } from '../render/engine.ts';
import { pathsIn } from '../render/paths.ts';
import { type Finding, hint, wrong } from './finding.ts';
import type { Written } from './written.ts';

/** What every template has beside the fields of people. */
const known: Record<string, readonly string[]> = { brand: ['name'], links: ['unsubscribe', 'preferences'], message: ['is_plain'] };
/** Names that a products block gives to its own addresses. */
const ofProduct = /\.(link|picture)$/;

/** Liquid that cannot be read, fields that do not exist, and fields that may be empty with nothing in their place. */
export function checkLiquid(texts: readonly Written[], fields: Fields, brand: Brand): Finding[] {
  const { text: engine } = createEngines(brand, 'zh-CN');
  return texts.flatMap(({ path, kind, text }) => {
    const source = kind === 'condition' ? `{% if ${text} %}{% endif %}` : text;
    const parsed = parse(engine, source);
    if (typeof parsed === 'string') return [wrong(path, 'liquid', { problem: parsed })];
    if (kind === 'condition' && /[%}]\}/.test(text)) return [wrong(path, 'liquid', { problem: text.slice(0, 60) })];
    const paths = pathsIn(engine, parsed).filter(([name]) => !(name === 'product' && ofProduct.test(path)));
    const unknown = paths.filter((segments) => !isKnown(segments, fields));
    const bare = kind === 'condition' || kind === 'address' || kind === 'picture' ? [] : withoutFallback(engine, text, fields);
    return [...unknown.map((segments) => wrong(path, 'field_unknown', { field: segments.join('.') })), ...bare.map((label) => hint(path, 'no_fallback', { field: { message: label } }))];
  });
}

function parse(engine: Liquid, source: string): Template[] | string {
  try {
    return engine.parse(source);
  } catch (error) {
    return (error as Error).message.split('\n')[0].replace(/, line:1, col:\d+$/, '').slice(0, 200);
  }
}

function isKnown(segments: readonly string[], fields: Fields): boolean {
  const [first, second] = segments;
  if (Object.hasOwn(known, first)) return second !== undefined && known[first].includes(second);
  return fields.of(segments) !== undefined;
}

/** Labels of fields that are written without `default`, and outside of a condition that asks for them. */
function withoutFallback(engine: Liquid, text: string, fields: Fields): string[] {
  const asked = new Set<string>();
  const bare = new Set<string>();
  for (const { isLiquid, isTag, text: part } of splitLiquid(text)) {
    if (!isLiquid) continue;
    const tag = /^\{%-?\s*(if|unless|elsif|case|for)\b(.*?)-?%\}$/s.exec(part);
    if (isTag) {
      for (const field of fields.all()) if (tag?.[2].includes(field.name)) asked.add(field.name);
      continue;
    }
    if (/\|\s*default\b/.test(part)) continue;
    const [segments] = pathsIn(engine, engine.parse(part));
    const field = segments && fields.of(segments);
    if (field && !asked.has(field.name)) bare.add(field.label);
  }
  return [...bare];
}
