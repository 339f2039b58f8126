import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fileFolder, readFile } from '../../../../../test/import-files.ts';

const write = fileFolder();

/** RFC 4180 read one character at a time; null where the text is not well formed. */
function readPlainly(text: string): string[][] | null {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at < text.length) {
    let cell = '';
    if (text[at] === '"') {
      at++;
      for (;;) {
        if (at >= text.length) return null;
        if (text[at] !== '"') cell += text[at++];
        else if (text[at + 1] === '"') {
          cell += '"';
          at += 2;
        } else break;
      }
      at++;
      if (at < text.length && !',\r\n'.includes(text[at])) return null;
    } else {
      while (at < text.length && !',\r\n'.includes(text[at])) cell += text[at++];
    }
    row.push(cell);
    if (text[at] === ',') {
      at++;
      if (at === text.length) row.push('');
      else continue;
    }
    if (text[at] === '\r' && text[at + 1] === '\n') at += 2;
    else at++;
    rows.push(row);
    row = [];
  }
  return rows;
}

/** Texts made of the characters that matter, so that quotes, commas and line ends meet in every way. */
const text = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', 'é', '订'), maxLength: 60 });

it('reads well-formed text as a reader of one character at a time does', async () => {
  let compared = 0;
  await fc.assert(
    fc.asyncProperty(text, fc.integer({ min: 1, max: 64 }), async (body, batchBytes) => {
      const rows = readPlainly(body);
      // Rows of the wrong width over several lines are read again by line, which is another guarantee.
      const blank = (row: string[]) => row.length === 1 && row[0] === '';
      if (rows === null || rows.some((row) => row.length !== 2 && !blank(row))) return;
      // A quoted nothing alone on its line is a value, and one too few.
      if (/(^|[\r\n])""([\r\n]|$)/.test(body)) return;
      compared++;
      const read = await readFile(write(`x,y\n${body}`, 'reference.csv'), {
        limits: { batchBytes, rowBytes: 128 },
      });
      expect(read.rows).toEqual(rows.filter((row) => row.join('') !== ''));
      expect(read.problems).toEqual([]);
    }),
    { numRuns: 1500 },
  );
  expect(compared).toBeGreaterThan(30);
});

it('reads any text at all to its end: every row is either there or reported', async () => {
  await fc.assert(
    fc.asyncProperty(text, fc.integer({ min: 1, max: 64 }), async (body, batchBytes) => {
      const read = await readFile(write(`x,y\n${body}`, 'any.csv'), { limits: { batchBytes, rowBytes: 32 } });
      const numbers = [...read.rowNumbers, ...read.rowProblems.map(({ rowNumber }) => rowNumber)];
      expect(new Set(numbers).size).toBe(numbers.length);
      expect(read.rows.every((row) => row.length === 2)).toBe(true);
      // No more rows than lines, and what was read stands in the file.
      expect(numbers.length).toBeLessThanOrEqual(body.split(/\r\n|\r|\n/).length);
      const raw = body.replaceAll('""', '"');
      for (const cell of read.rows.flat()) expect(raw.includes(cell) || body.includes(cell)).toBe(true);
    }),
    { numRuns: 500 },
  );
});

it('reads the same rows whatever the sizes of batches', async () => {
  await fc.assert(
    fc.asyncProperty(
      text,
      fc.integer({ min: 1, max: 64 }),
      fc.integer({ min: 1, max: 3 }),
      async (body, batchBytes, batchRows) => {
        const path = write(`x,y\n${body}`, 'sizes.csv');
        const whole = await readFile(path);
        const cut = await readFile(path, { limits: { batchBytes, batchRows } });
        expect(cut.rows).toEqual(whole.rows);
        expect(cut.rowNumbers).toEqual(whole.rowNumbers);
        expect(cut.problems.sort()).toEqual(whole.problems.sort());
      },
    ),
    { numRuns: 300 },
  );
});
