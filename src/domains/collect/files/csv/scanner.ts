import { failure } from '../../values/failure.ts';
import type { Failure } from '../../values/failure.ts';

const lf = 10;
const cr = 13;
const quote = 34;
const space = 32;

/** What became of the row at a position. Positive: the row is read and this is where the next starts. */
export const scan = {
  /** The buffer ends before the row does. */
  incomplete: -1,
  /** The row is damaged; `failure` says how. */
  failed: -2,
} as const;

/**
 * Splits CSV bytes into cells (RFC 4180). A quote opens a quoted cell only as its first
 * character; elsewhere it is a character like any other (12" vinyl), as spreadsheets read it.
 * LF, CRLF and CR end a row.
 */
export class CsvScanner {
  /** Cell ranges of the rows scanned, as in RowBatch.cells. */
  cells: Int32Array;
  /** Cells found in the row scanned last, those beyond the wanted columns included. */
  found = 0;
  failure: Failure = failure.none;
  /** Whether the row scanned last spans several lines. */
  multiline = false;
  private readonly columnCount: number;
  private readonly delimiter: number;
  /** Every byte above this one is an ordinary character: one comparison instead of three. */
  private readonly ceiling: number;
  /** Indices into `cells` of the row's cells with doubled quotes, which wait for the row to be whole. */
  private readonly doubled: number[] = [];

  constructor(delimiter: number, columnCount: number, rowCapacity: number) {
    this.delimiter = delimiter;
    this.ceiling = Math.max(delimiter, cr);
    this.columnCount = columnCount;
    this.cells = new Int32Array(2 * columnCount * rowCapacity);
  }

  /**
   * Reads the row at `position` into the cells of row `row`. `bytes[end]` must be LF: a sentinel
   * that spares the loop a bound. With `final`, the end of the buffer ends the row.
   * Returns the next row's position, `scan.incomplete` or `scan.failed`.
   */
  scanRow(bytes: Buffer, position: number, end: number, row: number, final: boolean): number {
    const { cells, delimiter, ceiling } = this;
    let at = 2 * row * this.columnCount;
    const limit = at + 2 * this.columnCount;
    let found = 0;
    let p = position;
    this.multiline = false;
    this.doubled.length = 0;
    for (;;) {
      let start = p;
      let cellEnd: number;
      if (bytes[p] === quote) {
        cellEnd = this.scanQuoted(bytes, p + 1, end, at < limit ? at : -1);
        if (cellEnd < 0) return this.broken(cellEnd, final);
        start = p + 1;
        p = cellEnd + 1;
      } else {
        let byte = bytes[p];
        while (byte > ceiling || (byte !== delimiter && byte !== lf && byte !== cr)) byte = bytes[++p];
        cellEnd = p;
      }
      if (at < limit) {
        cells[at] = start;
        cells[at + 1] = cellEnd;
        at += 2;
      }
      found++;
      if (p >= end) {
        if (!final) return scan.incomplete;
        break;
      }
      if (bytes[p] !== delimiter) break;
      p++;
    }
    // A CR at the very end of the buffer may be the first half of CRLF.
    if (p + 1 >= end && bytes[p] === cr && !final) return scan.incomplete;
    this.found = found;
    // A row with other than the wanted cells may be scanned again from its second line: leave it as it is.
    if (this.doubled.length > 0 && found === this.columnCount) this.undouble(bytes);
    if (p >= end) return end;
    return bytes[p] === cr && p + 1 < end && bytes[p + 1] === lf ? p + 2 : p + 1;
  }

  /** From behind an opening quote to its closing quote, whose position it returns. */
  private scanQuoted(bytes: Buffer, from: number, end: number, cell: number): number {
    let p = from;
    let doubled = false;
    for (;;) {
      let byte = bytes[p];
      while (byte !== quote) {
        if (byte === lf || byte === cr) {
          if (p >= end) return scan.incomplete;
          this.multiline = true;
        }
        byte = bytes[++p];
      }
      const after = bytes[p + 1];
      if (after === quote) {
        doubled = true;
        p += 2;
        continue;
      }
      if (after !== this.delimiter && after !== lf && after !== cr) return scan.failed;
      if (doubled && cell >= 0) this.doubled.push(cell);
      return p;
    }
  }

  private broken(outcome: number, final: boolean): number {
    if (outcome === scan.incomplete && !final) return scan.incomplete;
    this.failure = outcome === scan.incomplete ? failure.unterminated_quote : failure.stray_quote;
    return scan.failed;
  }

  /** Makes one quote of two, in place: the text can only become shorter. */
  private undouble(bytes: Buffer): void {
    const { cells } = this;
    for (const cell of this.doubled) {
      const end = cells[cell + 1];
      let to = cells[cell];
      for (let from = to; from < end; from++) {
        bytes[to++] = bytes[from];
        if (bytes[from] === quote) from++;
      }
      cells[cell + 1] = to;
      // What is left over may be half a character, which would make the batch look damaged.
      bytes.fill(space, to, end);
    }
  }
}
