import { appendText, makeRoom } from '../../files/row-batch.ts';
import { readEmail, readPhone } from '../../values/contact.ts';
import { currencyOf } from '../../values/currency.ts';
import { failure } from '../../values/failure.ts';
import { isPlainEmail, isPlainMobile } from '../../values/plain-contact.ts';
import { provinceOf } from '../../values/region.ts';
import { cleanText } from '../../values/text.ts';
import { valueText } from '../../values/trim.ts';
import { RangeMemo } from './range-memo.ts';
import { emptyTexts, readTexts } from './text-column.ts';
import type { RowBatch } from '../../files/row-batch.ts';
import type { TextResult } from '../../values/text-result.ts';
import type { TextColumn } from '../mapped-columns.ts';
import type { ColumnSource } from './column-source.ts';
import type { RowReport } from './row-report.ts';

const rewrites = {
  phone: readPhone,
  email: readEmail,
  currency: currencyOf,
  region: (text: string): TextResult => regionText(cleanText(text)),
  address: (text: string): TextResult => ({ text: provinceOf(text, true) }),
} as const satisfies Record<string, (text: string) => TextResult>;

const regionText = (text: string): TextResult =>
  text.length > 100 ? { failure: failure.text_too_long } : { text: provinceOf(text, false) };

const plainRegion = { maxLength: 100, identifier: false, wholeNumber: false };

/** Texts that are stored otherwise than they are written: phones, mails, regions, currencies. */
export function readRewritten(
  batch: RowBatch,
  source: ColumnSource,
  kind: keyof typeof rewrites,
  report: RowReport,
): TextColumn {
  // No province is written in ASCII: such regions stay as they are.
  if (kind === 'region' && batch.plain) return readTexts(batch, source, plainRegion, report);
  const rewrite = rewrites[kind];
  const column = emptyTexts(batch.rowCount);
  const memo = new RangeMemo();
  const stride = 2 * batch.columnCount;
  for (let row = 0, cell = 2 * source.index; row < batch.rowCount; row++, cell += stride) {
    const start = batch.cells[cell];
    const end = batch.cells[cell + 1];
    if (start === end) continue;
    if (kind === 'email' && isPlainEmail(batch.bytes, start, end)) {
      column.starts[row] = start;
      column.ends[row] = end;
      continue;
    }
    if (kind === 'phone' && isPlainMobile(batch.bytes, start, end)) {
      column.starts[row] = appendMobile(batch, start, end);
      column.ends[row] = batch.length;
      continue;
    }
    let range = memo.find(batch.bytes, start, end);
    if (!range) {
      const text = valueText(batch.bytes, start, end);
      if (text === '') continue;
      const result = rewrite(text);
      if ('failure' in result) {
        report.add(row, source.index, source.field, result.failure, source.essential);
        continue;
      }
      const from = appendText(batch, result.text);
      range = { sourceStart: start, sourceEnd: end, start: from, end: batch.length };
      memo.add(batch.bytes, range);
    }
    column.starts[row] = range.start;
    column.ends[row] = range.end;
  }
  return column;
}

const countryCode = Buffer.from('+86');

function appendMobile(batch: RowBatch, start: number, end: number): number {
  makeRoom(batch, countryCode.length + end - start);
  const to = batch.length;
  batch.bytes.set(countryCode, to);
  batch.bytes.copyWithin(to + countryCode.length, start, end);
  batch.length = to + countryCode.length + end - start;
  return to;
}
