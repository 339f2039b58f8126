import { Durations, type Quartiles } from './durations.ts';
import { type Facts, RunFinder, type RunShape } from './find-run.ts';

/** Whose numbers are wanted: who reached a step, or got no further than it. `group` null is everybody. */
export interface StepWanted {
  step: number;
  part: 'reached' | 'left';
  group: number | null;
}

/** Of whom it is wanted what they did next, within which time after the last step they reached. */
export interface NextWanted {
  step: number;
  withinMs: number;
}

/** How many kinds of facts are told apart. */
export const mostKinds = 256;

export interface FunnelFigures {
  /** People who got exactly so far, by (group, step). */
  stopped: Uint32Array;
  /** Of those who stopped at a step, whose time has not run out, all groups together. */
  open: Uint32Array;
  /** Milliseconds from the step before, of those who reached it; null for the first and where nobody did. */
  since: (Quartiles | null)[];
  /** From the first step to the last. */
  whole: Quartiles | null;
  /** People by the period in which their run began, and those of them who finished it. */
  entered: Uint32Array;
  finished: Uint32Array;
  wanted: number[];
  /** By kind of fact, how many did it next; and how many did nothing more. */
  next: Uint32Array;
  nothing: number;
}

interface TallyParts {
  shape: RunShape;
  groups: number;
  buckets: readonly number[];
  nowMs: number;
  wanted: StepWanted | null;
  next: NextWanted | null;
}

type Told = Facts & { kinds: number[] };

/** Takes people in one after the other. */
export class FunnelTally {
  readonly #parts: TallyParts;
  readonly #finder: RunFinder;
  readonly #counts: Omit<FunnelFigures, 'since' | 'whole'>;
  readonly #since: Durations[];
  readonly #whole = new Durations();

  constructor(parts: TallyParts) {
    const { steps } = parts.shape;
    this.#parts = parts;
    this.#finder = new RunFinder(parts.shape);
    this.#since = Array.from({ length: steps }, () => new Durations());
    this.#counts = {
      stopped: new Uint32Array(parts.groups * steps), open: new Uint32Array(steps), entered: new Uint32Array(parts.buckets.length), finished: new Uint32Array(parts.buckets.length),
      wanted: [], next: new Uint32Array(mostKinds), nothing: 0,
    };
  }

  /** `groupOf` tells the group of whoever's run begins with the fact at a place. */
  add(no: number, facts: Told, groupOf: (place: number) => number): void {
    const { shape: { steps }, buckets, nowMs, wanted, next } = this.#parts;
    const finder = this.#finder;
    finder.find(facts);
    const { level, run } = finder;
    if (level === 0) return;
    const group = groupOf(run[0]);
    const counts = this.#counts;
    counts.stopped[group * steps + level - 1]++;
    const bucket = bucketAt(buckets, facts.at[run[0]]);
    counts.entered[bucket]++;
    if (level === steps) {
      counts.finished[bucket]++;
      this.#whole.add(facts.at[run[level - 1]] - facts.at[run[0]]);
    } else if (finder.openUntil(facts) > nowMs) counts.open[level - 1]++;
    for (let step = 1; step < level; step++) this.#since[step].add(facts.at[run[step]] - facts.at[run[step - 1]]);
    if (wanted && (wanted.group === null || wanted.group === group) && (wanted.part === 'reached' ? level > wanted.step : level === wanted.step + 1)) counts.wanted.push(no);
    if (next && level === next.step + 1) this.#countNext(facts, run[level - 1], next.withinMs);
  }

  figures(): FunnelFigures {
    return { ...this.#counts, since: this.#since.map((durations) => durations.quartiles()), whole: this.#whole.quartiles() };
  }

  #countNext({ count, at, kinds }: Told, last: number, withinMs: number): void {
    let place = last + 1;
    while (place < count && at[place] === at[last]) place++;
    if (place < count && at[place] - at[last] <= withinMs) this.#counts.next[kinds[place]]++;
    else this.#counts.nothing++;
  }
}

/** The last period that begins no later than a moment. */
function bucketAt(starts: readonly number[], ms: number): number {
  let [from, until] = [0, starts.length];
  while (until - from > 1) {
    const middle = (from + until) >>> 1;
    if (starts[middle] <= ms) from = middle;
    else until = middle;
  }
  return from;
}
