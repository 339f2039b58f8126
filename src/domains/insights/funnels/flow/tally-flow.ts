/** How facts make paths. */
export interface FlowShape {
  /** After so long without anything a path is over; null where a path is so long after its beginning. */
  gapMs: number | null;
  spanMs: number | null;
  /** Steps after the first. */
  depth: number;
  kinds: number;
  /** The kind that paths begin with; null for any. */
  start: number | null;
}

/** Whose paths have a kind at a depth and then go to another, end (`end`), or do either (null). */
export interface FlowWanted {
  depth: number;
  kind: number;
  then: number | 'end' | null;
}

export interface FlowFigures {
  paths: number;
  /** By (depth, kind): paths that have it there, and those that end there. */
  nodes: Uint32Array;
  ends: Uint32Array;
  /** By (depth, kind, next kind). */
  links: Uint32Array;
  wanted: number[];
}

/** One person's facts in the order of time. */
interface Facts {
  count: number;
  at: number[];
  kinds: number[];
}

/** Takes people in one after the other, and their paths apart. */
export class FlowTally {
  readonly figures: FlowFigures;
  readonly #shape: FlowShape;
  readonly #wanted: FlowWanted | null;
  readonly #path: number[] = [];

  constructor(shape: FlowShape, wanted: FlowWanted | null) {
    const nodes = (shape.depth + 1) * shape.kinds;
    this.#shape = shape;
    this.#wanted = wanted;
    this.figures = { paths: 0, nodes: new Uint32Array(nodes), ends: new Uint32Array(nodes), links: new Uint32Array(nodes * shape.kinds), wanted: [] };
  }

  add(no: number, facts: Facts): void {
    let isWanted = false;
    for (let from = 0; from < facts.count;) {
      const until = this.#endOfPath(facts, from);
      this.#takeSteps(facts, from, until);
      if (this.#path.length > 0) {
        this.#count();
        isWanted ||= this.#isWanted();
      }
      from = until;
    }
    if (isWanted) this.figures.wanted.push(no);
  }

  #endOfPath({ count, at }: Facts, from: number): number {
    const { gapMs, spanMs } = this.#shape;
    let until = from + 1;
    while (until < count && (gapMs === null || at[until] - at[until - 1] <= gapMs) && (spanMs === null || at[until] - at[from] <= spanMs)) until++;
    return until;
  }

  /** The steps of a path, one more than are shown at most: whether it goes on is to be known of the last. */
  #takeSteps({ kinds }: Facts, from: number, until: number): void {
    const { start, depth } = this.#shape;
    this.#path.length = 0;
    let place = from;
    if (start !== null) while (place < until && kinds[place] !== start) place++;
    for (; place < until && this.#path.length < depth + 2; place++) {
      if (this.#path.length === 0 || this.#path[this.#path.length - 1] !== kinds[place]) this.#path.push(kinds[place]);
    }
  }

  #count(): void {
    const { depth, kinds } = this.#shape;
    const { nodes, ends, links } = this.figures;
    const path = this.#path;
    this.figures.paths++;
    for (let at = 0; at < Math.min(path.length, depth + 1); at++) {
      const node = at * kinds + path[at];
      nodes[node]++;
      if (at + 1 === path.length) ends[node]++;
      else if (at < depth) links[node * kinds + path[at + 1]]++;
    }
  }

  #isWanted(): boolean {
    const path = this.#path;
    const wanted = this.#wanted;
    if (!wanted || path[wanted.depth] !== wanted.kind) return false;
    if (wanted.then === null) return true;
    return wanted.then === 'end' ? path.length === wanted.depth + 1 : path[wanted.depth + 1] === wanted.then;
  }
}
