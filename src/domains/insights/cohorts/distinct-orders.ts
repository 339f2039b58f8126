import type { Column } from '../histories/read-people.ts';

/** Beyond so many orders of one person each is looked up instead of being compared with all before it. */
const mostCompared = 32;

/** The orders of one person, each once, with the day of its earliest line. Used again for the next. */
export class DistinctOrders {
  count = 0;
  days: number[] = [];
  readonly #low: number[] = [];
  readonly #high: number[] = [];
  readonly #places = new Map<bigint, number>();

  /** Takes in the rows of a person; a key of 0 is no order. */
  takeIn(keys: Column, days: Column, from: number, until: number): void {
    this.count = 0;
    if (this.#places.size > 0) this.#places.clear();
    for (let row = from; row < until; row++) {
      const low = keys[2 * row];
      const high = keys[2 * row + 1];
      if (low === 0 && high === 0) continue;
      const place = this.#find(low, high);
      if (place === this.count) {
        this.#low[place] = low;
        this.#high[place] = high;
        this.days[place] = days[row];
        this.count++;
      } else if (days[row] < this.days[place]) this.days[place] = days[row];
    }
  }

  firstDay(): number {
    let first = this.days[0];
    for (let i = 1; i < this.count; i++) if (this.days[i] < first) first = this.days[i];
    return first;
  }

  /** The day of the second order, which may be that of the first. */
  secondDay(): number {
    let [first, second] = [Infinity, Infinity];
    for (let i = 0; i < this.count; i++) {
      const day = this.days[i];
      if (day < first) [first, second] = [day, first];
      else if (day < second) second = day;
    }
    return second;
  }

  /** Where an order stands, or where it is to stand. */
  #find(low: number, high: number): number {
    for (let i = Math.min(this.count, mostCompared) - 1; i >= 0; i--) if (this.#low[i] === low && this.#high[i] === high) return i;
    if (this.count < mostCompared) return this.count;
    const key = (BigInt(high) << 32n) | BigInt(low);
    const place = this.#places.get(key) ?? this.count;
    this.#places.set(key, place);
    return place;
  }
}
