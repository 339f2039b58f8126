import { isAscii, isUtf8 } from 'node:buffer';
import { failure } from '../values/failure.ts';
import { rowTexts } from './row-batch.ts';
import type { RowBatch } from './row-batch.ts';

const replacement = Buffer.from('\ufffd');

/** Neither a byte above 0x7f nor a NUL. */
export const isPlain = (bytes: Buffer): boolean => isAscii(bytes) && !bytes.includes(0);

/**
 * Turns rows whose bytes are not valid UTF-8 (or, in a converted file, were not valid in their
 * encoding) into problems: a mangled name or order number must not go in unnoticed.
 */
export function dropDamagedRows(batch: RowBatch, converted: boolean): void {
  const used = batch.bytes.subarray(0, batch.length);
  const sound = converted ? !used.includes(replacement) : isUtf8(used);
  if (sound) return;
  const width = 2 * batch.columnCount;
  let kept = 0;
  for (let row = 0; row < batch.rowCount; row++) {
    const cells = batch.cells.subarray(row * width, (row + 1) * width);
    const bytes = used.subarray(cells[0], cells[width - 1]);
    if (converted ? !bytes.includes(replacement) : isUtf8(bytes)) {
      batch.cells.copyWithin(kept * width, row * width, (row + 1) * width);
      batch.rowNumbers[kept++] = batch.rowNumbers[row];
    } else {
      batch.problems.push({
        rowNumber: batch.rowNumbers[row],
        failure: failure.bad_encoding,
        text: rowTexts(batch, row).join(',').slice(0, 1000),
      });
    }
  }
  batch.rowCount = kept;
  batch.cells = batch.cells.slice(0, kept * width);
  batch.rowNumbers = batch.rowNumbers.slice(0, kept);
}
