import type { Bitmap } from '../../../kernel/bitmap/bitmap.ts';

interface Kept {
  version: string;
  bitmap: Promise<Bitmap>;
  byteLength: number;
}

/**
 * Bitmaps of conditions by their meaning, each of one version of the data; bounded memory, the one unused the longest
 * goes first. The same condition asked for by several at once is computed once.
 */
export class ConditionCache {
  readonly #mostBytes: number;
  readonly #kept = new Map<string, Kept>();
  #bytes = 0;

  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes;
  }

  get byteLength(): number {
    return this.#bytes;
  }

  /** The bitmap of this version, kept or computed. A failure is not kept. */
  async get(meaning: string, version: string, compute: () => Promise<Bitmap>): Promise<Bitmap> {
    const found = this.#kept.get(meaning);
    if (found && found.version === version) {
      this.#kept.delete(meaning);
      this.#kept.set(meaning, found);
      return found.bitmap;
    }
    this.#drop(meaning);
    const kept: Kept = { version, bitmap: compute(), byteLength: 0 };
    this.#kept.set(meaning, kept);
    try {
      const bitmap = await kept.bitmap;
      this.#count(meaning, kept, bitmap.byteLength);
      return bitmap;
    } catch (error) {
      if (this.#kept.get(meaning) === kept) this.#drop(meaning);
      throw error;
    }
  }

  #count(meaning: string, kept: Kept, byteLength: number): void {
    if (this.#kept.get(meaning) !== kept) return;
    kept.byteLength = byteLength;
    this.#bytes += byteLength;
    for (const oldest of this.#kept.keys()) {
      if (this.#bytes <= this.#mostBytes) break;
      this.#drop(oldest);
    }
  }

  #drop(meaning: string): void {
    this.#bytes -= this.#kept.get(meaning)?.byteLength ?? 0;
    this.#kept.delete(meaning);
  }
}
