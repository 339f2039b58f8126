import { describe, expect, it } from 'vitest';
import { cleanText, cleanValue, nested } from './values.ts';

describe('values of people', () => {
  it('are nested by their names', () => {
    const values = {
      'person.name': '王',
      'person.city': null,
      'member.tier': 'gold',
      last_order: { id: 'A' },
    };
    expect(nested(values)).toEqual({
      person: { name: '王', city: null },
      member: { tier: 'gold' },
      last_order: { id: 'A' },
    });
  });

  it('are without what a message must not hold', () => {
    expect(cleanText('a\u0000b\u001b[31mc\u2028d\uE010e\uE011')).toBe(
      'ab[31mcde',
    );
    expect(cleanText('line\nand\ttab')).toBe('line\nand\ttab');
    expect(cleanText('half \ud83d')).toBe('half \ufffd');
  });

  it('are no longer, deeper or more than a message has use for', () => {
    expect(cleanText('x'.repeat(5_000))).toHaveLength(2_000);
    expect(cleanValue(Array.from({ length: 99 }, (_, n) => n))).toHaveLength(
      50,
    );
    const deep = { a: { b: { c: { d: { e: 'x' } } } } };
    expect(cleanValue(deep)).toEqual({ a: { b: { c: { d: null } } } });
    const wide = Object.fromEntries(
      Array.from({ length: 900 }, (_, n) => [n, n]),
    );
    expect(Object.keys(cleanValue(wide) as object)).toHaveLength(200);
  });

  it('are plain: numbers that are some, moments as text, no functions', () => {
    expect(
      cleanValue({
        none: Number.NaN,
        much: Infinity,
        some: 1.5,
        at: new Date('2026-06-18T00:00:00Z'),
        never: new Date('x'),
        call: () => 1,
        missing: undefined,
        big: 1n,
        is: true,
      }),
    ).toEqual({
      none: null,
      much: null,
      some: 1.5,
      at: '2026-06-18T00:00:00.000Z',
      never: null,
      call: null,
      missing: null,
      big: null,
      is: true,
    });
  });

  it('have no name that leads to a prototype', () => {
    const given = JSON.parse(
      '{"__proto__": {"a": 1}, "constructor": {"b": 1}, "prototype": 1, "fine": 2}',
    ) as object;
    const clean = cleanValue(given) as object;
    expect(Object.keys(clean)).toEqual(['fine']);
    expect(Object.getPrototypeOf(clean)).toBe(Object.prototype);
  });
});
