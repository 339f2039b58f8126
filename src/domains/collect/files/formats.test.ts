import { once } from 'node:events';
import {
  closeSync,
  createWriteStream,
  existsSync,
  openSync,
  readdirSync,
  readlinkSync,
  writeSync,
} from 'node:fs';
import { createGzip, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { fileFolder, readFile } from '../../../../test/import-files.ts';
import { liveBytes } from '../../../../test/live-memory.ts';
import { openRows } from './open-rows.ts';
import { sampleFile } from './sample.ts';

const write = fileFolder();

const refused = (content: string | Uint8Array, code: string) =>
  expect(readFile(write(content))).rejects.toMatchObject({ code: `collect.${code}`, status: 422 });

describe('what is no table', () => {
  it.each([
    ['an empty file', '', 'file_empty'],
    ['a mark and nothing else', '\ufeff', 'file_empty'],
    ['white space', ' \r\n\r\n', 'file_empty'],
    ['an empty gzip', gzipSync(''), 'file_empty'],
    [
      'an Excel workbook',
      Buffer.from('PK\x03\x04\x14\0\x06\0[Content_Types].xml', 'latin1'),
      'file_is_spreadsheet',
    ],
    ['an old Excel workbook', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'file_is_spreadsheet'],
    ['a gzipped workbook', gzipSync(Buffer.from('PK\x03\x04xlsx', 'latin1')), 'file_is_spreadsheet'],
    ['a RAR archive', Buffer.from('Rar!\x1a\x07\x01\0', 'latin1'), 'file_is_archive'],
    ['zstd', Buffer.from('28b52ffd00', 'hex'), 'file_compression_unknown'],
    ['a web page named .xls', '<html><table><tr><td>订单</td></tr></table></html>', 'file_is_html'],
    ['a JSON list', '[\n {"a": 1}]', 'file_is_json_array'],
    ['a PDF', '%PDF-1.7', 'file_type_unknown'],
    ['a picture', Buffer.from('89504e470d0a1a0a0000000d49484452000100', 'hex'), 'file_type_unknown'],
    ['a gzip cut off', gzipSync('a,b\n'.repeat(100_000)).subarray(0, 300), 'file_damaged'],
    ['a Parquet file cut off', 'PAR1 and then nothing', 'parquet_unreadable'],
  ])('refuses %s with a reason', async (_, content, code) => {
    await refused(content, code);
  });
});

describe('gzip', () => {
  it('is told by its bytes and not by its name', async () => {
    const read = await readFile(write(gzipSync('a,b\n1,2\n'), 'orders.csv'));
    expect(read).toMatchObject({ gzipped: true, format: 'csv', rows: [['1', '2']] });
  });

  it('may have several members', async () => {
    const members = Buffer.concat([gzipSync('a,b\n1,2\n'), gzipSync('3,4\n')]);
    expect((await readFile(write(members))).rows).toEqual([
      ['1', '2'],
      ['3', '4'],
    ]);
  });

  it('that is a bomb is stopped', async () => {
    const path = write('');
    const gzip = createGzip({ level: 9 });
    const done = once(gzip.pipe(createWriteStream(path)), 'finish');
    gzip.write('a,b\n');
    const block = Buffer.from(`${'0'.repeat(1022)},\n`.repeat(1024));
    for (let i = 0; i < 140; i++) if (!gzip.write(block)) await once(gzip, 'drain');
    gzip.end();
    await done;
    await expect(readFile(path)).rejects.toMatchObject({ code: 'collect.file_expands_too_much' });
  });

  it('with more inside than allowed is stopped', async () => {
    const path = write(gzipSync(`a,b\n${'1,2\n'.repeat(100_000)}`));
    await expect(readFile(path, { limits: { decompressedBytes: 100_000 } })).rejects.toMatchObject({
      code: 'collect.file_too_large_inside',
    });
  });
});

describe('reading', () => {
  it('says how far it is, up to the size of the file', async () => {
    const path = write(`a,b\n${'1,2\n'.repeat(1_000_000)}`);
    const opened = await openRows(path);
    const progress: number[] = [];
    for await (const batch of opened.rows) progress.push(batch.fileBytesRead);
    await opened.close();
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
    expect(progress.at(-1)).toBe(opened.sizeBytes);
    expect(progress[0]).toBeLessThan(opened.sizeBytes / 2);
  });

  it('stops when it is told to, and releases the file', async () => {
    const stop = new AbortController();
    const opened = await openRows(write(`a,b\n${'1,2\n'.repeat(1_000_000)}`), { signal: stop.signal });
    const read = async () => {
      for await (const _ of opened.rows) stop.abort(new Error('cancelled by a person'));
    };
    await expect(read()).rejects.toThrow('cancelled by a person');
    await opened.close();
    await opened.close();
  });

  it.skipIf(!existsSync('/proc/self/fd'))(
    'leaves no file open, whether read to the end, left early or refused',
    async () => {
      const openOf = (path: string) =>
        readdirSync('/proc/self/fd').filter((fd) => {
          try {
            return readlinkSync(`/proc/self/fd/${fd}`) === path;
          } catch {
            // The descriptor that lists the folder is gone by now.
            return false;
          }
        }).length;
      const rows = `a,b\n${'1,2\n'.repeat(500_000)}`;
      for (const content of [rows, gzipSync(rows), gzipSync('PK\x03\x04')]) {
        const path = write(content);
        await readFile(path).catch(() => undefined);
        expect(openOf(path)).toBe(0);
        const opened = await openRows(path).catch(() => null);
        await opened?.rows.next();
        await opened?.close();
        expect(openOf(path)).toBe(0);
      }
    },
  );

  it('hands over batches that stay as they are', async () => {
    const read = await readFile(
      write(`a,b\n${Array.from({ length: 100_000 }, (_, i) => `${i},x`).join('\n')}\n`),
    );
    expect(read.batches.length).toBeGreaterThan(2);
    expect(read.rows.every((row, i) => row[0] === String(i))).toBe(true);
  });

  it('gives a sample without reading on', async () => {
    const path = write(`a,b\n1,2\n3\n5,6\n${'7,8\n'.repeat(1000)}`);
    const sample = await sampleFile(path, 2);
    expect(sample).toMatchObject({
      columns: ['a', 'b'],
      rows: [
        ['1', '2'],
        ['5', '6'],
      ],
      encoding: 'utf-8',
    });
    expect(sample.problems.length).toBe(1);
  });

  it('gives a smaller sample where bad rows have no end, or rows are very long', async () => {
    const bad = await sampleFile(write(`a,b\n${'1\n'.repeat(200_000)}5,6\n`), 1_000);
    expect([bad.rows.length, bad.problems.length]).toEqual([0, 100]);
    const long = await sampleFile(write(`a,b\n${`${'x'.repeat(900_000)},2\n`.repeat(40)}`), 1_000);
    expect(long.rows.length).toBeGreaterThan(10);
    expect(long.rows.length).toBeLessThan(25);
  });

  it('holds no more of a large file at its end than at its beginning', async () => {
    const path = write('');
    const file = openSync(path, 'w');
    const block = `${'20100000,some product name,12.5,2020-01-01 00:00:00\n'.repeat(20_000)}`;
    writeSync(file, 'id,name,price,at\n');
    for (let i = 0; i < 50; i++) writeSync(file, block);
    closeSync(file);
    const opened = await openRows(path);
    let rows = 0;
    const live: number[] = [];
    for await (const batch of opened.rows) {
      rows += batch.rowCount;
      if (rows / 100_000 > live.length) live.push(liveBytes());
    }
    await opened.close();
    expect(rows).toBe(1_000_000);
    expect(live.length).toBe(10);
    // About a byte a row: whoever keeps as much as a number of each is found.
    expect(Math.max(...live.slice(1)) - live[0]).toBeLessThan(1024 * 1024);
  });
});
