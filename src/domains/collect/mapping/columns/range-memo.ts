interface Known {
  sourceStart: number;
  sourceEnd: number;
  /** What the source was rewritten to. */
  start: number;
  end: number;
}

/** Distinct values remembered at most: regions repeat all the time, addresses hardly ever. */
const capacity = 1000;

/** Remembers what ranges of a batch's bytes were rewritten to, without making strings of them. */
export class RangeMemo {
  private readonly known = new Map<number, Known>();

  /** What an equal range was rewritten to, if one was. */
  find(bytes: Buffer, start: number, end: number): Known | undefined {
    const known = this.known.get(hash(bytes, start, end));
    if (!known || known.sourceEnd - known.sourceStart !== end - start) return undefined;
    for (let p = start, q = known.sourceStart; p < end; p++, q++) {
      if (bytes[p] !== bytes[q]) return undefined;
    }
    return known;
  }

  /** Of two values with one hash, the later one is remembered. */
  add(bytes: Buffer, known: Known): void {
    if (this.known.size < capacity) this.known.set(hash(bytes, known.sourceStart, known.sourceEnd), known);
  }
}

/** FNV-1a: some values will collide, which costs a rewriting and nothing else. */
function hash(bytes: Buffer, start: number, end: number): number {
  let value = 0x811c9dc5;
  for (let p = start; p < end; p++) value = Math.imul(value ^ bytes[p], 0x01000193);
  return value;
}
