import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import type { Refusal } from '../../src/domains/customers/identifiers/normalise.ts';
import { messageFolders } from '../../src/platform/i18n.ts';
import { traditionalFile } from '../traditional.ts';
import { readSource, root, walk } from './source.ts';

const everything = readSource('src', 'test', 'bench').filter((f) => !f.path.startsWith('test/tidy/'));
const production = readSource('src').filter((f) => !f.isTest);

/** What must not be written, and what to write instead. */
const banned: [RegExp, string][] = [
  [/(:|<|\||,|&)\s*any(\[\])*\s*([;,)>\]=|&{]|$)/, 'unknown, and a schema that parses it'],
  [/\bas any\b/, 'a type that says what it is'],
  [/export \*/, 'named exports'],
  [/\b(TODO|FIXME|XXX|HACK)\b/, 'the work itself, or an issue'],
  [/@ts-(ignore|nocheck)/, 'code the compiler accepts'],
  [/console\.(log|debug)\(/, 'the log'],
  [/\.(only|todo)\(/, 'the whole suite'],
  [/catch\s*(\(\w*\))?\s*\{\s*\}/, 'a handled error, or a comment that says why none is needed'],
];
/** Places that speak to a person's terminal. */
const mayPrint = /^(src\/commands\/|src\/serve\/|src\/main\.ts|bench\/|test\/)|\.test\.ts$/;

describe('words', () => {
  it.each(banned)('has no %s', (pattern, instead) => {
    const wrong = everything.flatMap((f) => f.lines
      .map((line, i) => ({ line, at: `${f.path}:${i + 1}` }))
      .filter(({ line }) => pattern.test(line.replace(/^\s*(\/\/|\/?\*).*/, (c) => (/TODO|FIXME/.test(c) ? c : ''))) && !(pattern.source.startsWith('console') && mayPrint.test(f.path)))
      .map(({ at }) => `${at}: write ${instead}`));
    expect(wrong).toEqual([]);
  });

  it('names no file after a junk drawer', () => {
    const wrong = walk(join(root, 'src')).filter((p) => /\/(utils?|common|helpers?|managers?|misc|shared)(\.|\/|$)|-(utils?|helpers?|manager|misc|v2)\b/i.test(p.slice(root.length)));
    expect(wrong.map((p) => `${p.slice(root.length + 1)}: name it after what it holds`)).toEqual([]);
  });

  it('numbers migrations without gaps', () => {
    for (const store of ['postgres', 'clickhouse']) {
      const numbers = walk(join(root, 'migrations', store)).map((p) => Number(/(\d{4})_[^/]*\.sql$/.exec(p)?.[1]));
      expect(numbers, store).toEqual(numbers.map((_, i) => i + 1));
    }
  });
});

const keysOf = (catalogue: object, prefix = ''): string[] => Object.entries(catalogue).flatMap(([key, value]) =>
  typeof value === 'string' ? [`${prefix}${key}`.replace(/_(zero|one|two|few|many|other)$/, '')] : keysOf(value as object, `${prefix}${key}.`));
const read = (folder: string, locale: string): object => JSON.parse(readFileSync(join(folder, `${locale}.json`), 'utf8')) as object;

describe('languages', () => {
  it.each(messageFolders())('$namespace says everything in all three languages', ({ folder }) => {
    const chinese = new Set(keysOf(read(folder, 'zh-CN')));
    const english = new Set(keysOf(read(folder, 'en')));
    expect([...chinese].filter((k) => !english.has(k)), 'missing in English').toEqual([]);
    expect([...english].filter((k) => !chinese.has(k)), 'missing in Chinese').toEqual([]);
    expect(existsSync(join(folder, 'zh-TW.json')) && readFileSync(join(folder, 'zh-TW.json'), 'utf8'), 'run `npm run messages`').toBe(traditionalFile(folder));
  });

  it('has a sentence for every problem the program throws', () => {
    const known = new Set(messageFolders().flatMap(({ namespace, folder }) => keysOf(read(folder, 'en')).map((k) => `${namespace}:${k}`)));
    const thrown = production.flatMap((f) => [...f.text.matchAll(/(?:new Problem|notFound|conflict|forbidden)\(\s*'([a-z]+)\.([a-z0-9_.]+)'/g)].map((m) => ({ at: f.path, key: `${m[1]}:problem.${m[2]}` })));
    expect(thrown.filter(({ key }) => !known.has(key))).toEqual([]);
  });

  it('has a sentence for every code of a field that the program refuses', () => {
    const known = new Set(keysOf(read(join(root, 'src/platform/messages'), 'en')).filter((key) => key.startsWith('field.')).map((key) => key.slice('field.'.length)));
    // A fault with a sentence beside its code needs no other; the only fault of a problem is what that problem says.
    const said = production.filter(({ path }) => !path.includes('/web/')).flatMap(({ path, text }) => [...text.matchAll(/(fields: \[)?\{ path: [^{}]*(?:\{[^{}]*\}[^{}]*)*?code: ([^{}]*?)(, message: [^{}]*)?\}(\])?/g)]
      .filter(([, begins, , message, ends]) => message === undefined && !(begins && ends))
      .flatMap(([, , codes]) => [...codes.matchAll(/'([a-z_]+)'/g)].map(([, code]) => ({ path, code }))));
    expect(said.length).toBeGreaterThan(4);
    expect(said.filter(({ code }) => !known.has(code))).toEqual([]);
    const refusals: Record<Refusal, true> = { phone_masked: true, damaged_by_spreadsheet: true, not_a_phone: true, not_an_email: true, identifier_empty: true, identifier_too_long: true };
    const issues: Record<z.core.$ZodIssue['code'], true> = { invalid_type: true, too_big: true, too_small: true, invalid_format: true, not_multiple_of: true, unrecognized_keys: true, invalid_union: true, invalid_key: true, invalid_element: true, invalid_value: true, custom: true };
    const rules = production.flatMap(({ text }) => [...text.matchAll(/params: \{ said: '([a-z_]+)' \}/g)].map(([, said]) => said));
    expect([...rules, ...Object.keys(refusals), ...Object.keys(issues)].filter((code) => !known.has(code))).toEqual([]);
  });
});
