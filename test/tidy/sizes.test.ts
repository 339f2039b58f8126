import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from 'vite';
import { describe, expect, it } from 'vitest';
import { quantile, readSource, root } from './source.ts';

const production = readSource('src').filter((f) => !f.isTest);
const tests = readSource('src', 'test').filter((f) => f.isTest);

describe('sizes', () => {
  it('keeps files small: median 70 lines, nine of ten 250, none above 400', () => {
    const sizes = production.map((f) => f.lines.length - 1);
    expect(quantile(sizes, 0.5)).toBeLessThanOrEqual(70);
    expect(quantile(sizes, 0.9)).toBeLessThanOrEqual(250);
    expect([...production, ...tests].filter((f) => f.lines.length - 1 > 400).map((f) => `${f.path}: divide it`)).toEqual([]);
  });

  it('keeps functions to 70 lines, components to 120', () => {
    const long = production.flatMap((f) => functionsOf(f.path, f.text)).filter(({ lines, component }) => lines > (component ? 120 : 70));
    expect(long.map((f) => `${f.where}: ${f.lines} lines`)).toEqual([]);
  });

  it('keeps the root to 18 entries', () => {
    const ignored = ['node_modules', 'data', 'dist', 'coverage', '.git'];
    expect(readdirSync(root).filter((name) => !ignored.includes(name) && !name.endsWith('.log')).length).toBeLessThanOrEqual(18);
  });

  // A contract declares what both sides share; it is the endpoints behind it that are tested. White space is no text: how lines are broken changes nothing.
  it('has three quarters as much test as production text on the server', () => {
    const count = (files: { text: string }[]): number => files.reduce((sum, { text }) => sum + text.replace(/\s+/g, '').length, 0);
    const server = production.filter((f) => !/\/web\/|\/contract[./]/.test(f.path));
    expect(count(tests) / count(server)).toBeGreaterThanOrEqual(0.75);
  });
});

interface Found {
  where: string;
  lines: number;
  component: boolean;
}

/** Every function of a file with its length in lines; a component is a function of a .tsx file with a capital name. */
function functionsOf(path: string, text: string): Found[] {
  const { program } = parseSync(join(root, path), text, { lang: path.endsWith('x') ? 'tsx' : 'ts' });
  const starts = [0, ...[...text.matchAll(/\n/g)].map((m) => m.index + 1)];
  const lineAt = (offset: number): number => starts.findLastIndex((s) => s <= offset);
  const found: Found[] = [];
  const visit = (node: unknown, name: string): void => {
    if (Array.isArray(node)) return node.forEach((n) => visit(n, name));
    if (typeof node !== 'object' || node === null || !('type' in node)) return;
    const n = node as Record<string, unknown> & { type: string; start: number; end: number };
    let inner = name;
    const id = (n.id ?? n.key) as { name?: string } | null | undefined;
    if (id?.name) inner = id.name;
    if (/^(Function|ArrowFunction)/.test(n.type)) {
      found.push({ where: `${path}:${lineAt(n.start) + 1} ${inner}`, lines: lineAt(n.end) - lineAt(n.start) + 1, component: path.endsWith('.tsx') && /^[A-Z]/.test(inner) });
    }
    for (const [key, value] of Object.entries(n)) if (key !== 'type') visit(value, inner);
  };
  visit(program, '');
  return found;
}
