import { ofValues, ofWords, valuesMax, type Container } from './container.ts';
import { wordCount } from './words.ts';

/** Containers under ascending keys, which are the members' high halves. */
export interface Content {
  keys: Uint16Array;
  containers: readonly Container[];
}

/** Takes containers by ascending key and leaves out what is empty. */
export class Builder {
  private readonly keys: number[] = [];
  private readonly containers: Container[] = [];

  add(key: number, container: Container): void {
    if (container.size === 0) return;
    this.keys.push(key);
    this.containers.push(container);
  }

  content(): Content {
    return { keys: Uint16Array.from(this.keys), containers: this.containers };
  }
}

/** The containers of both by ascending key; a key that one of them does not have comes with nothing for it. */
export function pairContainers(ours: Content, theirs: Content, visit: (key: number, a?: Container, b?: Container) => void): void {
  let [i, j] = [0, 0];
  while (i < ours.keys.length || j < theirs.keys.length) {
    // No key is as large as what stands for the end.
    const a = ours.keys[i] ?? Infinity;
    const b = theirs.keys[j] ?? Infinity;
    if (a === b) visit(a, ours.containers[i++], theirs.containers[j++]);
    else if (a < b) visit(a, ours.containers[i++], undefined);
    else visit(b, undefined, theirs.containers[j++]);
  }
}

/** How many of the ascending keys or starts are not larger than `value`. */
export function countUpTo(ascending: Uint16Array | Float64Array, value: number): number {
  let [from, until] = [0, ascending.length];
  while (from < until) {
    const middle = (from + until) >>> 1;
    if (ascending[middle] <= value) from = middle + 1;
    else until = middle;
  }
  return from;
}

/** Throws where it is no whole number of 32 bits: a member is never cut to size. */
export function checkedMember(value: number): number {
  if (value >>> 0 !== value) throw new RangeError(`A bitmap holds whole numbers from 0 to 4294967295, not ${value}.`);
  return value;
}

/** The numbers as they come, each of them one that can be a member. */
export function checkedMembers(numbers: Iterable<number>): Uint32Array {
  if (numbers instanceof Uint32Array) return numbers;
  const list: readonly number[] = Array.isArray(numbers) ? numbers : [...numbers];
  const members = new Uint32Array(list.length);
  for (let i = 0; i < list.length; i++) members[i] = checkedMember(list[i]);
  return members;
}

/** Containers of ascending numbers, of which equal ones may follow each other. */
export function contentOfSorted(numbers: Uint32Array): Content {
  const builder = new Builder();
  for (let from = 0; from < numbers.length;) {
    const key = numbers[from] >>> 16;
    let until = from + 1;
    let size = 1;
    for (; until < numbers.length && numbers[until] >>> 16 === key; until++) {
      if (numbers[until] > numbers[until - 1]) size++;
      else if (numbers[until] < numbers[until - 1]) break;
    }
    if (until < numbers.length && numbers[until] < numbers[until - 1]) {
      throw new RangeError(`The numbers must ascend: ${numbers[until]} stands after ${numbers[until - 1]}.`);
    }
    builder.add(key, containerOf(numbers, from, until, size));
    from = until;
  }
  return builder.content();
}

function containerOf(numbers: Uint32Array, from: number, until: number, size: number): Container {
  if (size > valuesMax) {
    const words = new Int32Array(wordCount);
    for (let i = from; i < until; i++) words[(numbers[i] & 0xffff) >>> 5] |= 1 << (numbers[i] & 31);
    return ofWords(words, size);
  }
  const values = new Uint16Array(size);
  let end = 0;
  for (let i = from; i < until; i++) if (i === from || numbers[i] !== numbers[i - 1]) values[end++] = numbers[i];
  return ofValues(values);
}
