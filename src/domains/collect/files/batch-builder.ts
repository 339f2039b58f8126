import { isPlain } from './encoding-check.ts';
import { appendBytes, appendText } from './row-batch.ts';
import type { Failure } from '../values/failure.ts';
import type { FileLimits } from './limits.ts';
import type { RowBatch, RowProblem } from './row-batch.ts';

const batchCells = 1024 * 1024;

/** Collects values of formats that are not text tables into batches like those of CSV. */
export class BatchBuilder {
  private readonly columnCount: number;
  private readonly limits: FileLimits;
  private readonly rowCapacity: number;
  private batch: RowBatch;

  constructor(columnCount: number, limits: FileLimits) {
    this.columnCount = columnCount;
    this.limits = limits;
    this.rowCapacity = Math.max(
      1,
      Math.min(limits.batchRows, Math.floor(batchCells / Math.max(1, columnCount))),
    );
    this.batch = this.emptyBatch();
  }

  /** Adds a row; a missing value is an empty text. */
  addRow(rowNumber: number, values: readonly (string | Uint8Array)[]): void {
    const { batch, columnCount } = this;
    let at = 2 * batch.rowCount * columnCount;
    for (let column = 0; column < columnCount; column++) {
      const value = values[column];
      batch.cells[at++] = typeof value === 'string' ? appendText(batch, value) : appendBytes(batch, value);
      batch.cells[at++] = batch.length;
    }
    batch.rowNumbers[batch.rowCount++] = rowNumber;
  }

  addProblem(rowNumber: number, failure: Failure, text: string): void {
    const problem: RowProblem = { rowNumber, failure, text: text.slice(0, 1000) };
    this.batch.problems.push(problem);
  }

  get full(): boolean {
    const { batch } = this;
    return (
      batch.rowCount + batch.problems.length >= this.rowCapacity || batch.length >= this.limits.batchBytes
    );
  }

  get empty(): boolean {
    return this.batch.rowCount === 0 && this.batch.problems.length === 0;
  }

  /** Hands over what was collected and starts anew. */
  take(fileBytesRead: number): RowBatch {
    const { batch } = this;
    this.batch = this.emptyBatch();
    batch.plain = isPlain(batch.bytes.subarray(0, batch.length));
    batch.cells = batch.cells.slice(0, 2 * batch.rowCount * this.columnCount);
    batch.rowNumbers = batch.rowNumbers.slice(0, batch.rowCount);
    batch.fileBytesRead = fileBytesRead;
    return batch;
  }

  private emptyBatch(): RowBatch {
    return {
      bytes: Buffer.allocUnsafeSlow(Math.ceil(this.limits.batchBytes * 1.25)),
      length: 0,
      plain: true,
      rowCount: 0,
      columnCount: this.columnCount,
      cells: new Int32Array(2 * this.columnCount * this.rowCapacity),
      rowNumbers: new Uint32Array(this.rowCapacity),
      problems: [],
      fileBytesRead: 0,
    };
  }
}
