import { appendText } from '../../files/row-batch.ts';
import { isAbsent } from '../../values/absent.ts';
import { failure } from '../../values/failure.ts';
import { unwrappedEnd, unwrappedStart } from '../../values/spreadsheet-text.ts';
import { cleanText, isComposed, isRoundedNumber, wholeNumberEnd } from '../../values/text.ts';
import { trimmedEnd, trimmedStart } from '../../values/trim.ts';
import type { RowBatch } from '../../files/row-batch.ts';
import type { TextColumn } from '../mapped-columns.ts';
import type { ColumnSource } from './column-source.ts';
import type { RowReport } from './row-report.ts';

export interface TextOptions {
  maxLength: number;
  /** An identifier: refused where a spreadsheet has rounded it. */
  identifier: boolean;
  /** `17850.0` is `17850`. */
  wholeNumber: boolean;
}

/** The lead byte of a common Chinese character: three bytes, none of them white space. */
const isHanzi = (lead: number) => lead >= 0xe4 && lead <= 0xe9;
const apostrophe = 39;
const equals = 61;

/** An empty text column for a batch. */
export const emptyTexts = (rowCount: number): TextColumn => ({
  type: 'text',
  starts: new Int32Array(rowCount),
  ends: new Int32Array(rowCount),
});

/** Texts and identifiers: ranges of the cells themselves wherever nothing has to be rewritten. */
export function readTexts(
  batch: RowBatch,
  source: ColumnSource,
  options: TextOptions,
  report: RowReport,
): TextColumn {
  const { bytes, cells, rowCount, plain } = batch;
  const { maxLength, identifier, wholeNumber } = options;
  const column = emptyTexts(rowCount);
  const { starts, ends } = column;
  const stride = 2 * batch.columnCount;
  for (let row = 0, at = 2 * source.index; row < rowCount; row++, at += stride) {
    let start = cells[at];
    let end = cells[at + 1];
    if (start === end) continue;
    const first = bytes[start];
    const last = bytes[end - 1];
    if (first <= 32 || (first > 0x7f && !isHanzi(first))) start = trimmedStart(bytes, start, end);
    if (last <= 32 || (last > 0x7f && !isHanzi(bytes[end - 3]))) end = trimmedEnd(bytes, start, end);
    if (isAbsent(bytes, start, end)) continue;
    if (first === apostrophe || first === equals) {
      const wrapped = end;
      end = unwrappedEnd(bytes, start, wrapped);
      if (identifier || end !== wrapped) start = unwrappedStart(bytes, start, wrapped);
    }
    if (identifier && isRoundedNumber(bytes, start, end)) {
      report.add(row, source.index, source.field, failure.damaged_by_spreadsheet, source.essential);
      continue;
    }
    if (wholeNumber) end = wholeNumberEnd(bytes, start, end);
    if (!plain && !isComposed(bytes, start, end)) {
      start = appendText(batch, cleanText(bytes.toString('utf8', start, end)));
      end = batch.length;
    }
    // A character is a byte at least: only a text with too many bytes needs its characters counted.
    if (end - start > maxLength && batch.bytes.toString('utf8', start, end).length > maxLength) {
      report.add(row, source.index, source.field, failure.text_too_long, source.essential);
      continue;
    }
    starts[row] = start;
    ends[row] = end;
  }
  return column;
}

/** Gives rows without a value the default. */
export function fillTexts(batch: RowBatch, column: TextColumn, text: string): void {
  const start = appendText(batch, text);
  const end = batch.length;
  const { starts, ends } = column;
  for (let row = 0; row < starts.length; row++) {
    if (starts[row] !== ends[row]) continue;
    starts[row] = start;
    ends[row] = end;
  }
}
