/** One block of ClickHouse's Native format: its columns as bytes, in the order of the question. */
export interface NativeBlock {
  rowCount: number;
  /** Each in a buffer of its own, so that typed arrays may begin where it begins. */
  columns: Uint8Array<ArrayBuffer>[];
}

const widths: Record<string, number> = { UInt8: 1, UInt32: 4, Float32: 4, Float64: 8, Int64: 8, UInt64: 8 };

/**
 * Reads the Native format of columns of fixed width: the engine's own columns, copied once and without a step a row.
 * Throws for types of another width, and where the answer ends within a block: the engine failed while it answered.
 */
export async function* readNativeBlocks(chunks: AsyncIterable<Buffer>): AsyncGenerator<NativeBlock> {
  const answer = new Answer(chunks);
  try {
    while (await answer.hasMore()) yield await readBlock(answer);
  } finally {
    await answer.close();
  }
}

async function readBlock(answer: Answer): Promise<NativeBlock> {
  const columnCount = await answer.varUint();
  const rowCount = await answer.varUint();
  const columns: NativeBlock['columns'] = [];
  for (let column = 0; column < columnCount; column++) {
    await answer.text();
    const type = await answer.text();
    const width = widths[type];
    if (!width) throw new Error(`A column of type ${type} has no fixed width.`);
    columns.push(await answer.take(rowCount * width));
  }
  return { rowCount, columns };
}

/** The bytes of an answer as they come. */
class Answer {
  readonly #chunks: AsyncIterator<Buffer>;
  #chunk: Buffer = Buffer.alloc(0);
  #at = 0;

  constructor(chunks: AsyncIterable<Buffer>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  /** Whether there is another byte; waits for it. */
  async hasMore(): Promise<boolean> {
    while (this.#at === this.#chunk.length) {
      const { done, value } = await this.#chunks.next();
      if (done) return false;
      this.#chunk = value;
      this.#at = 0;
    }
    return true;
  }

  async take(length: number): Promise<Uint8Array<ArrayBuffer>> {
    const bytes = new Uint8Array(length);
    for (let filled = 0; filled < length;) {
      if (!(await this.hasMore())) throw new Error(`The engine's answer ends within a block: ${this.#chunk.toString('latin1', 0, 300)}`);
      const part = this.#chunk.subarray(this.#at, this.#at + length - filled);
      bytes.set(part, filled);
      filled += part.length;
      this.#at += part.length;
    }
    return bytes;
  }

  async varUint(): Promise<number> {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const [byte] = await this.take(1);
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
  }

  async text(): Promise<string> {
    return Buffer.from(await this.take(await this.varUint())).toString();
  }

  /** Lets the engine stop where the rest is not wanted. */
  async close(): Promise<void> {
    await this.#chunks.return?.();
  }
}
