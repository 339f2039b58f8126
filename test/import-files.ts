import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { openRows, type OpenOptions, type OpenedRows } from '../src/domains/collect/files/open-rows.ts';
import { rowTexts, type RowBatch, type RowProblem } from '../src/domains/collect/files/row-batch.ts';
import { failureName } from '../src/domains/collect/values/failure.ts';

/** A folder for the files of one test file, removed at its end. */
export function fileFolder(): (content: string | Uint8Array, name?: string) => string {
  const folder = mkdtempSync(join(tmpdir(), 'perennial-files-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  let written = 0;
  return (content, name = `file-${written++}`) => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  };
}

export interface ReadFile extends Pick<
  OpenedRows,
  'format' | 'gzipped' | 'columns' | 'renamings' | 'delimiter'
> {
  encoding: string | null;
  rows: string[][];
  rowNumbers: number[];
  /** As `5 stray_quote`. */
  problems: string[];
  rowProblems: RowProblem[];
  batches: RowBatch[];
  lateColumns: string[];
}

/** Reads a whole file into texts. */
export async function readFile(path: string, options: OpenOptions = {}): Promise<ReadFile> {
  const opened = await openRows(path, options);
  try {
    const batches: RowBatch[] = [];
    for await (const batch of opened.rows) batches.push(batch);
    const rowProblems = batches.flatMap((batch) => batch.problems);
    return {
      format: opened.format,
      gzipped: opened.gzipped,
      columns: opened.columns,
      renamings: opened.renamings,
      delimiter: opened.delimiter,
      encoding: opened.encoding(),
      rows: batches.flatMap((batch) =>
        Array.from({ length: batch.rowCount }, (_, row) => rowTexts(batch, row)),
      ),
      rowNumbers: batches.flatMap((batch) => [...batch.rowNumbers]),
      problems: rowProblems.map((problem) => `${problem.rowNumber} ${failureName(problem.failure)}`),
      rowProblems,
      batches,
      lateColumns: opened.lateColumns(),
    };
  } finally {
    await opened.close();
  }
}
