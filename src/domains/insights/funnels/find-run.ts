/** What a run through the steps must be like. */
export interface RunShape {
  steps: number;
  /** Between the first step and the last, or between each step and the next. */
  windowMs: number;
  windowOf: 'whole' | 'each';
  /** `strict`: between two steps lies no other fact that is a step of the funnel. */
  order: 'loose' | 'strict';
  /** When the first step must happen. */
  fromMs: number;
  untilMs: number;
}

/** Facts of one person in the order of time, each with the steps it can be, a bit each. Used again for the next person. */
export interface Facts {
  count: number;
  at: number[];
  steps: number[];
}

/**
 * Finds how far somebody came. A run is one fact after another, each strictly later than the one before and within the
 * window, so that no fact is two steps. Of the runs that reach furthest the one that gets there first is taken, and of
 * those the one whose steps are as late as they can be.
 *
 * Step by step the latest fact is kept that ends a run of so many steps. It is enough: a later one leaves more
 * of the window to what follows, and its run began no earlier.
 */
export class RunFinder {
  /** How many steps were reached, and of the run that was taken the facts, by their places. */
  level = 0;
  readonly run: number[] = [];
  readonly #shape: RunShape;
  readonly #latest: Int32Array;
  readonly #met: Int32Array;
  /** Facts that end a run: which fact, when its run began, and what it follows. */
  readonly #fact: number[] = [];
  readonly #start: number[] = [];
  readonly #before: number[] = [];
  #ends = 0;

  constructor(shape: RunShape) {
    this.#shape = shape;
    this.#latest = new Int32Array(shape.steps);
    this.#met = new Int32Array(shape.steps);
  }

  find({ count, at, steps }: Facts): void {
    const { steps: stepCount, order } = this.#shape;
    this.level = 0;
    this.#ends = 0;
    this.#latest.fill(-1);
    let furthest = -1;
    for (let from = 0; from < count;) {
      this.#met.fill(-1);
      let until = from;
      // What happens at one moment is neither before nor after one another.
      for (; until < count && at[until] === at[from]; until++) this.#meet(until, at, steps[until]);
      if (order === 'strict') this.#latest.fill(-1);
      for (let step = 0; step < stepCount; step++) {
        const end = this.#met[step];
        if (end < 0) continue;
        this.#latest[step] = end;
        if (step < this.level) continue;
        this.level = step + 1;
        furthest = end;
      }
      from = until;
    }
    this.run.length = this.level;
    for (let step = this.level - 1, end = furthest; step >= 0; step--, end = this.#before[end]) this.run[step] = this.#fact[end];
  }

  /** When the time runs out in which a run that ends at the last step reached could go on, the latest such run. */
  openUntil({ at }: Facts): number {
    const { steps, windowMs, windowOf } = this.#shape;
    let latest = -Infinity;
    for (let step = 0; step < Math.min(this.level, steps - 1); step++) {
      const end = this.#latest[step];
      if (end >= 0) latest = Math.max(latest, (windowOf === 'whole' ? this.#start[end] : at[this.#fact[end]]) + windowMs);
    }
    return latest;
  }

  #meet(fact: number, at: number[], steps: number): void {
    const { windowMs, windowOf, fromMs, untilMs } = this.#shape;
    for (let step = 0, rest = steps; rest !== 0; step++, rest >>>= 1) {
      if ((rest & 1) === 0 || this.#met[step] >= 0) continue;
      if (step === 0) {
        if (at[fact] >= fromMs && at[fact] < untilMs) this.#keep(0, fact, at[fact], -1);
        continue;
      }
      const before = this.#latest[step - 1];
      if (before < 0) continue;
      const since = windowOf === 'whole' ? this.#start[before] : at[this.#fact[before]];
      if (at[fact] - since <= windowMs) this.#keep(step, fact, this.#start[before], before);
    }
  }

  #keep(step: number, fact: number, start: number, before: number): void {
    const end = this.#ends++;
    this.#fact[end] = fact;
    this.#start[end] = start;
    this.#before[end] = before;
    this.#met[step] = end;
  }
}
