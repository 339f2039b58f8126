import { gzipSync } from 'node:zlib';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fileFolder, readFile } from '../../../../../test/import-files.ts';
import { cellTextOf } from './cell-text.ts';

const write = fileFolder();

type Columns = Parameters<typeof parquetWriteBuffer>[0]['columnData'];
type Schema = Parameters<typeof parquetWriteBuffer>[0]['schema'];
const parquet = (columnData: Columns, schema?: Schema, rowGroupSize?: number) =>
  new Uint8Array(
    parquetWriteBuffer({ columnData, ...(schema && { schema }), ...(rowGroupSize && { rowGroupSize }) }),
  );

const orders = parquet([
  { name: '订单编号', data: ['A1', 'A2', null], type: 'STRING', nullable: true },
  { name: 'number', data: [12345678901234567n, -5n, 0n], type: 'INT64' },
  { name: 'count', data: [1, -2, 3], type: 'INT32' },
  { name: 'price', data: [0.1 + 0.2, 1234.5, 1e-7], type: 'DOUBLE' },
  { name: 'paid', data: [true, false, true], type: 'BOOLEAN' },
  {
    name: 'at',
    data: [new Date('2020-02-21T00:00:05.123Z'), new Date(0), new Date('1999-12-31T23:59:59Z')],
    type: 'TIMESTAMP',
  },
  { name: 'extra', data: [{ a: [1, 2] }, null, 'x'], type: 'JSON', nullable: true },
]);

describe('Parquet', () => {
  it('gives every type as the text a CSV file would hold', async () => {
    const read = await readFile(write(orders));
    expect(read).toMatchObject({ format: 'parquet', encoding: null, delimiter: null });
    expect(read.columns).toEqual(['订单编号', 'number', 'count', 'price', 'paid', 'at', 'extra']);
    expect(read.rows).toEqual([
      ['A1', '12345678901234567', '1', '0.3', 'true', '2020-02-21T00:00:05.123Z', '{"a":[1,2]}'],
      ['A2', '-5', '-2', '1234.5', 'false', '1970-01-01T00:00:00.000Z', ''],
      ['', '0', '3', '0.0000001', 'true', '1999-12-31T23:59:59.000Z', '"x"'],
    ]);
    expect(read.rowNumbers).toEqual([1, 2, 3]);
  });

  it('gives decimals exactly, times without a zone without one, and days', async () => {
    const bytes = parquet(
      [
        { name: 'price', data: [10.5, -0.05, 9_999_999.99] },
        { name: 'at', data: [0n, 1_582_243_205_000_000n, 1n] },
        { name: 'day', data: [0, 16_000, -1] },
      ],
      [
        { name: 'root', num_children: 3 },
        {
          name: 'price',
          type: 'INT32',
          converted_type: 'DECIMAL',
          scale: 2,
          precision: 9,
          repetition_type: 'REQUIRED',
        },
        {
          name: 'at',
          type: 'INT64',
          logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: false, unit: 'MICROS' },
          repetition_type: 'REQUIRED',
        },
        { name: 'day', type: 'INT32', converted_type: 'DATE', repetition_type: 'REQUIRED' },
      ],
    );
    expect((await readFile(write(bytes))).rows).toEqual([
      ['10.50', '1970-01-01T00:00:00.000', '1970-01-01'],
      ['-0.05', '2020-02-21T00:00:05.000', '2013-10-22'],
      ['9999999.99', '1970-01-01T00:00:00.000', '1969-12-31'],
    ]);
  });

  it('reads decimals of any width from their bytes', () => {
    const text = cellTextOf({
      children: [],
      count: 1,
      path: ['x'],
      element: {
        name: 'x',
        type: 'FIXED_LEN_BYTE_ARRAY',
        converted_type: 'DECIMAL',
        scale: 4,
        precision: 38,
      },
    });
    expect(text(Uint8Array.of(0xff, 0xff, 0xff))).toBe('-0.0001');
    expect(text(Uint8Array.of(0x01, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00))).toBe(
      '1844674407370955.1616',
    );
    expect(text(null)).toBe('');
  });

  it('reads row group by row group, in order', async () => {
    const numbers = Array.from({ length: 50_000 }, (_, i) => i);
    const bytes = parquet(
      [
        { name: 'n', data: numbers, type: 'INT32' },
        { name: 's', data: numbers.map((n) => `row ${n}`), type: 'STRING' },
      ],
      undefined,
      10_000,
    );
    const read = await readFile(write(bytes), { limits: { batchBytes: 64 * 1024 } });
    expect(read.batches.length).toBeGreaterThan(5);
    expect(read.rows).toEqual(numbers.map((n) => [String(n), `row ${n}`]));
    const progress = read.batches.map((batch) => batch.fileBytesRead);
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
    expect(progress.at(-1)).toBe(bytes.length);
  });

  it('may be gzipped, and leaves no copy behind', async () => {
    const folder = fileFolder();
    const path = folder(gzipSync(orders));
    const temporaryDirectory = path.replace(/[^/]+$/, '');
    const read = await readFile(path, { temporaryDirectory });
    expect(read).toMatchObject({ format: 'parquet', gzipped: true });
    expect(read.rows.length).toBe(3);
    expect(readdirSync(temporaryDirectory)).toEqual([path.slice(temporaryDirectory.length)]);
  });

  it('is refused where a row group does not fit in memory', async () => {
    await expect(readFile(write(orders), { limits: { rowGroupBytes: 100 } })).rejects.toMatchObject({
      code: 'collect.parquet_row_group_too_large',
    });
  });

  it('is refused where it is damaged, wherever that is found', async () => {
    const footless = orders.subarray(0, orders.length - 20);
    await expect(readFile(write(footless))).rejects.toMatchObject({ code: 'collect.parquet_unreadable' });
    const torn = Uint8Array.from(orders);
    torn.fill(0xff, 4, 60);
    await expect(readFile(write(torn))).rejects.toMatchObject({ code: 'collect.parquet_unreadable' });
  });

  it('is refused with more columns than a file may have', async () => {
    const wide = Array.from({ length: 1001 }, (_, i) => ({
      name: `c${i}`,
      data: [i],
      type: 'INT32' as const,
    }));
    await expect(readFile(write(parquet(wide)))).rejects.toMatchObject({
      code: 'collect.file_too_many_columns',
    });
  });
});
