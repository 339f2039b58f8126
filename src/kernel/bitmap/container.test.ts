import { describe, expect, it } from 'vitest';
import { firstDifference } from '../../../test/number-sets.ts';
import { andContainers, andNotContainers, andSizeOf, orContainers, xorContainers } from './combine.ts';
import {
  addValues, contains, countSmaller, emptyContainer, equalContainers, fullContainer, ofRange, ofValues, ofWords, rankIn, selectIn,
  valuesMax, wordsOf, writeMembers, type Container,
} from './container.ts';
import { wordCount } from './words.ts';

const every = (size: number, step: number, from = 0): number[] => Array.from({ length: size }, (_, i) => from + i * step);

function containerOf(list: number[]): Container {
  const words = new Int32Array(wordCount);
  addValues(words, Uint16Array.from(list));
  return ofWords(words, list.length);
}

function membersOf(container: Container): Uint32Array {
  const out = new Uint32Array(container.size);
  expect(writeMembers(container, out, 0, 0)).toBe(container.size);
  return out;
}

/** One of each kind and size that is treated in a way of its own. */
const shapes: Record<string, number[]> = {
  empty: [],
  first: [0],
  last: [65_535],
  few: [3, 31, 32, 5_000, 65_000],
  neighbours: every(700, 1, 2_900),
  mostValues: every(valuesMax, 3),
  leastBits: every(valuesMax + 1, 3),
  otherValues: every(valuesMax, 16, 1),
  half: every(32_768, 2),
  otherHalf: every(32_768, 2, 1),
  allButOne: every(65_536, 1).filter((n) => n !== 40_000),
  full: every(65_536, 1),
};
const names = Object.keys(shapes);
const sets = new Map(names.map((name) => [name, new Set(shapes[name])]));
const setOf = (name: string): Set<number> => sets.get(name) ?? new Set();
const pairs = names.flatMap((a) => names.map((b) => [a, b]));

/** A container is values or bits by its size alone, and its size is what it holds. */
function expectCanonical(container: Container, list: number[]): void {
  expect(firstDifference(membersOf(container), list)).toBe(-1);
  expect(container.words !== undefined).toBe(container.size > valuesMax);
  expect(container === fullContainer).toBe(container.size === 65_536);
}

describe('a container', () => {
  it.each(names)('holds %s', (name) => {
    const container = containerOf(shapes[name]);
    expectCanonical(container, shapes[name]);
    const held = new Set(shapes[name]);
    const probes = every(65_536 / 4, 4).concat(shapes[name].slice(0, 500), 65_535);
    expect(probes.filter((low) => contains(container, low) !== held.has(low))).toEqual([]);
    expect(equalContainers(container, containerOf(shapes[name]))).toBe(true);
  });

  it.each(names)('finds ranks in %s', (name) => {
    const list = shapes[name];
    const container = containerOf(list);
    const ranks = list.length < 1_000 ? [...list.keys()] : every(200, Math.floor(list.length / 200)).concat(list.length - 1);
    expect(ranks.map((rank) => selectIn(container, rank))).toEqual(ranks.map((rank) => list[rank]));
    expect(ranks.map((rank) => rankIn(container, list[rank]))).toEqual(ranks.map((rank) => rank + 1));
    expect(rankIn(container, 65_535)).toBe(list.length);
  });

  it('writes its members with a base, after what is there', () => {
    const out = new Uint32Array(5).fill(9);
    expect(writeMembers(ofValues(Uint16Array.of(1, 65_535)), out, 1, 65_536)).toBe(3);
    expect([...out]).toEqual([9, 65_537, 131_071, 9, 9]);
  });

  it('is made of a range', () => {
    for (const [first, last] of [[0, 0], [65_535, 65_535], [5, 4_100], [5, 4_101], [0, 65_535], [0, 65_534]]) {
      expectCanonical(ofRange(first, last), every(last - first + 1, 1, first));
    }
  });

  it('gives its bits as a copy', () => {
    for (const list of [shapes.few, shapes.half]) {
      const container = containerOf(list);
      wordsOf(container).fill(0);
      expect([...membersOf(container)]).toEqual(list);
    }
  });

  it('counts values that are smaller', () => {
    const values = Uint16Array.of(2, 4, 65_535);
    expect([0, 2, 3, 4, 5, 65_535, 65_536].map((low) => countSmaller(values, low))).toEqual([0, 0, 1, 1, 2, 2, 3]);
  });
});

describe('two containers', () => {
  it.each(pairs)('combine: %s with %s', (left, right) => {
    const [a, b] = [containerOf(shapes[left]), containerOf(shapes[right])];
    const [ours, theirs] = [setOf(left), setOf(right)];
    const sorted = (set: Set<number>): number[] => [...Uint32Array.from(set).sort()];
    expectCanonical(andContainers(a, b), sorted(ours.intersection(theirs)));
    expectCanonical(orContainers(a, b), sorted(ours.union(theirs)));
    expectCanonical(andNotContainers(a, b), sorted(ours.difference(theirs)));
    expectCanonical(xorContainers(a, b), sorted(ours.symmetricDifference(theirs)));
    expect(andSizeOf(a, b)).toBe(ours.intersection(theirs).size);
    expect(equalContainers(a, b)).toBe(left === right);
    // Neither was written.
    expect([firstDifference(membersOf(a), shapes[left]), firstDifference(membersOf(b), shapes[right])]).toEqual([-1, -1]);
  });

  it('leave nothing of what is taken from all', () => {
    expect(andNotContainers(containerOf(shapes.half), fullContainer)).toBe(emptyContainer);
  });
});
