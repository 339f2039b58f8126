/** One block of ClickHouse's Native format: its columns as bytes, in the order of the question. */
export interface NativeBlock {
  rowCount: number;
  columns: Uint8Array[];
}

const widths: Record<string, number> = { UInt32: 4, Int64: 8, UInt64: 8 };

/**
 * Reads the Native format of columns of fixed width: the engine's own columns, copied without a step a row. Throws
 * for types of another width, and where the answer ends within a block: the engine failed while it answered.
 */
export async function* readNativeBlocks(chunks: AsyncIterable<Buffer>): AsyncGenerator<NativeBlock> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    rest = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    for (let read = readBlock(rest); read; read = readBlock(rest)) {
      rest = rest.subarray(read.end);
      yield read.block;
    }
  }
  if (rest.length > 0) throw new Error(`The engine's answer ends within a block: ${rest.toString('latin1', 0, 300)}`);
}

/** The block at the beginning of the bytes; null while it is not all there. */
function readBlock(bytes: Buffer): { block: NativeBlock; end: number } | null {
  let at = 0;
  const varUint = (): number => {
    let value = 0;
    for (let factor = 1; at < bytes.length; factor *= 128) {
      const byte = bytes[at++];
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
    return Number.NaN;
  };
  const text = (): string => {
    const length = varUint();
    at += length;
    return bytes.toString('utf8', at - length, at);
  };
  const columnCount = varUint();
  const rowCount = varUint();
  const columns: Uint8Array[] = [];
  for (let column = 0; column < columnCount; column++) {
    text();
    const type = text();
    if (!(at <= bytes.length)) return null;
    const width = widths[type];
    if (!width) throw new Error(`A column of type ${type} has no fixed width.`);
    const end = at + rowCount * width;
    if (end > bytes.length) return null;
    // A copy of its own begins where typed arrays may begin.
    columns.push(new Uint8Array(bytes.subarray(at, end)));
    at = end;
  }
  return Number.isNaN(rowCount) ? null : { block: { rowCount, columns }, end: at };
}
