import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const folder = import.meta.dirname;
const files = readdirSync(folder).filter(
  (name) => /\.tsx?$/.test(name) && !name.includes('.test.'),
);
const texts = files.map((name) => readFileSync(join(folder, name), 'utf8')).join('\n');

const keysOf = (part: object, prefix = ''): string[] =>
  Object.entries(part).flatMap(([key, value]) =>
    typeof value === 'string' ? [prefix + key] : keysOf(value as object, `${prefix}${key}.`),
  );
const read = (locale: string): object =>
  JSON.parse(readFileSync(join(folder, 'messages', `${locale}.json`), 'utf8')) as object;
const known = keysOf(read('en'));

/** Keys that stand whole in the code, and the beginnings of those that are put together. */
const whole = [...texts.matchAll(/'([a-z]\w*(?:\.\w+)+)'/g)].map(([, key]) => key);
const begun = [...texts.matchAll(/say\(`([\w.]+)\.\$\{/g)].map(([, key]) => key);

describe('the words of a member’s page', () => {
  it('has a sentence for everything the page says', () => {
    const said = [...texts.matchAll(/say\(\s*'([\w.]+)'/g)].map(([, key]) => key);
    expect(said.length).toBeGreaterThan(30);
    expect([...said, ...whole].filter((key) => !known.includes(key))).toEqual([]);
    expect(begun.filter((key) => !known.some((each) => each.startsWith(`${key}.`)))).toEqual([]);
  });

  it('has the same places for values in each language', () => {
    const places = (locale: string): Record<string, string[]> => {
      const value = (key: string): string =>
        key
          .split('.')
          .reduce<unknown>(
            (at, part) => (at as Record<string, unknown>)[part],
            read(locale),
          ) as string;
      return Object.fromEntries(
        known.map((key) => [
          key,
          [...value(key).matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort(),
        ]),
      );
    };
    expect(places('zh-CN')).toEqual(places('en'));
    expect(places('zh-TW')).toEqual(places('zh-CN'));
  });
});
