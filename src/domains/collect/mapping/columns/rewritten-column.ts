import { appendText, makeRoom } from '../../files/row-batch.ts';
import { currencyOf } from '../../values/currency.ts';
import { normaliseEmail } from '../../values/email.ts';
import { failure } from '../../values/failure.ts';
import { normalisePhone } from '../../values/phone.ts';
import { provinceOf } from '../../values/region.ts';
import { cleanText } from '../../values/text.ts';
import { valueText } from '../../values/trim.ts';
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
    // One character a byte is not the text, but it tells texts apart, and is made in a third of the time.
    const key = batch.bytes.toString('latin1', start, end);
    let range = known.get(key);
    if (!range) {
      const text = valueText(batch.bytes, start, end);
      if (text === '') continue;
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

/** 1 for the bytes of an address that is already as it is stored; dots and hyphens need a closer look at their neighbours. */
const emailBytes = new Uint8Array(256);
for (const byte of Buffer.from('abcdefghijklmnopqrstuvwxyz0123456789_')) emailBytes[byte] = 1;
const at = 64;
const dot = 46;

/** `name@example.com` or `first.last@example.com`: letters, digits and single dots between them. */
function isPlainEmail(bytes: Buffer, start: number, end: number): boolean {
  let ats = 0;
  let lastDot = 0;
  for (let p = start; p < end; p++) {
    if (emailBytes[bytes[p]] === 1) continue;
    if (bytes[p] === at) ats++;
    else if (bytes[p] !== dot) return false;
    if (p === start || emailBytes[bytes[p - 1]] === 0) return false;
    if (bytes[p] === dot && ats === 1) lastDot = p;
  }
  if (ats !== 1 || lastDot === 0 || end - lastDot < 3 || end - start > 254) return false;
  for (let p = lastDot + 1; p < end; p++) if (bytes[p] < 97) return false;
  return true;
}

function appendMobile(batch: RowBatch, start: number, end: number): number {
  makeRoom(batch, 14);
  const to = batch.length;
  batch.bytes.set(countryCode, to);
  batch.bytes.copyWithin(to + 3, start, end);
  batch.length = to + 14;
  return to;
}
