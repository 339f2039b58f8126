import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Command, hashOf } from './command.ts';

const spending = (derivation: Record<string, unknown>, more: Partial<Command> = {}): Command => ({ kind: 'spend', key: 'k', customerNo: 1, occurredAt: 5, amount: 10, derivation, ...more } as Command);
const same = (a: Command, b: Command): boolean => hashOf(a).equals(hashOf(b));

/** The same value with the keys of its objects in another order. */
function reordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reordered);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).reverse().map(([key, each]) => [key, reordered(each)]));
}

describe('a command is known again', () => {
  it('by what it says, in whatever order it says it', () => {
    fc.assert(fc.property(fc.dictionary(fc.string(), fc.jsonValue(), { noNullPrototype: true }), (derivation) => {
      expect(same(spending(derivation), spending(reordered(derivation) as Record<string, unknown>))).toBe(true);
    }), { numRuns: 300 });
  });

  it('not when anything in it is another', () => {
    fc.assert(fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
      fc.pre(JSON.stringify(reordered(reordered(a))) !== JSON.stringify(reordered(reordered(b))) && !Object.is(a, -0) && !Object.is(b, -0));
      const [one, other] = [spending({ said: a }), spending({ said: b })];
      const canonical = (value: unknown): string => JSON.stringify(value, (_, each: unknown) => (typeof each === 'object' && each !== null && !Array.isArray(each) ? Object.fromEntries(Object.entries(each).sort(([x], [y]) => (x < y ? -1 : 1))) : each));
      expect(same(one, other)).toBe(canonical(a) === canonical(b));
    }), { numRuns: 300 });
    expect(same(spending({}), spending({}, { amount: 11 } as Partial<Command>))).toBe(false);
    expect(same(spending({}), spending({}, { customerNo: 2 }))).toBe(false);
    expect(same(spending({}), spending({}, { kind: 'hold', expiresAt: 9 } as Partial<Command>))).toBe(false);
  });

  it('by what its sender said alone, where that stands in it: not by the moment it came', () => {
    const said = (occurredAt: number, input: unknown): Command => spending({ by: 'x' }, { occurredAt, input });
    expect(same(said(1, { amount: 10 }), said(2, { amount: 10 }))).toBe(true);
    expect(same(said(1, { amount: 10 }), said(1, { amount: 11 }))).toBe(false);
  });

  it('what is left unsaid counts for nothing', () => {
    expect(same(spending({ a: undefined, b: 1 }), spending({ b: 1 }))).toBe(true);
    expect(same(spending({ a: null, b: 1 }), spending({ b: 1 }))).toBe(false);
  });
});
