import { failureName } from '../../values/failure.ts';
import { rowTexts, type RowBatch } from '../../files/row-batch.ts';
import { type ImportCounts, noCounts } from './counts.ts';
import type { Fault, RejectedRow } from '../rejects/rejected-row.ts';
import type { ValueError } from '../../mapping/mapped-columns.ts';

/** Faults of one kind in one column, counted. */
export interface FaultCount {
  column: string | null;
  failure: string;
  rows: number;
  rejected: boolean;
}

/** Where rejected rows go, as many as are kept. */
export interface RejectsSink {
  /** True while another row would be kept. */
  readonly open: boolean;
  add(row: RejectedRow): void;
  flush(): Promise<void>;
}

/** Where the counts of a running import go about once a second; throws when the import is to stop. */
export type Tell = (counts: ImportCounts, fileBytesRead: number) => Promise<void>;

const tellEveryMs = 1_000;

/** Gathers what becomes of the rows of a file: counts, rejected rows, progress. */
export class RunReport {
  readonly counts = noCounts();
  fileBytesRead = 0;
  private readonly faults = new Map<string, FaultCount>();
  private readonly rejects: RejectsSink;
  private readonly tell: Tell;
  private toldAtMs = 0;

  constructor(rejects: RejectsSink, tell: Tell) {
    this.rejects = rejects;
    this.tell = tell;
  }

  /** The faults met, the most frequent first. */
  get faultCounts(): FaultCount[] {
    return [...this.faults.values()].sort((a, b) => b.rows - a.rows);
  }

  /** Takes in what reading and mapping a batch found wrong, and tells of the progress now and then. */
  async batch(batch: RowBatch, errors: readonly ValueError[]): Promise<void> {
    const { counts } = this;
    counts.rows += batch.rowCount + batch.problems.length;
    for (const { rowNumber, failure, text } of batch.problems) {
      counts.rejected++;
      const name = failureName(failure);
      this.count(null, name, true);
      this.rejects.add({ rowNumber, cells: null, text, faults: [{ column: null, failure: name, value: '' }] });
    }
    this.valueErrors(batch, errors);
    this.fileBytesRead = batch.fileBytesRead;
    await this.rejects.flush();
    if (Date.now() - this.toldAtMs > tellEveryMs) {
      this.toldAtMs = Date.now();
      await this.tell(counts, batch.fileBytesRead);
    }
  }

  private valueErrors(batch: RowBatch, errors: readonly ValueError[]): void {
    const rejected = new Map<number, Fault[]>();
    for (const error of errors) {
      const name = failureName(error.failure);
      this.count(error.column, name, error.rejected);
      if (!error.rejected) {
        this.counts.valuesLeftOut++;
        continue;
      }
      const faults = rejected.get(error.row) ?? [];
      faults.push({ column: error.column, failure: name, value: error.value });
      rejected.set(error.row, faults);
    }
    this.counts.rejected += rejected.size;
    for (const [row, faults] of rejected) {
      if (!this.rejects.open) break;
      const rejectedRow: RejectedRow = { rowNumber: batch.rowNumbers[row], cells: rowTexts(batch, row), faults };
      this.rejects.add(rejectedRow);
    }
  }

  private count(column: string | null, failure: string, rejected: boolean): void {
    const key = `${failure} ${rejected} ${column}`;
    const known = this.faults.get(key);
    if (known) known.rows++;
    else this.faults.set(key, { column, failure, rows: 1, rejected });
  }
}
