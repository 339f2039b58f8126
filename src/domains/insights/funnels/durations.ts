/** Of a number of durations those below which a quarter, half and three quarters of them lie. */
export interface Quartiles {
  lower: number;
  median: number;
  upper: number;
}

/** Durations in milliseconds, any number of them, eight bytes each. */
export class Durations {
  #values = new Float64Array(16);
  #count = 0;

  add(ms: number): void {
    if (this.#count === this.#values.length) {
      const larger = new Float64Array(2 * this.#count);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.#count++] = ms;
  }

  /** Exact, by linear interpolation between neighbours (type 7 of Hyndman and Fan 1996); null of none. */
  quartiles(): Quartiles | null {
    if (this.#count === 0) return null;
    const sorted = this.#values.subarray(0, this.#count).sort();
    const at = (share: number): number => {
      const place = share * (sorted.length - 1);
      const low = Math.floor(place);
      const high = Math.min(low + 1, sorted.length - 1);
      return sorted[low] + (place - low) * (sorted[high] - sorted[low]);
    };
    return { lower: at(0.25), median: at(0.5), upper: at(0.75) };
  }
}
