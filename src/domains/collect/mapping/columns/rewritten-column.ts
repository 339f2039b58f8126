import { appendText, makeRoom } from '../../files/row-batch.ts';
import { currencyOf } from '../../values/currency.ts';
import { normaliseEmail } from '../../values/email.ts';
import { failure } from '../../values/failure.ts';
import { normalisePhone } from '../../values/phone.ts';
import { provinceOf } from '../../values/region.ts';
import { cleanText } from '../../values/text.ts';
import { emptyTexts, readTexts } from './text-column.ts';
import type { RowBatch } from '../../files/row-batch.ts';
import type { TextResult } from '../../values/text-result.ts';
import type { TextColumn } from '../mapped-columns.ts';
import type { ColumnSource } from './column-source.ts';
import type { RowReport } from './row-report.ts';

const rewrites = {
  phone: normalisePhone,
  email: normaliseEmail,
  currency: currencyOf,
  region: (text: string): TextResult => regionText(cleanText(text)),
  address: (text: string): TextResult => ({ text: provinceOf(text, true) }),
} as const satisfies Record<string, (text: string) => TextResult>;

const regionText = (text: string): TextResult =>
  text.length > 100 ? { failure: failure.text_too_long } : { text: provinceOf(text, false) };

const plainRegion = { maxLength: 100, identifier: false, wholeNumber: false };

/** Distinct values of a batch remembered at most: regions repeat all the time, phones never. */
const rememberedValues = 1000;

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
  const known = new Map<string, { start: number; end: number }>();
  const stride = 2 * batch.columnCount;
  for (let row = 0, at = 2 * source.index; row < batch.rowCount; row++, at += stride) {
    const start = batch.cells[at];
    const end = batch.cells[at + 1];
    if (start === end) continue;
    if (kind === 'phone' && isPlainMobile(batch.bytes, start, end)) {
      column.starts[row] = appendMobile(batch, start, end);
      column.ends[row] = batch.length;
      continue;
    }
    // One character a byte is not the text, but it tells texts apart, and is made in a third of the time.
    const key = batch.bytes.toString('latin1', start, end);
    let range = known.get(key);
    if (!range) {
      const text = batch.plain ? key : batch.bytes.toString('utf8', start, end);
      if (text.trim() === '') continue;
      const result = rewrite(text);
      if ('failure' in result) {
        report.add(row, source.index, source.field, result.failure, source.essential);
        continue;
      }
      const from = appendText(batch, result.text);
      range = { start: from, end: batch.length };
      if (known.size < rememberedValues) known.set(key, range);
    }
    column.starts[row] = range.start;
    column.ends[row] = range.end;
  }
  return column;
}

const countryCode = Buffer.from('+86');

/** A Chinese mobile number as most files write it: eleven digits, 13 to 19 first. */
function isPlainMobile(bytes: Buffer, start: number, end: number): boolean {
  if (end - start !== 11 || bytes[start] !== 49 || bytes[start + 1] < 51) return false;
  for (let p = start; p < end; p++) if (bytes[p] < 48 || bytes[p] > 57) return false;
  return true;
}

function appendMobile(batch: RowBatch, start: number, end: number): number {
  makeRoom(batch, 14);
  const at = batch.length;
  batch.bytes.set(countryCode, at);
  batch.bytes.copyWithin(at + 3, start, end);
  batch.length = at + 14;
  return at;
}
