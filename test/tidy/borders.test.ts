import { describe, expect, it } from 'vitest';
import { readSource, type SourceFile } from './source.ts';

/** Leftwards is allowed; things of one row do not see each other. */
const order = [
  ['kernel'], ['platform'], ['access'], ['customers'], ['commerce'], ['collect'], ['audiences'], ['insights'],
  ['membership', 'promotions', 'messaging', 'service', 'experience'], ['campaigns', 'journeys', 'communities', 'innovation'],
  ['planning'], ['app'],
];

const source = readSource('src');
const production = source.filter((f) => !f.isTest);

function roomOf(path: string): string {
  const domain = /^src\/domains\/([^/]+)\//.exec(path)?.[1];
  if (domain) return domain;
  const top = /^src\/([^/]+)/.exec(path)?.[1] ?? '';
  return top === 'app.ts' || top === 'main.ts' || top === 'commands' || top === 'serve' ? 'app' : top;
}
const rank = (room: string): number => order.findIndex((row) => row.includes(room));
const isWeb = (path: string): boolean => path.startsWith('src/web/') || /^src\/domains\/[^/]+\/web\//.test(path);
/** What a browser may load of a domain. */
const isShared = (path: string): boolean => path.startsWith('src/kernel/') || /contract\.ts$/.test(path);

describe('borders', () => {
  it('imports only leftwards in the order of the domains', () => {
    const wrong = production.filter((f) => !isWeb(f.path)).flatMap((f) => f.imports
      .filter((to) => to.startsWith('src/') && !isWeb(to))
      .filter((to) => roomOf(to) !== roomOf(f.path) && rank(roomOf(to)) >= rank(roomOf(f.path)))
      .map((to) => `${f.path} -> ${to}: move what both need to the left, or turn the call into an interface the left one owns`));
    expect(wrong).toEqual([]);
  });

  it('enters another domain only by public.ts or a contract', () => {
    const wrong = production.filter((f) => !isWeb(f.path)).flatMap((f) => f.imports
      .filter((to) => to.startsWith('src/domains/') && roomOf(to) !== roomOf(f.path))
      .filter((to) => !/^src\/domains\/[^/]+\/public\.ts$/.test(to) && !isShared(to))
      .map((to) => `${f.path} -> ${to}: export it from public.ts`));
    expect(wrong).toEqual([]);
  });

  it('keeps the browser free of the server, and component libraries inside src/web', () => {
    const wrong: string[] = [];
    for (const f of production.filter((p) => isWeb(p.path))) {
      for (const to of f.imports) {
        if (to.startsWith('src/') && !to.endsWith('.json') && !isWeb(to) && !isShared(to) && !isSharedInside(to)) wrong.push(`${f.path} -> ${to}: the browser may load contracts and the kernel only`);
      }
      if (!f.path.startsWith('src/web/') && /from '(antd|echarts|@ant-design)/.test(f.text)) wrong.push(`${f.path}: take it from src/web/kit.ts`);
    }
    expect(wrong).toEqual([]);
  });

  it('has no import cycle, types included', () => {
    expect(cycles(source)).toEqual([]);
  });
});

/** Files a contract is made of: contracts may import plain rule modules only if those are browser-safe themselves. */
const isSharedInside = (path: string): boolean => /^src\/domains\/[^/]+\/(mapping|labels)\//.test(path);

function cycles(files: SourceFile[]): string[] {
  const graph = new Map(files.map((f) => [f.path, f.imports]));
  const done = new Set<string>();
  const found: string[] = [];
  const visit = (path: string, trail: string[]): void => {
    if (trail.includes(path)) {
      found.push([...trail.slice(trail.indexOf(path)), path].join(' -> '));
      return;
    }
    if (done.has(path)) return;
    for (const to of graph.get(path) ?? []) if (graph.has(to)) visit(to, [...trail, path]);
    done.add(path);
  };
  for (const path of graph.keys()) visit(path, []);
  return found;
}
