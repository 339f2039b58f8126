import { describe, expect, it } from 'vitest';
import { fileFolder, readFile } from '../../../../../test/import-files.ts';
import { failureName } from '../../values/failure.ts';
import { zoneOf } from '../../values/zone.ts';
import { RangeMemo } from './range-memo.ts';
import { readDays, readDecimals, readTimes } from './number-column.ts';
import { readRewritten } from './rewritten-column.ts';
import { RowReport } from './row-report.ts';
import { fillTexts, readTexts } from './text-column.ts';
import { readMappedWords } from './value-words.ts';
import { readWords } from './word-column.ts';
import type { RowBatch } from '../../files/row-batch.ts';
import type { TextColumn } from '../mapped-columns.ts';

const write = fileFolder();

/** One column of cells, beside another column so that no row is blank. */
async function column(cells: readonly string[]) {
  const lines = cells.map((cell, row) => `${row},"${cell.replaceAll('"', '""')}"`);
  const { batches } = await readFile(write(`row,value\n${lines.join('\n')}\n`));
  const [batch] = batches;
  const report = new RowReport(batch, ['row', 'value']);
  const source = { index: 1, field: 'some_field', essential: true };
  const faults = () => report.errors.map(({ row, failure }) => `${row} ${failureName(failure)}`);
  return { batch, report, source, faults };
}

const texts = (batch: RowBatch, { starts, ends }: TextColumn) =>
  Array.from(starts, (start, row) => batch.bytes.toString('utf8', start, ends[row]));

const name = { maxLength: 10, identifier: false, wholeNumber: false };

describe('columns of texts', () => {
  it('point into the cells wherever nothing has to be rewritten', async () => {
    const { batch, source, report } = await column([' plain ', '茶', 'a"b', '']);
    const length = batch.length;
    const read = readTexts(batch, source, name, report);
    expect(texts(batch, read)).toEqual(['plain', '茶', 'a"b', '']);
    expect(batch.length).toBe(length);
  });

  it('write what they rewrite behind the cells, in a longer buffer where it must be', async () => {
    const cells = Array.from({ length: 3000 }, (_, i) => `cafe\u0301 ${i}`);
    const { batch, source, report } = await column(cells);
    batch.bytes = Buffer.from(batch.bytes.subarray(0, batch.length));
    const read = readTexts(batch, source, name, report);
    expect(texts(batch, read)).toEqual(cells.map((cell) => cell.normalize('NFC')));
    expect(batch.bytes.length).toBeGreaterThanOrEqual(batch.length);
  });

  it('count characters and not bytes', async () => {
    const { batch, source, report, faults } = await column([
      '茶'.repeat(10),
      '茶'.repeat(11),
      'x'.repeat(11),
    ]);
    expect(texts(batch, readTexts(batch, source, name, report))).toEqual(['茶'.repeat(10), '', '']);
    expect(faults()).toEqual(['1 text_too_long', '2 text_too_long']);
    expect([...report.rejected]).toEqual([0, 1, 1]);
  });

  it('of identifiers refuse rounded numbers, and cut decimals of zero where told', async () => {
    const { batch, source, report, faults } = await column(['1.23E+15', '17850.0', "'007", '-']);
    const read = readTexts(batch, source, { maxLength: 50, identifier: true, wholeNumber: true }, report);
    expect(texts(batch, read)).toEqual(['', '17850', '007', '']);
    expect(faults()).toEqual(['0 damaged_by_spreadsheet']);
  });

  it('take a default where they are empty', async () => {
    const { batch, source, report } = await column(['x', '', ' ', 'NULL']);
    const read = readTexts(batch, source, name, report);
    fillTexts(batch, read, '默认');
    expect(texts(batch, read)).toEqual(['x', '默认', '默认', '默认']);
  });
});

describe('columns of numbers', () => {
  it('have NaN for nothing and for what is wrong, and tell the difference', async () => {
    const { batch, source, report, faults } = await column(['1.5', '', 'x', '-', '¥2']);
    expect([...readDecimals(batch, source, report).values]).toEqual([
      15_000,
      Number.NaN,
      Number.NaN,
      Number.NaN,
      20_000,
    ]);
    expect(faults()).toEqual(['2 not_a_number']);
  });

  it('read times in a zone, and days without one', async () => {
    const { batch, source, report, faults } = await column(['2020-01-01', '2020-02-30', '']);
    const zone = zoneOf('Asia/Shanghai');
    const times = readTimes(batch, source, zone, 'day_first', report).values;
    expect([...times]).toEqual([Date.UTC(2019, 11, 31, 16), Number.NaN, Number.NaN]);
    const days = readDays(batch, source, 'day_first', report).values;
    expect([...days]).toEqual([Date.UTC(2020, 0, 1) / 86_400_000, Number.NaN, Number.NaN]);
    expect(faults()).toEqual(['1 impossible_date', '1 impossible_date']);
  });
});

describe('columns of words', () => {
  it('are numbers, 0 for nothing', async () => {
    const { batch, source, report, faults } = await column(['男', 'F', '', '机器人', '保密']);
    expect([...readWords(batch, source, 'gender', report).values]).toEqual([1, 2, 0, 0, 3]);
    expect(faults()).toEqual(['3 not_a_gender']);
  });

  it('may be given their meaning by a mapping, and keep what it does not mention', async () => {
    const { batch, source } = await column(['0', '1', '9', '']);
    const read = readMappedWords(batch, source, { 0: 'male', 1: 'female' });
    expect(texts(batch, read)).toEqual(['male', 'female', '9', '']);
    // A name of every object's prototype is a value like any other.
    const odd = await column(['constructor', '__proto__']);
    expect(texts(odd.batch, readMappedWords(odd.batch, odd.source, {}))).toEqual([
      'constructor',
      '__proto__',
    ]);
  });
});

describe('columns of rewritten texts', () => {
  it('give equal cells equal ranges, and make each value once', async () => {
    const { batch, source, report } = await column(['广东省', '上海', '广东省', '广东', '', '广东省']);
    const read = readRewritten(batch, source, 'region', report);
    expect(texts(batch, read)).toEqual(['广东', '上海', '广东', '广东', '', '广东']);
    expect([read.starts[2], read.starts[5]]).toEqual([read.starts[0], read.starts[0]]);
  });

  it('leave regions alone where no province can be', async () => {
    const { batch, source, report } = await column(['United Kingdom', ' France ']);
    const length = batch.length;
    expect(texts(batch, readRewritten(batch, source, 'region', report))).toEqual([
      'United Kingdom',
      'France',
    ]);
    expect(batch.length).toBe(length);
  });

  it('make phones and mails what they are compared by, quick or not', async () => {
    const phones = await column(['13800138000', '138 0013 8000', '12', '13800138000']);
    const read = readRewritten(phones.batch, phones.source, 'phone', phones.report);
    expect(texts(phones.batch, read)).toEqual(['+8613800138000', '+8613800138000', '', '+8613800138000']);
    expect(phones.faults()).toEqual(['2 not_a_phone']);
    const mails = await column(['a@b.com', ' A@B.com', 'x']);
    const addresses = readRewritten(mails.batch, mails.source, 'email', mails.report);
    expect(texts(mails.batch, addresses)).toEqual(['a@b.com', 'a@b.com', '']);
    expect(mails.faults()).toEqual(['2 not_an_email']);
  });

  it('show of a bad value no more than two hundred characters', async () => {
    const { batch, source, report } = await column(['x'.repeat(5000)]);
    readRewritten(batch, source, 'email', report);
    expect(report.errors[0]).toMatchObject({
      rowNumber: 2,
      row: 0,
      column: 'value',
      field: 'some_field',
      rejected: true,
    });
    expect(report.errors[0].value.length).toBe(200);
  });
});

describe('the memory of ranges', () => {
  it('finds equal bytes, and never others with the same length', () => {
    const bytes = Buffer.from('abcabdabc');
    const memo = new RangeMemo();
    memo.add(bytes, { sourceStart: 0, sourceEnd: 3, start: 100, end: 103 });
    expect(memo.find(bytes, 6, 9)).toMatchObject({ start: 100, end: 103 });
    expect(memo.find(bytes, 3, 6)).toBeUndefined();
    expect(memo.find(bytes, 0, 2)).toBeUndefined();
  });

  it('keeps a bounded number of them', () => {
    const bytes = Buffer.from(Array.from({ length: 3000 }, (_, i) => String(i).padStart(4, '0')).join(''));
    const memo = new RangeMemo();
    for (let i = 0; i < 3000; i++)
      memo.add(bytes, { sourceStart: 4 * i, sourceEnd: 4 * i + 4, start: i, end: i });
    const remembered = Array.from({ length: 3000 }, (_, i) => memo.find(bytes, 4 * i, 4 * i + 4)).filter(
      Boolean,
    );
    expect(remembered.length).toBeLessThanOrEqual(1000);
  });
});
