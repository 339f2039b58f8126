import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fileFolder, readFile } from '../../../../../test/import-files.ts';
import { numberText } from '../number-text.ts';
import { flatten, parseLine } from './flatten.ts';

const write = fileFolder();
const lines = (...objects: unknown[]) => `${objects.map((object) => JSON.stringify(object)).join('\n')}\n`;

describe('JSON Lines', () => {
  it('has the union of the keys as columns, with nested objects by dots', async () => {
    const read = await readFile(
      write(
        lines(
          { id: 1, buyer: { name: '王', at: { city: '上海' } } },
          { id: 2, tags: ['a', 'b'], vip: true, note: null },
        ),
      ),
    );
    expect(read.format).toBe('json_lines');
    expect(read.columns).toEqual(['id', 'buyer.name', 'buyer.at.city', 'tags', 'vip', 'note']);
    expect(read.rows).toEqual([
      ['1', '王', '上海', '', '', ''],
      ['2', '', '', '["a","b"]', 'true', ''],
    ]);
    expect(read.rowNumbers).toEqual([1, 2]);
  });

  it('reports bad lines by their number and goes on', async () => {
    const read = await readFile(write('{"a":1}\n{"a":\n\n[1]\n"x"\n{"a":2}\r\n{"a":3}'));
    expect(read.rows).toEqual([['1'], ['2'], ['3']]);
    expect(read.problems).toEqual(['2 bad_json', '4 not_an_object', '5 not_an_object']);
    expect(read.rowNumbers).toEqual([1, 6, 7]);
  });

  it('rejects a line that is nested too deeply to be walked through, wherever it stands', async () => {
    const deep = `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
    const deeper = `{"a":${'{"b":'.repeat(50_000)}1${'}'.repeat(50_000)}}`;
    const read = await readFile(write(`${deep}\n{"a":1}\n${deeper}\n{"a":2}\n`));
    expect(read.rows).toEqual([['1'], ['2']]);
    expect(read.problems).toEqual(['1 bad_json', '3 bad_json']);
  });

  it('takes __proto__ for a name like any other', async () => {
    const read = await readFile(write('{"__proto__":{"admin":"yes"},"constructor":"x","a":1}\n'));
    expect(read.columns).toEqual(['__proto__.admin', 'constructor', 'a']);
    expect(read.rows).toEqual([['yes', 'x', '1']]);
    expect(({} as Record<string, unknown>).admin).toBeUndefined();
  });

  it('keeps all digits of long order numbers', async () => {
    const read = await readFile(
      write('{"order":1234567890123456789,"sum":12.5,"list":[9007199254740993]}\n'),
    );
    expect(read.rows).toEqual([['1234567890123456789', '12.5', '["9007199254740993"]']]);
  });

  it('tells of keys that first appear behind the sample, and reads those that were asked for', async () => {
    const content = lines(...Array.from({ length: 1500 }, (_, i) => ({ id: i })), {
      id: 'last',
      late: 'x',
      wanted: 'y',
    });
    const read = await readFile(write(content), { columns: ['id', 'wanted'] });
    expect(read.columns).toEqual(['id', 'wanted']);
    expect(read.rows.at(-1)).toEqual(['last', 'y']);
    expect(read.lateColumns).toEqual(['late']);
  });

  it('passes over a line that is too long', async () => {
    const read = await readFile(write(`{"a":1}\n{"a":"${'x'.repeat(5_000_000)}"}\n{"a":2}\n`));
    expect(read.rows).toEqual([['1'], ['2']]);
    expect(read.problems).toEqual(['2 row_too_long']);
  });

  it('rejects lines with bytes that are no UTF-8', async () => {
    const bytes = Buffer.from('{"a":"订"}\n{"a":"单"}\n');
    bytes[7] = 0xff;
    expect((await readFile(write(bytes))).problems).toEqual(['1 bad_encoding']);
  });

  it('refuses more columns than a file may have', async () => {
    const wide = Object.fromEntries(Array.from({ length: 1001 }, (_, i) => [`c${i}`, i]));
    await expect(readFile(write(lines(wide)))).rejects.toMatchObject({
      code: 'collect.file_too_many_columns',
    });
  });

  it('gives back any texts, wherever batches end', async () => {
    const object = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.string({ unit: 'grapheme' }), {
      minKeys: 1,
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(object, { minLength: 1, maxLength: 20 }),
        fc.integer({ min: 1, max: 100 }),
        async (objects, batchBytes) => {
          const read = await readFile(write(lines(...objects), 'property.json'), { limits: { batchBytes } });
          expect(read.rows).toEqual(
            objects.map((o) => read.columns.map((column) => (o as Record<string, string>)[column] ?? '')),
          );
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe('flatten', () => {
  it('stops at a depth and keeps what is deeper as JSON', () => {
    const seen: [string, string][] = [];
    flatten({ a: { b: { c: { d: { e: 1 } } } } }, (path, text) => seen.push([path, text]));
    expect(seen).toEqual([['a.b.c.d', '{"e":1}']]);
  });

  it('leaves numbers that fit as they are', () => {
    expect(parseLine('{"a": 1e3, "b": 0.1, "text": "1234567890123456789"}')).toEqual({
      a: 1000,
      b: 0.1,
      text: '1234567890123456789',
    });
  });
});

describe('numberText', () => {
  it.each([
    [0.1 + 0.2, '0.3'],
    [1.5e-7, '0.00000015'],
    [1.5e21, '1500000000000000000000'],
    [-2.25e-8, '-0.0000000225'],
    [123_456.789, '123456.789'],
    [Number.MAX_SAFE_INTEGER, '9007199254740991'],
    [-0, '0'],
    [Number.NaN, ''],
    [Number.POSITIVE_INFINITY, ''],
  ])('writes %d as %s', (number, text) => {
    expect(numberText(number)).toBe(text);
  });

  it('never writes an exponent, and stays within fifteen digits of the number', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (number) => {
        const text = numberText(number);
        expect(text).toMatch(/^-?\d+(\.\d+)?$/);
        expect(Math.abs(Number(text) - number)).toBeLessThanOrEqual(Math.abs(number) * 1e-14);
      }),
    );
  });
});
