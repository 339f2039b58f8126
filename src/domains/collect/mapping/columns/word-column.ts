import { failure } from '../../values/failure.ts';
import { valueText } from '../../values/trim.ts';
import { booleanWords, genderWords, kindWords, wordNumber } from '../../values/words.ts';
import type { RowBatch } from '../../files/row-batch.ts';
import type { Failure } from '../../values/failure.ts';
import type { WordColumn } from '../mapped-columns.ts';
import type { ColumnSource } from './column-source.ts';
import type { RowReport } from './row-report.ts';

const tables = {
  gender: { words: genderWords, fault: failure.not_a_gender },
  boolean: { words: booleanWords, fault: failure.not_a_boolean },
  order_kind: { words: kindWords, fault: failure.not_a_kind },
} as const satisfies Record<string, { words: ReadonlyMap<string, number>; fault: Failure }>;

/** Words of a closed list, as their numbers. */
export function readWords(
  batch: RowBatch,
  source: ColumnSource,
  table: keyof typeof tables,
  report: RowReport,
): WordColumn {
  const { words, fault } = tables[table];
  const values = new Uint8Array(batch.rowCount);
  const stride = 2 * batch.columnCount;
  for (let row = 0, at = 2 * source.index; row < batch.rowCount; row++, at += stride) {
    const text = valueText(batch.bytes, batch.cells[at], batch.cells[at + 1]);
    if (text === '') continue;
    const number = wordNumber(words, text);
    if (number > 0) values[row] = number;
    else report.add(row, source.index, source.field, fault, source.essential);
  }
  return { type: 'word', values };
}
