import { type Column, wholeAt } from '../histories/read-people.ts';

/** The bits of a row's marks above those of the steps: the code of what its first step says. */
export const codeShift = 24;
const stepBits = 2 ** codeShift - 1;

/** One person's facts: lines of one order are one fact, at the moment of the first. */
export class PersonFacts {
  count = 0;
  readonly at: number[] = [];
  readonly steps: number[] = [];
  readonly codes: number[] = [];
  readonly kinds: number[] = [];
  readonly #orders = new Map<string, number>();

  takeIn(columns: readonly Column[], from: number, until: number): void {
    const [moments, marks, keys, kinds] = columns;
    this.count = 0;
    if (this.#orders.size > 0) this.#orders.clear();
    for (let row = from; row < until; row++) {
      if (keys[2 * row] !== 0 || keys[2 * row + 1] !== 0) {
        const key = `${keys[2 * row + 1]} ${keys[2 * row]}`;
        const known = this.#orders.get(key);
        if (known !== undefined) {
          this.steps[known] |= marks[row] & stepBits;
          continue;
        }
        this.#orders.set(key, this.count);
      }
      this.at[this.count] = wholeAt(moments, row);
      this.steps[this.count] = marks[row] & stepBits;
      this.codes[this.count] = marks[row] >>> codeShift;
      this.kinds[this.count] = kinds ? kinds[row] : 0;
      this.count++;
    }
  }
}
