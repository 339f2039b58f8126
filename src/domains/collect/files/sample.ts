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

/** Somebody waits for a sample, so neither bad rows without end nor rows of a megabyte each are gone on with. */
const sampleAtMost = { problems: 2_000, bytes: 16 * 2 ** 20 };

/**
 * Reads the first rows of a file and closes it; fewer than asked for where too many before them are bad, or they are
 * very long. Throws as `openRows` does.
 */
export async function sampleFile(
  path: string,
  rowCount: number,
  options: OpenOptions = {},
): Promise<FileSample> {
  const opened = await openRows(path, options);
  try {
    const rows: string[][] = [];
    const problems: RowProblem[] = [];
    let bad = 0;
    let bytes = 0;
    for await (const batch of opened.rows) {
      const wanted = Math.min(batch.rowCount, rowCount - rows.length);
      for (let row = 0; row < wanted; row++) rows.push(rowTexts(batch, row));
      problems.push(...batch.problems.slice(0, 100 - problems.length));
      bad += batch.problems.length;
      bytes += batch.length;
      if (rows.length >= rowCount || bad >= sampleAtMost.problems || bytes >= sampleAtMost.bytes) break;
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
