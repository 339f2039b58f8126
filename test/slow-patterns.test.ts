import { createContext, Script } from 'node:vm';
import { parseSync } from 'vite';
import { expect, it } from 'vitest';
import { join } from 'node:path';
import { readSource, root } from './tidy/source.ts';

interface Pattern {
  at: string;
  source: string;
  flags: string;
}

/** For all texts of one pattern together, generous for a busy machine; one that is quadratic takes minutes. */
const limitMs = 30_000;
const length = 20_000;

/** Every regular expression literal of the program. */
function patternsOf(path: string, text: string): Pattern[] {
  const found: Pattern[] = [];
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) return node.forEach(visit);
    if (typeof node !== 'object' || node === null) return;
    const { regex } = node as { regex?: { pattern: string; flags: string } };
    if (regex) found.push({ at: path, source: regex.pattern, flags: regex.flags });
    Object.values(node).forEach(visit);
  };
  visit(parseSync(join(root, path), text, { lang: path.endsWith('x') ? 'tsx' : 'ts' }).program);
  return found;
}

/** Long texts that match almost: one character or a pair over and over, then something that cannot match. */
function attacks(source: string): string[] {
  const own = [...new Set(source.replace(/\\[a-zA-Z]/g, '').replace(/[\\^$.*+?()[\]{}|]/g, ''))].slice(0, 8);
  const units = [...new Set(['a', '0', ' ', '\t', '\n', '-', '.', '@', 'a.', 'a@', '0 ', '0-', '86', "'", '"', '=', '汉', ...own, ...own.map((c) => `a${c}`), ...own.map((c) => `0${c}`)])];
  return units.flatMap((unit) => ['!', '\0'].map((end) => unit.repeat(length / unit.length) + end));
}

/** Patterns whose time grows with the square of the length, and why the length is bounded where they are used. */
const bounded: Record<string, string> = {
  '^[\\d\\p{P}\\s]+(?=[a-z])|[\\d\\p{P}\\p{S}\\s]+$': 'a password of at most 256 characters',
  '[^\\s@,;:<>]+@[^\\s@,;:<>]+\\.\\p{L}{2,}|(?<!\\d)(?:\\+?86[- ]?)?1[3-9]\\d[- ]?\\d{4}[- ]?\\d{4}(?!\\d)': 'an attribute of at most 500 characters',
  '[\\r\\n]+$': 'the beginning of a row, at most 4,000 bytes',
  '0+$': 'a number of at most 100 characters',
  '^\\s*--.*$': 'our own migrations',
  '([^/.]+)\\/messages\\/[^/]+$': 'names of our own files',
};

it('has no pattern that a long text can hold up', () => {
  const patterns = readSource('src').filter((f) => !f.isTest).flatMap((f) => patternsOf(f.path, f.text));
  expect(patterns.length).toBeGreaterThan(50);
  const slow: string[] = [];
  const box: Record<string, unknown> = {};
  const context = createContext(box);
  const script = new Script('for (text of texts) pattern.test(text)');
  for (const { at, source, flags } of new Map(patterns.map((p) => [`${p.source}/${p.flags}`, p])).values()) {
    if (bounded[source]) continue;
    Object.assign(box, { pattern: new RegExp(source, flags.replace(/[gy]/g, '')), texts: attacks(source), text: '' });
    try {
      script.runInContext(context, { timeout: limitMs });
    } catch {
      slow.push(`${at}: /${source}/ takes more than ${limitMs} ms, at last for ${JSON.stringify(String(box.text).slice(0, 4))} × ${length}`);
    }
  }
  expect(slow).toEqual([]);
});
