import { openRows } from './open-rows.ts';
import { rowTexts } from './row-batch.ts';
import type { OpenOptions, OpenedRows } from './open-rows.ts';
import type { RowProblem } from './row-batch.ts';

/** The start of a file, for a person to look at and for a mapping to be guessed from. */
export interface FileSample extends Pick<
  OpenedRows,
  'format' | 'gzipped' | 'delimiter' | 'columns' | 'renamings' | 'sizeBytes'
> {
  encoding: ReturnType<OpenedRows['encoding']>;
  rows: string[][];
  problems: RowProblem[];
}

/** Reads the first rows of a file and closes it. Throws as `openRows` does. */
export async function sampleFile(
  path: string,
  rowCount: number,
  options: OpenOptions = {},
): Promise<FileSample> {
  const opened = await openRows(path, options);
  try {
    const rows: string[][] = [];
    const problems: RowProblem[] = [];
    for await (const batch of opened.rows) {
      const wanted = Math.min(batch.rowCount, rowCount - rows.length);
      for (let row = 0; row < wanted; row++) rows.push(rowTexts(batch, row));
      problems.push(...batch.problems.slice(0, 100 - problems.length));
      if (rows.length >= rowCount) break;
    }
    const { format, gzipped, delimiter, columns, renamings, sizeBytes } = opened;
    return {
      format,
      gzipped,
      delimiter,
      columns,
      renamings,
      sizeBytes,
      encoding: opened.encoding(),
      rows,
      problems,
    };
  } finally {
    await opened.close();
  }
}
