import { describe, expect, it } from 'vitest';
import { BatchBuilder } from './batch-builder.ts';
import { CsvScanner, scan } from './csv/scanner.ts';
import { guessDelimiter, withSentinel } from './csv/dialect.ts';
import { decideEncoding, markedEncoding, unmarkedUtf16 } from './encoding.ts';
import { detectTextFormat, detectType } from './file-type.ts';
import { distinctColumns } from './header.ts';
import { defaultLimits } from './limits.ts';
import { appendBytes, appendText, cellText, rowTexts } from './row-batch.ts';
import { TextFeed } from './text-feed.ts';

async function* chunksOf(...texts: string[]): AsyncGenerator<Buffer> {
  for (const text of texts) yield Buffer.from(text);
}
const feedOf = (...texts: string[]) =>
  new TextFeed({
    chunks: chunksOf(...texts),
    position: () => 0,
    encoding: () => 'utf-8',
    converted: () => false,
  });

describe('a scanner', () => {
  const scanText = (text: string, final = true, columns = 3) => {
    const bytes = withSentinel(Buffer.from(text));
    const scanner = new CsvScanner(44, columns, 1);
    const next = scanner.scanRow(bytes, 0, text.length, 0, final);
    const cells = Array.from({ length: Math.min(scanner.found, columns) }, (_, i) =>
      bytes.toString('utf8', scanner.cells[2 * i], scanner.cells[2 * i + 1]),
    );
    return { next, cells, found: scanner.found, multiline: scanner.multiline };
  };

  it('says where the next row begins', () => {
    expect(scanText('a,b,c\nd').next).toBe(6);
    expect(scanText('a,b,c\r\nd').next).toBe(7);
    expect(scanText('a,b,c\rd').next).toBe(6);
    expect(scanText('a,b,c').next).toBe(5);
  });

  it('waits for the rest of a row that may go on', () => {
    for (const text of ['a,b,c', 'a,b,', 'a,"b', 'a,b,"c"', 'a,b,c\r', '', 'a,"b""']) {
      expect(scanText(text, false).next, JSON.stringify(text)).toBe(scan.incomplete);
    }
  });

  it('undoes doubled quotes only in rows of the right width', () => {
    expect(scanText('"a""b",2,"""')).toMatchObject({ next: scan.failed });
    expect(scanText('"a""b",2,""""').cells).toEqual(['a"b', '2', '"']);
    expect(scanText('"a""b",2').cells).toEqual(['a""b', '2']);
  });

  it('counts cells beyond the wanted ones without keeping them', () => {
    expect(scanText('1,2,3,"4""",5')).toMatchObject({ found: 5, cells: ['1', '2', '3'] });
  });

  it('knows a row of several lines', () => {
    expect(scanText('1,"2\n2",3\n').multiline).toBe(true);
    expect(scanText('1,2,3\n').multiline).toBe(false);
  });
});

describe('a guess of the delimiter', () => {
  const guess = (text: string) => guessDelimiter(Buffer.from(text), true);

  it('prefers what cuts all rows alike', () => {
    expect(guess('a;b;c\n1,5;2,5;3,5\n4,1;5;6\n')).toBe(';');
    expect(guess('name,note\nx,a|b|c\ny,d\n')).toBe(',');
    expect(guess('id\tname, first\n1\tWang, Li\n')).toBe('\t');
  });

  it('is a comma where there is none', () => {
    expect(guess('only\n1\n2\n')).toBe(',');
    expect(guess('')).toBe(',');
  });

  it('is not misled by delimiters inside of quotes', () => {
    expect(guess('a;b\n"1,2,3";"4,5,6"\n"7,8,9";"1,1,1"\n')).toBe(';');
  });
});

describe('kinds of files', () => {
  it('are told by the first bytes', () => {
    expect(detectType(Buffer.from('PAR1....'))).toBe('parquet');
    expect(detectType(Buffer.from('PA'))).toBe('text');
    expect(detectTextFormat('{"a":1}')).toBe('json_lines');
    expect(detectTextFormat('{}')).toBe('json_lines');
    expect(detectTextFormat('{a},b\n')).toBe('csv');
    expect(detectTextFormat('[id],[name]\n')).toBe('csv');
    expect(detectTextFormat('<3,name\n')).toBe('csv');
  });

  it('of encodings by mark, by zeros, by bytes', () => {
    expect(markedEncoding(Buffer.from('\ufeffa'))).toEqual({ encoding: 'utf-8', markBytes: 3 });
    expect(markedEncoding(Buffer.from([0xff]))).toBeNull();
    expect(unmarkedUtf16(Buffer.from('a,b\n', 'utf16le'))).toBe('utf-16le');
    expect(unmarkedUtf16(Buffer.from('a,b\0,c\n'.padEnd(100, 'x')))).toBeNull();
    expect(unmarkedUtf16(Buffer.alloc(100))).toBeNull();
    expect(decideEncoding(Buffer.from('ascii only'))).toBeNull();
    expect(decideEncoding(Buffer.from('é'.repeat(50)))).toBe('utf-8');
  });
});

describe('column names', () => {
  it('stay as they are where they are distinct', () => {
    expect(distinctColumns(['a', 'b', 'A'])).toEqual({ columns: ['a', 'b', 'A'], renamings: [] });
  });

  it('never collide with a name that is to come', () => {
    const { columns } = distinctColumns(['a', 'a', 'a (2)', '', 'column 4', 'a']);
    expect(columns).toEqual(['a', 'a (3)', 'a (2)', 'column 4 (2)', 'column 4', 'a (4)']);
    expect(new Set(columns).size).toBe(columns.length);
  });

  it('are bounded and without NUL', () => {
    expect(distinctColumns(['x'.repeat(500), 'a\0b']).columns.map((column) => column.length)).toEqual([
      200, 2,
    ]);
  });
});

describe('a feed', () => {
  it('lets one look ahead without losing anything', async () => {
    const feed = feedOf('abc', 'def', 'gh');
    expect((await feed.peek(5)).toString()).toBe('abcdef');
    feed.skip(2);
    const target = Buffer.alloc(10);
    const end = await feed.fill(target, 1, 4);
    expect(target.toString('utf8', 1, end)).toBe('cde');
    expect(feed.exhausted).toBe(false);
    expect(await feed.fill(target, 0, 10)).toBe(3);
    expect(target.toString('utf8', 0, 3)).toBe('fgh');
    expect(feed.exhausted).toBe(true);
    expect((await feed.peek(10)).length).toBe(0);
  });

  it('fills nothing where nothing is wanted', async () => {
    const feed = feedOf('abc');
    expect(await feed.fill(Buffer.alloc(1), 1, 1)).toBe(1);
    await feed.close();
  });
});

describe('a batch', () => {
  const builder = () => new BatchBuilder(2, { ...defaultLimits, batchBytes: 16, batchRows: 3 });

  it('is full by bytes, by rows or by problems', () => {
    const byBytes = builder();
    byBytes.addRow(1, ['0123456789', 'abcdef']);
    expect(byBytes.full).toBe(true);
    const byRows = builder();
    for (const row of [1, 2, 3]) byRows.addRow(row, ['', '']);
    expect(byRows.full).toBe(true);
    const byProblems = builder();
    for (const row of [1, 2, 3]) byProblems.addProblem(row, 7, 'x'.repeat(5000));
    expect(byProblems.full).toBe(true);
    expect(byProblems.take(0).problems[0].text.length).toBe(1000);
  });

  it('grows with what it is given, and starts anew when taken', () => {
    const filled = builder();
    filled.addRow(7, ['茶'.repeat(100), Buffer.from('bytes')]);
    const batch = filled.take(42);
    expect(rowTexts(batch, 0)).toEqual(['茶'.repeat(100), 'bytes']);
    expect(batch).toMatchObject({ plain: false, rowCount: 1, fileBytesRead: 42 });
    expect(filled.empty).toBe(true);
    filled.addRow(8, ['a', 'b']);
    const next = filled.take(43);
    expect(next.plain).toBe(true);
    expect(cellText(batch, 0, 1)).toBe('bytes');
  });

  it('takes texts behind its own without touching them', () => {
    const filled = builder();
    filled.addRow(1, ['a', 'b']);
    const batch = filled.take(0);
    const starts = [appendText(batch, '𠮷'.repeat(50)), appendBytes(batch, Buffer.from('xyz'.repeat(50)))];
    expect(batch.bytes.toString('utf8', starts[0], starts[1])).toBe('𠮷'.repeat(50));
    expect(batch.bytes.toString('utf8', starts[1], batch.length)).toBe('xyz'.repeat(50));
    expect(rowTexts(batch, 0)).toEqual(['a', 'b']);
  });
});
