import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ascending, numbers } from '../../../test/number-sets.ts';
import { Builder, checkedMember, checkedMembers, contentOfSorted, countUpTo, pairContainers, type Content } from './build.ts';
import { emptyContainer, ofValues, valuesMax } from './container.ts';

const contentOf = (list: number[]): Content => contentOfSorted(Uint32Array.from(list));
const keysOf = (list: number[]): number[] => ascending(list.map((n) => n >>> 16));

describe('the builder', () => {
  it('leaves out what is empty', () => {
    const builder = new Builder();
    builder.add(1, emptyContainer);
    builder.add(2, ofValues(Uint16Array.of(5)));
    builder.add(65_535, emptyContainer);
    expect([...builder.content().keys]).toEqual([2]);
    expect(builder.content().containers.length).toBe(1);
  });

  it('divides ascending numbers by their high half', () => {
    fc.assert(fc.property(numbers, (list) => {
      const sorted = ascending(list);
      const { keys, containers } = contentOf(sorted.flatMap((n) => [n, n]));
      expect([...keys]).toEqual(keysOf(list));
      const sizes = [...keys].map((key) => sorted.filter((n) => n >>> 16 === key).length);
      expect(containers.map(({ size }) => size)).toEqual(sizes);
      expect(containers.map(({ words }) => words !== undefined)).toEqual(sizes.map((size) => size > valuesMax));
    }));
  });

  it('refuses numbers that descend, within a container and from one to the next', () => {
    for (const list of [[2, 1], [1, 2, 3, 0], [65_536, 65_535], [0, 2 ** 31, 5]]) expect(() => contentOf(list)).toThrow('must ascend');
  });
});

describe('members', () => {
  it('are whole numbers of 32 bits', () => {
    expect([0, 65_536, 2 ** 32 - 1].map(checkedMember)).toEqual([0, 65_536, 2 ** 32 - 1]);
    for (const n of [-1, 0.1, NaN, Infinity, 2 ** 32]) expect(() => checkedMember(n)).toThrow(`not ${n}.`);
  });

  it('come from lists, sets and generators', () => {
    const given = function* (): Generator<number> {
      yield 9;
      yield 4;
    };
    for (const list of [[9, 4], new Set([9, 4]), given(), Uint32Array.of(9, 4), Float64Array.of(9, 4)]) expect([...checkedMembers(list)]).toEqual([9, 4]);
    expect(() => checkedMembers(Float64Array.of(9, -4))).toThrow('not -4');
  });
});

describe('two contents', () => {
  it('meet under each key of either', () => {
    fc.assert(fc.property(numbers, numbers, (left, right) => {
      const [ours, theirs] = [keysOf(left), keysOf(right)];
      const met: [number, boolean, boolean][] = [];
      pairContainers(contentOf(ascending(left)), contentOf(ascending(right)), (key, a, b) => met.push([key, a !== undefined, b !== undefined]));
      expect(met).toEqual(ascending([...ours, ...theirs]).map((key) => [key, ours.includes(key), theirs.includes(key)]));
    }));
  });

  it('count keys and starts up to a value', () => {
    const ascendingKeys = Uint16Array.of(1, 5, 65_535);
    expect([0, 1, 4, 5, 65_534, 65_535].map((key) => countUpTo(ascendingKeys, key))).toEqual([0, 1, 1, 2, 2, 3]);
    expect(countUpTo(Float64Array.of(0, 2 ** 32), 2 ** 32)).toBe(2);
    expect(countUpTo(new Uint16Array(0), 3)).toBe(0);
  });
});
