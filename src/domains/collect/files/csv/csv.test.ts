import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fileFolder, readFile } from '../../../../../test/import-files.ts';

const write = fileFolder();

const quoted = (cell: string): string =>
  /[",;|\t\r\n]/.test(cell) || cell === '' ? `"${cell.replaceAll('"', '""')}"` : cell;
/** Cells of anything a person may type. A first character of U+FEFF would be a byte order mark at the file's start. */
const cell = fc.string({
  unit: fc.constantFrom('a', 'é', '订', '😀', '"', ',', ';', '\n', '\r', ' ', '\t', '0', '|'),
  maxLength: 8,
});

describe('CSV', () => {
  it('gives back what was written, whatever the cells hold and wherever batches end', async () => {
    const table = fc
      .integer({ min: 2, max: 5 })
      .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { maxLength: 30 }));
    await fc.assert(
      fc.asyncProperty(
        table,
        fc.constantFrom('\n', '\r\n', '\r'),
        fc.constantFrom(',', '\t', ';', '|'),
        fc.integer({ min: 1, max: 200 }),
        async (rows, end, delimiter, batchBytes) => {
          const width = rows[0]?.length ?? 2;
          const header = Array.from({ length: width }, (_, i) => `c${i}`);
          const text = [header, ...rows].map((row) => row.map(quoted).join(delimiter)).join(end) + end;
          const read = await readFile(write(text, 'property.csv'), {
            limits: { batchBytes, rowBytes: 400, batchRows: 7 },
          });
          // A row of empty cells only is blank, and blank rows are passed over.
          const expected = rows
            .map((row, i) => ({ row, number: i + 2 }))
            .filter(({ row }) => row.some((value) => value !== ''));
          expect(read.problems).toEqual([]);
          expect(read.rows).toEqual(expected.map(({ row }) => row));
          expect(read.rowNumbers).toEqual(expected.map(({ number }) => number));
        },
      ),
      { numRuns: 200 },
    );
  });

  it('never loses a sound row to a broken one beside it', async () => {
    const damaged = fc.constantFrom('x,"open', 'x,"a"b', 'x', 'x,y,z', '"x"x,y', '"x');
    const line = fc.oneof(
      { weight: 4, arbitrary: fc.constant('good,row') },
      { weight: 1, arbitrary: damaged },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(line, { maxLength: 60 }),
        fc.integer({ min: 8, max: 64 }),
        async (lines, batchBytes) => {
          const read = await readFile(write(`a,b\n${lines.join('\n')}\n`, 'damaged.csv'), {
            limits: { batchBytes, rowBytes: 256 },
          });
          // An open quote that happens on a closing one takes the rows between with it: RFC 4180 says they are one value.
          const taken = read.rows.flat().join('').split('good,row').length - 1;
          expect(read.rows.filter((row) => row.join() === 'good,row').length + taken).toBe(
            lines.filter((l) => l === 'good,row').length,
          );
        },
      ),
      { numRuns: 100 },
    );
  });

  it('guesses the delimiter', async () => {
    for (const delimiter of [',', '\t', ';', '|'] as const) {
      const text = `id${delimiter}name${delimiter}price\n1${delimiter}"a, b; c"${delimiter}1,5\n2${delimiter}x${delimiter}2\n`;
      expect((await readFile(write(text.replace('1,5', delimiter === ',' ? '15' : '1,5')))).delimiter).toBe(
        delimiter,
      );
    }
    expect((await readFile(write('only\n1\n2\n'))).rows).toEqual([['1'], ['2']]);
  });

  it('ends rows at LF, CRLF and CR and numbers them as a spreadsheet does, blank ones included', async () => {
    const read = await readFile(write('a,b\r\n1,2\r\n\r\n3,"4\r\n5"\r\n,\r\n6,7'));
    expect(read.rows).toEqual([
      ['1', '2'],
      ['3', '4\r\n5'],
      ['6', '7'],
    ]);
    expect(read.rowNumbers).toEqual([2, 4, 6]);
    expect((await readFile(write('a,b\r1,2\r3,4'))).rows).toEqual([
      ['1', '2'],
      ['3', '4'],
    ]);
  });

  it('reports ragged rows and goes on', async () => {
    const read = await readFile(write('a,b,c\n1,2\n1,2,3\n1,2,3,4\n4,5,6\n'));
    expect(read.rows).toEqual([
      ['1', '2', '3'],
      ['4', '5', '6'],
    ]);
    expect(read.problems).toEqual(['2 missing_columns', '4 too_many_columns']);
    expect(read.rowProblems[0].text).toBe('1,2');
  });

  it('takes a quote inside of a value as a character, as spreadsheets do', async () => {
    expect((await readFile(write('a,b\n12" vinyl,he said "hi"\n'))).rows).toEqual([
      ['12" vinyl', 'he said "hi"'],
    ]);
  });
});

describe('broken quotes', () => {
  it('cost their own row only', async () => {
    const read = await readFile(write('a,b,c\n1,x,3\n2,"open,3\n3,"fine",3\n4,"he "said",3\n5,y,3\n'));
    expect(read.rows.map((row) => row[0])).toEqual(['1', '3', '5']);
    expect(read.problems).toEqual(['3 stray_quote', '5 stray_quote']);
  });

  it('do not swallow the rest of a file', async () => {
    const rows = Array.from({ length: 50_000 }, (_, i) => `${i},value,${i}`);
    rows[10] = '10,"never closed,10';
    const read = await readFile(write(`a,b,c\n${rows.join('\n')}\n`));
    expect(read.problems).toEqual(['12 unterminated_quote']);
    expect(read.rows.length).toBe(49_999);
  });

  it('at the end of the file are found too', async () => {
    const read = await readFile(write('a,b\n1,2\n3,"4'));
    expect(read.rows).toEqual([['1', '2']]);
    expect(read.problems).toEqual(['3 unterminated_quote']);
  });

  it('that meet another quote many lines later are one broken row, not one long value', async () => {
    const read = await readFile(write('a,b,c\n1,"open,3\n2,x,3\n3,x",3,4\n4,y,3\n'));
    expect(read.rows.map((row) => row[0])).toEqual(['2', '4']);
    expect(read.problems).toEqual(['2 stray_quote', '4 too_many_columns']);
  });

  it('in every row do not make reading slow', async () => {
    for (const line of ['1,"open', '1,"""', '"",x""', '1,"a""\n"x']) {
      // Were reading quadratic, this would outlast the test's time by far.
      const read = await readFile(write(`a,b,c\n${`${line}\n`.repeat(100_000)}`));
      expect(read.rows.length + read.problems.length, line).toBeGreaterThan(0);
    }
  });
});

describe('limits', () => {
  it('pass over a row that is too long and read on', async () => {
    const read = await readFile(write(`a,b\n1,2\n${'x'.repeat(3_000_000)},y\n3,4\n`));
    expect(read.rows).toEqual([
      ['1', '2'],
      ['3', '4'],
    ]);
    expect(read.problems).toEqual(['3 row_too_long']);
    expect(read.rowNumbers).toEqual([2, 4]);
    expect(read.rowProblems[0].text.length).toBe(1000);
  });

  it('refuse a file of a million columns at once', async () => {
    const wide = Array.from({ length: 1_000_000 }, (_, i) => `c${i}`).join(',');
    await expect(readFile(write(`${wide}\n`))).rejects.toMatchObject({
      code: 'collect.file_too_many_columns',
    });
    await expect(readFile(write(`${','.repeat(1000)}\n`))).rejects.toMatchObject({
      code: 'collect.file_too_many_columns',
      params: { columns: 1001, limit: 1000 },
    });
  });

  it('refuse a header without an end', async () => {
    await expect(readFile(write('x'.repeat(2_000_000)))).rejects.toMatchObject({
      code: 'collect.file_header_too_long',
    });
  });

  it('read a thousand columns in batches of bounded size', async () => {
    const header = Array.from({ length: 1000 }, (_, i) => `c${i}`).join(',');
    const row = Array.from({ length: 1000 }, (_, i) => String(i % 10)).join(',');
    const read = await readFile(write(`${header}\n${`${row}\n`.repeat(3000)}`));
    expect(read.rows.length).toBe(3000);
    expect(Math.max(...read.batches.map((batch) => batch.cells.length))).toBeLessThanOrEqual(4 * 1024 * 1024);
  });
});

describe('column names', () => {
  it('are made distinct, and what was changed is told', async () => {
    const read = await readFile(write('\ufeff name ,,name,name (2),"quo""ted"\n1,2,3,4,5\n'));
    expect(read.columns).toEqual(['name', 'column 2', 'name (3)', 'name (2)', 'quo"ted']);
    expect(read.renamings).toEqual([
      { column: 1, reason: 'name_empty', name: '', renamedTo: 'column 2' },
      { column: 2, reason: 'name_repeated', name: 'name', renamedTo: 'name (3)' },
    ]);
  });

  it('may follow blank rows', async () => {
    const read = await readFile(write('\n,\na,b\n1,2\n'));
    expect(read.columns).toEqual(['a', 'b']);
    expect(read.rowNumbers).toEqual([4]);
  });
});
