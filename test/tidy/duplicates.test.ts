import { expect, it } from 'vitest';
import baseline from './baseline.json' with { type: 'json' };
import { readSource } from './source.ts';

const window = 8;

it('writes nothing twice: at most 3 % of production lines stand in a run of eight that stands elsewhere', () => {
  const files = readSource('src').filter((f) => !f.isTest).map((f) => ({
    path: f.path,
    lines: f.lines.map((line, i) => ({ text: line.trim(), number: i + 1 })).filter(({ text }) => text.length > 2 && !text.startsWith('import ') && !/^(\/\/|\*|\/\*)/.test(text)),
  }));
  const seen = new Map<string, string[]>();
  for (const { path, lines } of files) {
    for (let i = 0; i + window <= lines.length; i++) {
      const key = lines.slice(i, i + window).map((l) => l.text).join('\n');
      seen.set(key, [...(seen.get(key) ?? []), `${path}:${lines[i].number}`]);
    }
  }
  const repeated = [...seen.values()].filter((places) => places.length > 1);
  const total = files.reduce((sum, f) => sum + f.lines.length, 0);
  const share = repeated.reduce((sum, places) => sum + places.length, 0) / total;
  expect(share, repeated.slice(0, 20).map((p) => p.join(' ~ ')).join('\n')).toBeLessThanOrEqual(baseline.duplicateShare);
});
