import { parquetMetadataAsync, parquetScan, parquetSchema } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { Problem } from '../../../../kernel/problem.ts';
import { BatchBuilder } from '../batch-builder.ts';
import { fileProblem } from '../file-problem.ts';
import { cellTextOf, parsers } from './cell-text.ts';
import { fileBuffer } from './file-buffer.ts';
import type { AsyncBuffer, FileMetaData } from 'hyparquet';
import type { SourceFile } from '../byte-stream.ts';
import type { FileLimits } from '../limits.ts';
import type { RowBatch } from '../row-batch.ts';
import type { CellText } from './cell-text.ts';

interface ParquetColumn {
  name: string;
  text: CellText;
}

/** An opened Parquet file. Memory is bounded by one row group, which the limits bound. */
export interface ParquetFile {
  columns: ParquetColumn[];
  metadata: FileMetaData;
  buffer: AsyncBuffer;
  file: SourceFile;
}

/** Reads the footer. Throws `parquet_unreadable`, `file_too_many_columns` or `parquet_row_group_too_large`. */
export async function openParquet(file: SourceFile, limits: FileLimits): Promise<ParquetFile> {
  const buffer = fileBuffer(file, limits.rowGroupBytes);
  const metadata = await readable(() => parquetMetadataAsync(buffer, { geoparquet: false }));
  const children = parquetSchema(metadata).children;
  if (children.length > limits.columns) {
    throw fileProblem('file_too_many_columns', { columns: children.length, limit: limits.columns });
  }
  for (const group of metadata.row_groups) {
    if (Number(group.total_byte_size) > limits.rowGroupBytes) {
      throw fileProblem('parquet_row_group_too_large', { limitBytes: limits.rowGroupBytes });
    }
  }
  const columns = children.map((child) => ({ name: child.element.name, text: cellTextOf(child) }));
  return { columns, metadata, buffer, file };
}

/** Reads row group by row group, column by column. Row numbers start at 1. */
export async function* readParquet(
  { columns, metadata, buffer, file }: ParquetFile,
  limits: FileLimits,
  signal?: AbortSignal,
): AsyncGenerator<RowBatch> {
  const builder = new BatchBuilder(columns.length, limits);
  const total = Number(metadata.num_rows);
  // Without `utf8`, bytes that are not declared to be text stay bytes: they may be decimals.
  const options = { file: buffer, metadata, compressors, parsers, utf8: false, useOffsetIndex: false };
  const open = () => parquetScan(options);
  for (const { rowStart, rowEnd } of (await readable(open)).ranges) {
    // A scan keeps what it has decoded, so each row group gets its own and lets go of it.
    const scan = await readable(open);
    const data: ArrayLike<unknown>[] = [];
    for (const { name } of columns) {
      signal?.throwIfAborted();
      data.push(await readable(() => scan.readColumn({ column: name, rowStart, rowEnd })));
    }
    for (let row = rowStart; row < rowEnd; row++) {
      const values = columns.map(({ text }, column) => text(data[column][row - rowStart]));
      builder.addRow(row + 1, values);
      if (!builder.full) continue;
      signal?.throwIfAborted();
      yield builder.take(Math.floor((file.sizeBytes * (row + 1)) / total));
    }
  }
  if (!builder.empty) yield builder.take(file.sizeBytes);
}

/** The library throws plain errors, and range errors on damaged files: all mean the same here. */
async function readable<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw fileProblem('parquet_unreadable', {}, error);
  }
}
