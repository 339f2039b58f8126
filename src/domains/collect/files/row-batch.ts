import type { Failure } from '../values/failure.ts';

/** A row that could not be read into cells; it is not among the batch's rows. */
export interface RowProblem {
  /** See `RowBatch.rowNumbers`. */
  rowNumber: number;
  failure: Failure;
  /** The start of the row as it stands in the file, at most 1,000 characters, for the person who must mend it. */
  text: string;
}

/**
 * Some rows of a file. Cells are ranges of one UTF-8 buffer, so that they can be compared,
 * hashed and parsed without becoming strings. A batch belongs to whoever received it: the
 * reader never touches it again.
 */
export interface RowBatch {
  /** The text of the cells, then free room in which mappers write rewritten values (`appendText`). */
  bytes: Buffer;
  /** Bytes of `bytes` in use. */
  length: number;
  /** True when no cell holds a byte above 0x7f or a NUL, which spares text its checks. */
  plain: boolean;
  rowCount: number;
  columnCount: number;
  /**
   * Start and end of each cell in `bytes`, row by row: cell (r, c) is at index
   * `2 * (r * columnCount + c)` and the one after it. A missing value is an empty range.
   */
  cells: Int32Array;
  /**
   * The row's number as a spreadsheet shows it: the header of a CSV file is row 1 and its
   * first data row 2. For JSON Lines the line, for Parquet the row, both from 1.
   */
  rowNumbers: Uint32Array;
  problems: RowProblem[];
  /** Bytes of the file (compressed, if it is) read so far, for a progress bar. */
  fileBytesRead: number;
}

/** The text of a cell. */
export function cellText(batch: RowBatch, row: number, column: number): string {
  const at = 2 * (row * batch.columnCount + column);
  return batch.bytes.toString('utf8', batch.cells[at], batch.cells[at + 1]);
}

/** All cells of a row as text, in the order of the columns. */
export function rowTexts(batch: RowBatch, row: number): string[] {
  return Array.from({ length: batch.columnCount }, (_, column) => cellText(batch, row, column));
}

/** Writes a text behind the batch's own and returns where it starts; it ends at the new `length`. */
export function appendText(batch: RowBatch, text: string): number {
  const start = batch.length;
  const byteLength = Buffer.byteLength(text);
  makeRoom(batch, byteLength);
  batch.bytes.write(text, start, byteLength, 'utf8');
  batch.length = start + byteLength;
  return start;
}

/** The same for bytes. */
export function appendBytes(batch: RowBatch, bytes: Uint8Array): number {
  const start = batch.length;
  makeRoom(batch, bytes.length);
  batch.bytes.set(bytes, start);
  batch.length = start + bytes.length;
  return start;
}

/** Makes sure that so many bytes fit behind the text, if need be by moving it to a longer buffer. */
export function makeRoom(batch: RowBatch, byteLength: number): void {
  if (batch.length + byteLength <= batch.bytes.length) return;
  const grown = Buffer.allocUnsafeSlow(Math.ceil((batch.length + byteLength) * 1.5));
  batch.bytes.copy(grown, 0, 0, batch.length);
  batch.bytes = grown;
}
