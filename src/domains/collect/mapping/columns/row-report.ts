import { cellText } from '../../files/row-batch.ts';
import type { RowBatch } from '../../files/row-batch.ts';
import type { Failure } from '../../values/failure.ts';
import type { ValueError } from '../mapped-columns.ts';

const shownCharacters = 200;

/** Collects what is wrong with the rows of one batch. */
export class RowReport {
  /** 1 for each row that does not go in. */
  readonly rejected: Uint8Array;
  readonly errors: ValueError[] = [];
  private readonly batch: RowBatch;
  private readonly columns: readonly string[];

  constructor(batch: RowBatch, columns: readonly string[]) {
    this.batch = batch;
    this.columns = columns;
    this.rejected = new Uint8Array(batch.rowCount);
  }

  /** Notes a fault of a row; `column` is its index in the file, or -1 where the fault is the row's. */
  add(row: number, column: number, field: string, failure: Failure, rejected: boolean): void {
    if (rejected) this.rejected[row] = 1;
    this.errors.push({
      rowNumber: this.batch.rowNumbers[row],
      row,
      column: column < 0 ? null : this.columns[column],
      field,
      failure,
      value: column < 0 ? '' : cellText(this.batch, row, column).slice(0, shownCharacters),
      rejected,
    });
  }
}
