/** How much is kept; the least recently used answer goes first. */
export interface CacheLimits {
  answers: number;
  /** Rows in all answers together. */
  rows: number;
}

interface Kept<T> {
  version: number | string;
  answer: Promise<T>;
  rows: number;
}

/**
 * Answers by question and version of the data, in memory and bounded. The same question asked by
 * several at once is computed once. An answer about older data is never given for newer.
 */
export class AnswerCache<T> {
  readonly #limits: CacheLimits;
  readonly #rowsOf: (answer: T) => number;
  readonly #kept = new Map<string, Kept<T>>();
  #rows = 0;

  constructor(limits: CacheLimits, rowsOf: (answer: T) => number) {
    this.#limits = limits;
    this.#rowsOf = rowsOf;
  }

  /** The kept answer of this version, or a computed one; `fresh` computes in any case. A failure is not kept. */
  async get(question: string, version: number | string, fresh: boolean, compute: () => Promise<T>): Promise<T> {
    const found = this.#kept.get(question);
    if (found && found.version === version && !fresh) {
      this.#kept.delete(question);
      this.#kept.set(question, found);
      return found.answer;
    }
    this.#drop(question);
    const kept: Kept<T> = { version, answer: compute(), rows: 0 };
    this.#kept.set(question, kept);
    try {
      const answer = await kept.answer;
      this.#count(question, kept, this.#rowsOf(answer));
      return answer;
    } catch (error) {
      if (this.#kept.get(question) === kept) this.#drop(question);
      throw error;
    }
  }

  #count(question: string, kept: Kept<T>, rows: number): void {
    if (this.#kept.get(question) !== kept) return;
    kept.rows = rows;
    this.#rows += rows;
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= this.#limits.answers && this.#rows <= this.#limits.rows) break;
      this.#drop(oldest);
    }
  }

  #drop(question: string): void {
    this.#rows -= this.#kept.get(question)?.rows ?? 0;
    this.#kept.delete(question);
  }
}
