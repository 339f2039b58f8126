import { failure } from '../../values/failure.ts';
import { dropDamagedRows, isPlain } from '../encoding-check.ts';
import { CsvScanner, scan } from './scanner.ts';
import type { Failure } from '../../values/failure.ts';
import type { DecodedStream } from '../decode.ts';
import type { FileLimits } from '../limits.ts';
import type { RowBatch, RowProblem } from '../row-batch.ts';
import type { TextFeed } from '../text-feed.ts';
import type { HeaderRow } from './header-row.ts';

/** Cells a batch has room for, so that wide files get shorter batches instead of larger ones. */
const batchCells = 2 * 1024 * 1024;
/** Characters of a damaged row that its problem shows. */
const shownCharacters = 1000;
/** Room behind the text for values that mappers rewrite, as a share of the text. */
const spareShare = 0.25;

/**
 * Reads the rows behind a header. A damaged row becomes a problem and reading goes on at the
 * next line, so a broken quote costs one line and never the file. Blank rows are passed over.
 * Reading again stays linear: an open quote is scanned to the next quote that closes it, so
 * the stretches that two damaged rows make the reader repeat do not overlap.
 */
export class CsvReader {
  private readonly feed: TextFeed;
  private readonly stream: DecodedStream;
  private readonly limits: FileLimits;
  private readonly columnCount: number;
  private readonly delimiter: number;
  private readonly scanner: CsvScanner;
  private readonly rowCapacity: number;
  private rowNumber: number;
  private rowCount = 0;
  private rowNumbers: Uint32Array;
  private problems: RowProblem[] = [];
  /** Inside a row that is too long, of which the rest is to be passed over. */
  private skipping = false;

  constructor(feed: TextFeed, stream: DecodedStream, header: HeaderRow, limits: FileLimits) {
    this.feed = feed;
    this.stream = stream;
    this.limits = limits;
    this.columnCount = header.names.length;
    this.delimiter = header.delimiter.charCodeAt(0);
    this.rowNumber = header.rows;
    this.rowCapacity = Math.max(1, Math.min(limits.batchRows, Math.floor(batchCells / this.columnCount)));
    this.rowNumbers = new Uint32Array(this.rowCapacity);
    this.scanner = new CsvScanner(this.delimiter, this.columnCount, this.rowCapacity);
  }

  async *rows(): AsyncGenerator<RowBatch> {
    const { limits, feed } = this;
    const capacity = Math.max(limits.batchBytes, limits.rowBytes);
    let carry: Buffer = Buffer.alloc(0);
    while (!feed.exhausted || carry.length > 0) {
      const bytes = Buffer.allocUnsafeSlow(Math.ceil(capacity * (1 + spareShare)) + 1);
      carry.copy(bytes);
      let end = await feed.fill(bytes, carry.length, Math.max(limits.batchBytes, carry.length));
      let consumed = this.scanRows(bytes, end, feed.exhausted);
      if (consumed === 0 && !feed.exhausted) {
        // The first row is longer than a batch: give it all the room a row may have.
        end = await feed.fill(bytes, end, capacity);
        consumed = this.scanRows(bytes, end, feed.exhausted);
        if (consumed === 0 && end >= capacity) consumed = this.giveUpRow(bytes, end);
      }
      // Copied, because whoever gets the batch may write behind its text.
      carry = Buffer.from(bytes.subarray(consumed, end));
      if (this.rowCount > 0 || this.problems.length > 0) yield this.takeBatch(bytes, consumed);
    }
  }

  /** Scans rows until the buffer or the batch is full, and returns the bytes used up. */
  private scanRows(bytes: Buffer, end: number, final: boolean): number {
    const { scanner, columnCount, rowCapacity, rowNumbers } = this;
    bytes[end] = 10;
    let position = 0;
    if (this.skipping) {
      position = nextLine(bytes, 0);
      this.skipping = position > end;
      if (this.skipping) return end;
    }
    // Bad rows count too: a megabyte of the shortest is half a million.
    while (position < end && this.rowCount + this.problems.length < rowCapacity) {
      const next = scanner.scanRow(bytes, position, end, this.rowCount, final);
      if (next === scan.incomplete) break;
      if (next >= 0 && scanner.found === columnCount) {
        this.rowNumber++;
        // A row of nothing but delimiters is as blank as an empty line.
        const blank = isBlank(scanner.cells, 2 * this.rowCount * columnCount, columnCount);
        if (!blank) rowNumbers[this.rowCount++] = this.rowNumber;
        position = next;
        continue;
      }
      const resumed = this.reject(bytes, position, end, next, final);
      if (resumed === scan.incomplete) break;
      position = resumed;
    }
    return position;
  }

  /** Notes what is wrong with a row and returns where reading goes on. */
  private reject(bytes: Buffer, start: number, end: number, next: number, final: boolean): number {
    const { scanner } = this;
    if (next >= 0 && !scanner.multiline) {
      this.rowNumber++;
      if (this.hasOnlyDelimiters(bytes, start)) return next;
      this.addProblem(
        scanner.found < this.columnCount ? failure.missing_columns : failure.too_many_columns,
        bytes,
        start,
        next,
      );
      return next;
    }
    // A wrong count over several lines is a broken quote that met another one.
    const line = nextLine(bytes, start);
    if (line > end && !final) return scan.incomplete;
    this.rowNumber++;
    this.addProblem(next >= 0 ? failure.stray_quote : scanner.failure, bytes, start, Math.min(line, end));
    return Math.min(line, end);
  }

  /** A row of nothing but delimiters is blank, however many there are. The LF behind the text ends the loop. */
  private hasOnlyDelimiters(bytes: Buffer, start: number): boolean {
    let p = start;
    while (bytes[p] === this.delimiter) p++;
    return isLineEnd(bytes[p]);
  }

  /** The row at the start of a full buffer has no end: drop its first line. */
  private giveUpRow(bytes: Buffer, end: number): number {
    const line = nextLine(bytes, 0);
    this.skipping = line > end;
    this.rowNumber++;
    this.addProblem(
      this.skipping ? failure.row_too_long : failure.unterminated_quote,
      bytes,
      0,
      Math.min(line, end),
    );
    return Math.min(line, end);
  }

  private addProblem(code: Failure, bytes: Buffer, start: number, end: number): void {
    const shown = bytes.toString('utf8', start, Math.min(end, start + 4 * shownCharacters));
    const text = shown.replace(/[\r\n]+$/, '').slice(0, shownCharacters);
    this.problems.push({ rowNumber: this.rowNumber, failure: code, text });
  }

  private takeBatch(bytes: Buffer, length: number): RowBatch {
    const { rowCount, columnCount, problems } = this;
    const batch: RowBatch = {
      bytes,
      length,
      plain: isPlain(bytes.subarray(0, length)),
      rowCount,
      columnCount,
      cells: this.scanner.cells.slice(0, 2 * rowCount * columnCount),
      rowNumbers: this.rowNumbers.slice(0, rowCount),
      problems,
      fileBytesRead: this.stream.position(),
    };
    this.rowCount = 0;
    this.problems = [];
    if (!batch.plain) dropDamagedRows(batch, this.stream.converted());
    return batch;
  }
}

const isLineEnd = (byte: number) => byte === 10 || byte === 13;

/**
 * The position behind the next line end. The LF that stands behind the buffer's text makes it
 * lie beyond the text where the text holds none, or only a CR at its end (half of CRLF, maybe).
 */
function nextLine(bytes: Buffer, from: number): number {
  let p = from;
  while (!isLineEnd(bytes[p])) p++;
  return bytes[p] === 13 && bytes[p + 1] === 10 ? p + 2 : p + 1;
}

function isBlank(cells: Int32Array, from: number, columnCount: number): boolean {
  for (let at = from; at < from + 2 * columnCount; at += 2) {
    if (cells[at] !== cells[at + 1]) return false;
  }
  return true;
}
