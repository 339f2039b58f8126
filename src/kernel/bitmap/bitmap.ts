import { Builder, checkedMember, checkedMembers, contentOfSorted, countUpTo, pairContainers, type Content } from './build.ts';
import { andContainers, andNotContainers, andSizeOf, orContainers, xorContainers } from './combine.ts';
import { addValues, contains, equalContainers, fullContainer, ofRange, ofWords, rankIn, selectIn, wordsOf, writeMembers, type Container } from './container.ts';
import { drawRanks } from './sample.ts';
import { countBits } from './words.ts';

/** What the engine holds for a container beside its members: the objects, the array and its buffer. */
const containerBytes = 256;
const lowCount = 65_536;

/**
 * An immutable set of whole numbers from 0 to 4,294,967,295, kept as a Roaring bitmap: memory is about a bit a number
 * where members are dense and two bytes a member where they are sparse, and sets combine by words instead of members.
 * Sets may share containers, so nothing of one is ever written after it was made.
 */
export class Bitmap implements Iterable<number> {
  static readonly empty = new Bitmap({ keys: new Uint16Array(0), containers: [] });

  /** How many members there are. */
  readonly size: number;
  /** High halves of the members, ascending, and the low halves under each. */
  readonly content: Content;
  /** Members before each container, and at the end of all. */
  private readonly starts: Float64Array;

  /** The containers stand under ascending keys and are their own canonical form; use the functions below for anything else. */
  constructor(content: Content) {
    this.content = content;
    this.starts = new Float64Array(content.containers.length + 1);
    content.containers.forEach((container, i) => (this.starts[i + 1] = this.starts[i] + container.size));
    this.size = this.starts[content.containers.length];
  }

  /** The numbers in any order, however often each. */
  static of(numbers: Iterable<number>): Bitmap {
    return new Bitmap(contentOfSorted(checkedMembers(numbers).toSorted()));
  }

  /** Ascending numbers; equal ones may follow each other. Throws where they do not ascend. */
  static fromSorted(numbers: Uint32Array | readonly number[]): Bitmap {
    return new Bitmap(contentOfSorted(checkedMembers(numbers)));
  }

  /** All numbers from `from` to the one before `until`. */
  static range(from: number, until: number): Bitmap {
    if (from >= until) return Bitmap.empty;
    const [first, last] = [checkedMember(from), checkedMember(until - 1)];
    const builder = new Builder();
    for (let key = first >>> 16; key <= last >>> 16; key++) {
      const low = key === first >>> 16 ? first & 0xffff : 0;
      const high = key === last >>> 16 ? last & 0xffff : lowCount - 1;
      builder.add(key, high - low === lowCount - 1 ? fullContainer : ofRange(low, high));
    }
    return new Bitmap(builder.content());
  }

  /** Members of any of the sets, in one pass however many there are. */
  static union(many: Iterable<Bitmap>): Bitmap {
    const byKey = new Map<number, Container[]>();
    for (const { content } of many) {
      content.containers.forEach((container, i) => {
        const key = content.keys[i];
        const known = byKey.get(key);
        if (known) known.push(container);
        else byKey.set(key, [container]);
      });
    }
    const builder = new Builder();
    for (const key of Uint16Array.from(byKey.keys()).sort()) builder.add(key, unionOf(byKey.get(key) ?? []));
    return new Bitmap(builder.content());
  }

  /** Whether the number is a member. */
  has(n: number): boolean {
    if (n >>> 0 !== n) return false;
    const { keys, containers } = this.content;
    const index = countUpTo(keys, n >>> 16) - 1;
    return index >= 0 && keys[index] === n >>> 16 && contains(containers[index], n & 0xffff);
  }

  /** Members of both. */
  and(other: Bitmap): Bitmap {
    return this.combine(other, andContainers, false, false);
  }

  /** Members of the one or the other. */
  or(other: Bitmap): Bitmap {
    return this.combine(other, orContainers, true, true);
  }

  /** Members of this set that are none of the other. */
  andNot(other: Bitmap): Bitmap {
    return this.combine(other, andNotContainers, true, false);
  }

  /** Members of one alone. */
  xor(other: Bitmap): Bitmap {
    return this.combine(other, xorContainers, true, true);
  }

  /** How many are members of both; nothing is built. */
  andSize(other: Bitmap): number {
    let size = 0;
    pairContainers(this.content, other.content, (_key, a, b) => {
      if (a && b) size += andSizeOf(a, b);
    });
    return size;
  }

  /** Whether both have the same members. */
  equals(other: Bitmap): boolean {
    const [ours, theirs] = [this.content, other.content];
    return this.size === other.size && ours.keys.length === theirs.keys.length && ours.keys.every((key, i) => key === theirs.keys[i])
      && ours.containers.every((container, i) => equalContainers(container, theirs.containers[i]));
  }

  /** Whether the other has every member of this set. */
  isSubsetOf(other: Bitmap): boolean {
    return this.size <= other.size && this.andSize(other) === this.size;
  }

  /** The members, ascending. */
  *[Symbol.iterator](): Generator<number, undefined> {
    for (let i = 0; i < this.content.keys.length; i++) for (const member of this.membersOf(i)) yield member;
  }

  /** The members, ascending. */
  toArray(): Uint32Array {
    return this.slice(0, this.size);
  }

  /** The member that has `rank` members before it; undefined where there are not so many. */
  at(rank: number): number | undefined {
    if (!Number.isInteger(rank) || rank < 0 || rank >= this.size) return undefined;
    const index = countUpTo(this.starts, rank) - 1;
    return this.content.keys[index] * lowCount + selectIn(this.content.containers[index], rank - this.starts[index]);
  }

  /** How many members are not larger than `n`. */
  rank(n: number): number {
    const { keys, containers } = this.content;
    const key = checkedMember(n) >>> 16;
    const index = countUpTo(keys, key) - 1;
    if (index < 0) return 0;
    return keys[index] === key ? this.starts[index] + rankIn(containers[index], n & 0xffff) : this.starts[index + 1];
  }

  /** Up to `limit` members, ascending, after the first `offset`: a page. */
  slice(offset: number, limit: number): Uint32Array {
    const from = Math.min(checkedCount(offset), this.size);
    const until = Math.min(from + checkedCount(limit), this.size);
    const out = new Uint32Array(until - from);
    const { keys, containers } = this.content;
    for (let i = countUpTo(this.starts, from) - 1, end = 0; end < out.length; i++) {
      const skipped = Math.max(0, from - this.starts[i]);
      const wanted = Math.min(containers[i].size - skipped, out.length - end);
      if (wanted === containers[i].size) end = writeMembers(containers[i], out, end, keys[i] * lowCount);
      else {
        out.set(this.membersOf(i).subarray(skipped, skipped + wanted), end);
        end += wanted;
      }
    }
    return out;
  }

  /** `count` of the members by chance, ascending, all of them where there are no more; `random` is from 0 to below 1. */
  sample(count: number, random: () => number): number[] {
    const ranks = drawRanks(this.size, Math.min(checkedCount(count), this.size), random);
    const sample: number[] = [];
    for (let i = 0, at = 0; at < ranks.length; i++) {
      if (ranks[at] >= this.starts[i + 1]) continue;
      const members = this.membersOf(i);
      for (; ranks[at] < this.starts[i + 1]; at++) sample.push(members[ranks[at] - this.starts[i]]);
    }
    return sample;
  }

  /** Bytes of memory held, about; those shared with other sets too. */
  get byteLength(): number {
    const held = this.content.containers.reduce((sum, c) => sum + (c === fullContainer ? 0 : containerBytes + (c.words ?? c.values).byteLength), 0);
    return containerBytes + this.content.keys.byteLength + this.starts.byteLength + this.content.containers.length * 8 + held;
  }

  private membersOf(index: number): Uint32Array {
    const container = this.content.containers[index];
    const members = new Uint32Array(container.size);
    writeMembers(container, members, 0, this.content.keys[index] * lowCount);
    return members;
  }

  /** What stands under a key of one set alone is kept as it is, or left out. */
  private combine(other: Bitmap, both: (a: Container, b: Container) => Container, ours: boolean, theirs: boolean): Bitmap {
    const builder = new Builder();
    pairContainers(this.content, other.content, (key, a, b) => {
      if (a && b) builder.add(key, both(a, b));
      else if (a && ours) builder.add(key, a);
      else if (b && theirs) builder.add(key, b);
    });
    return new Bitmap(builder.content());
  }
}

/** Throws where it is no number of things. */
function checkedCount(count: number): number {
  if (!Number.isSafeInteger(count) || count < 0) throw new RangeError(`A number of members is a whole number from 0, not ${count}.`);
  return count;
}

function unionOf([first, ...rest]: Container[]): Container {
  if (rest.length === 0) return first;
  const words = wordsOf(first);
  for (const { words: more, values } of rest) {
    if (values) addValues(words, values);
    else for (let i = 0; i < more.length; i++) words[i] |= more[i];
  }
  return ofWords(words, countBits(words));
}
