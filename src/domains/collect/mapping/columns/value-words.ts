import { appendText } from '../../files/row-batch.ts';
import { valueText } from '../../values/trim.ts';
import { emptyTexts } from './text-column.ts';
import type { RowBatch } from '../../files/row-batch.ts';
import type { TextColumn } from '../mapped-columns.ts';
import type { ColumnSource } from './column-source.ts';

/** Values as the words the mapping gives for them (`0` is `male`); a value without a word stays as it is. */
export function readMappedWords(
  batch: RowBatch,
  source: ColumnSource,
  words: Readonly<Record<string, string>>,
): TextColumn {
  const column = emptyTexts(batch.rowCount);
  const stride = 2 * batch.columnCount;
  for (let row = 0, at = 2 * source.index; row < batch.rowCount; row++, at += stride) {
    const text = valueText(batch.bytes, batch.cells[at], batch.cells[at + 1]);
    if (text === '') continue;
    column.starts[row] = appendText(batch, Object.hasOwn(words, text) ? words[text] : text);
    column.ends[row] = batch.length;
  }
  return column;
}
