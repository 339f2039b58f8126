import type { Growth } from './life.ts';
import { leavesAt } from './moments.ts';

/** Sums of a person's growth over any time, each in a few steps however much there is. */
export class Sums {
  readonly growth: readonly Growth[];
  /** Sums of all before each, net and without what was taken back. */
  readonly #net: number[] = [0];
  readonly #gross: number[] = [0];
  readonly #leaves = new Map<number, number[]>();
  readonly #timeZone: string;

  constructor(growth: readonly Growth[], timeZone: string) {
    this.growth = growth;
    this.#timeZone = timeZone;
    for (const [i, { amount }] of growth.entries()) {
      this.#net.push(this.#net[i] + amount);
      this.#gross.push(this.#gross[i] + Math.max(amount, 0));
    }
  }

  /** How many lie before a moment. */
  before(moment: number): number {
    return firstIndex(this.growth.length, (i) => this.growth[i].at >= moment);
  }

  /** Growth of `from <= at < until`. */
  between(from: number, until: number, isGross = false): number {
    const sums = isGross ? this.#gross : this.#net;
    return sums[this.before(until)] - sums[this.before(from)];
  }

  /** What still counts at a moment of the last months, nothing before `from`. */
  trailing(moment: number, months: number, from: number, isGross = false): number {
    const sums = isGross ? this.#gross : this.#net;
    const until = this.before(moment + 1);
    const start = Math.max(this.#firstThatCounts(moment, months), this.before(from));
    return start >= until ? 0 : sums[until] - sums[start];
  }

  /** Since when growth has counted that counts at a moment. */
  trailingFrom(moment: number, months: number): number {
    return Math.min(this.growth[this.#firstThatCounts(moment, months)]?.at ?? moment, moment);
  }

  /** The first moment after another at which, by what is known, less than a standard counts; null where that never comes. */
  fallsBelow(needed: number, moment: number, months: number, from: number, isGross: boolean): number | null {
    const leaves = this.#leavesOf(months);
    for (let i = this.#firstThatCounts(moment, months); i < leaves.length; i++) {
      if (leaves[i] > moment && this.trailing(leaves[i], months, from, isGross) < needed) return leaves[i];
    }
    return null;
  }

  /** When the next growth leaves a rolling window. */
  leavesNext(moment: number, months: number): number | null {
    return this.#leavesOf(months)[this.#firstThatCounts(moment, months)] ?? null;
  }

  /** The first moment after another at which the sum of the last months grows by itself: when something that was taken away leaves it. */
  growsAt(moment: number, months: number): number | null {
    const leaves = this.#leavesOf(months);
    for (let i = this.#firstThatCounts(moment, months); i < leaves.length; i++) {
      const { at, amount } = this.growth[i];
      if (amount < 0 && this.between(at, at + 1) < 0) return leaves[i];
    }
    return null;
  }

  #leavesOf(months: number): number[] {
    const known = this.#leaves.get(months);
    if (known) return known;
    const leaves = this.growth.map(({ at }) => leavesAt(at, months, this.#timeZone));
    this.#leaves.set(months, leaves);
    return leaves;
  }

  #firstThatCounts(moment: number, months: number): number {
    const leaves = this.#leavesOf(months);
    return firstIndex(leaves.length, (i) => leaves[i] > moment);
  }
}

/** The first index for which something holds that holds for all after it. */
function firstIndex(length: number, holds: (index: number) => boolean): number {
  let [low, high] = [0, length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
