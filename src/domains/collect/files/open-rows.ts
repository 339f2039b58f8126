import { fileProblem } from './file-problem.ts';
import { fileStream, openFile, readHead } from './byte-stream.ts';
import { CsvReader } from './csv/reader.ts';
import { readHeaderRow } from './csv/header-row.ts';
import { decode } from './decode.ts';
import { detectTextFormat, detectType } from './file-type.ts';
import { distinctColumns } from './header.ts';
import { inflate, isGzip } from './inflate.ts';
import { JsonLinesReader, jsonColumns } from './json-lines/reader.ts';
import { defaultLimits } from './limits.ts';
import { openParquet, readParquet } from './parquet/reader.ts';
import { temporaryCopy } from './temporary-copy.ts';
import { TextFeed } from './text-feed.ts';
import type { ByteStream, SourceFile } from './byte-stream.ts';
import type { Delimiter } from './csv/dialect.ts';
import type { DecodedStream } from './decode.ts';
import type { Encoding } from './encoding.ts';
import type { ColumnRenaming } from './header.ts';
import type { FileLimits } from './limits.ts';
import type { RowBatch } from './row-batch.ts';

export type FileFormat = 'csv' | 'json_lines' | 'parquet';

export interface OpenOptions {
  signal?: AbortSignal;
  limits?: Partial<FileLimits>;
  /** Believed instead of guessed, where a person has said so. */
  encoding?: Encoding;
  delimiter?: Delimiter;
  /** Columns to expect of a JSON Lines file besides those of its first lines. */
  columns?: readonly string[];
  /** Where a gzipped Parquet file is unpacked; the system's temporary folder unless said. */
  temporaryDirectory?: string;
}

export interface OpenedRows {
  format: FileFormat;
  gzipped: boolean;
  /** As far as known: a file that has been plain ASCII so far is UTF-8. Null for Parquet. */
  encoding: () => Encoding | null;
  /** Null for what is not CSV. */
  delimiter: Delimiter | null;
  /** Distinct and not empty. */
  columns: string[];
  renamings: ColumnRenaming[];
  /** Keys met in a JSON Lines file that are no columns (the first hundred), known at its end. */
  lateColumns: () => string[];
  /** Bytes on disk, against which a batch's `fileBytesRead` is progress. */
  sizeBytes: number;
  /** To be read once. */
  rows: AsyncGenerator<RowBatch>;
  /** Releases the file. To be called always, after the last batch or instead of it. */
  close: () => Promise<void>;
}

/**
 * Opens a CSV, JSON Lines or Parquet file, gzipped or not, by its content and not its name.
 * Throws a Problem `collect.file_*` or `collect.parquet_*` for what cannot be read at all, here
 * or from `rows`; what is wrong with single rows is in the batches' `problems`.
 */
export async function openRows(path: string, options: OpenOptions = {}): Promise<OpenedRows> {
  const limits = { ...defaultLimits, ...options.limits };
  const file = await openFile(path);
  const cleanups = [() => file.handle.close()];
  const close = async () => {
    for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  };
  try {
    const head = await readHead(file, 16);
    const gzipped = isGzip(head);
    const source = gzipped
      ? inflate(fileStream(file, options.signal), limits)
      : fileStream(file, options.signal);
    cleanups.push(async () => void (await source.chunks.return(undefined)));
    const { head: content, stream } = gzipped ? await peekHead(source) : { head, stream: source };
    if (detectType(content) === 'parquet') {
      const copy = gzipped ? await temporaryCopy(stream, options.temporaryDirectory) : null;
      if (copy) cleanups.push(copy.remove);
      return {
        ...(await openParquetRows(copy?.file ?? file, limits, options)),
        gzipped,
        sizeBytes: file.sizeBytes,
        close,
      };
    }
    const text = decode(stream, options.encoding);
    const feed = new TextFeed(text);
    cleanups.push(() => feed.close());
    return {
      ...(await openTextRows(feed, text, limits, options)),
      gzipped,
      sizeBytes: file.sizeBytes,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

type FormatRows = Omit<OpenedRows, 'gzipped' | 'sizeBytes' | 'close'>;

async function openTextRows(
  feed: TextFeed,
  text: DecodedStream,
  limits: FileLimits,
  options: OpenOptions,
): Promise<FormatRows> {
  const start = await feed.peek(16 * 1024);
  const format = detectTextFormat(start.toString('utf8', 0, 16 * 1024));
  if (format === 'json_lines') {
    const columns = await jsonColumns(feed, limits, options.columns ?? []);
    const reader = new JsonLinesReader(feed, text, columns, limits);
    return {
      format,
      encoding: text.encoding,
      delimiter: null,
      columns,
      renamings: [],
      lateColumns: () => [...reader.lateColumns],
      rows: reader.rows(),
    };
  }
  const header = await readHeaderRow(feed, limits, options.delimiter);
  return {
    format,
    encoding: text.encoding,
    delimiter: header.delimiter,
    ...distinctColumns(header.names),
    lateColumns: () => [],
    rows: new CsvReader(feed, text, header, limits).rows(),
  };
}

async function openParquetRows(
  file: SourceFile,
  limits: FileLimits,
  options: OpenOptions,
): Promise<FormatRows> {
  const parquet = await openParquet(file, limits);
  return {
    format: 'parquet',
    encoding: () => null,
    delimiter: null,
    ...distinctColumns(parquet.columns.map((column) => column.name)),
    lateColumns: () => [],
    rows: readParquet(parquet, limits, options.signal),
  };
}

/** The first chunk of a stream, and the stream with it put back. */
async function peekHead(source: ByteStream): Promise<{ head: Buffer; stream: ByteStream }> {
  const first = await source.chunks.next();
  if (first.done) throw fileProblem('file_empty');
  const head: Buffer = first.value;
  async function* chunks(): AsyncGenerator<Buffer> {
    yield head;
    yield* source.chunks;
  }
  return { head, stream: { chunks: chunks(), position: source.position } };
}
