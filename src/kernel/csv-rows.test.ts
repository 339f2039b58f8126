import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvLine } from './csv.ts';
import { csvRows } from './csv-rows.ts';

const read = (text: string) => [...csvRows(text)];

describe('rows of a CSV file', () => {
  it('are read with their lines, whatever ends them or parts their cells', () => {
    expect(read('\uFEFFa,b\r\n"x, ""y""\nz", 2 \r\r\n\n;\n')).toEqual([
      { line: 1, cells: ['a', 'b'] },
      { line: 2, cells: ['x, "y"\nz', '2'] },
      { line: 6, cells: [';'] },
    ]);
    expect(read('a;b\n1,5;2')[1].cells).toEqual(['1,5', '2']);
    expect(read('a\tb\n"1\t5"\t2')[1].cells).toEqual(['1\t5', '2']);
  });

  it('are none in an empty file, and end with a file whose quote is never closed', () => {
    expect([read(''), read('\n \r\n,,\n')]).toEqual([[], []]);
    expect(read('a\n"b\nc')).toEqual([
      { line: 1, cells: ['a'] },
      { line: 2, cells: ['b\nc'] },
    ]);
  });

  it('come back as they were written', () => {
    const cell = fc.string({
      unit: fc.constantFrom('a', '"', ',', '\n', '\r\n', '茶', '1'),
      minLength: 1,
      maxLength: 6,
    });
    fc.assert(
      fc.property(
        fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { maxLength: 5 }),
        (rows) => {
          const text = csvLine(['h', 'h', 'h']) + rows.map((row) => csvLine(row)).join('');
          // A spreadsheet's apostrophe before a formula is not a cell's own.
          expect(
            read(text)
              .slice(1)
              .map(({ cells }) => cells),
          ).toEqual(
            rows
              .map((row) => row.map((each) => (/[",\r\n]/.test(each) ? each : each.trim())))
              .map((row) => row.map((each) => (/^[\r\n]/.test(each) ? `'${each}` : each))),
          );
        },
      ),
    );
  });
});
