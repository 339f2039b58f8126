import { fileProblem } from '../file-problem.ts';
import { CsvScanner, scan } from './scanner.ts';
import { guessDelimiter, withSentinel } from './dialect.ts';
import type { Delimiter } from './dialect.ts';
import type { FileLimits } from '../limits.ts';
import type { TextFeed } from '../text-feed.ts';

export interface HeaderRow {
  delimiter: Delimiter;
  /** As in the file: may be empty or repeated. */
  names: string[];
  /** Rows consumed: the header and the blank ones before it. */
  rows: number;
}

const sampleBytes = 64 * 1024;

/**
 * Finds the delimiter and takes the header off the feed. Throws `file_too_many_columns`,
 * `file_header_too_long` or `file_quotes_broken`.
 */
export async function readHeaderRow(
  feed: TextFeed,
  limits: FileLimits,
  declared?: Delimiter,
): Promise<HeaderRow> {
  let sample = await feed.peek(sampleBytes);
  const delimiter = declared ?? guessDelimiter(sample.subarray(0, sampleBytes), feed.ended);
  if (!hasLineEnd(sample) && !feed.ended) sample = await feed.peek(limits.rowBytes);
  const scanner = new CsvScanner(delimiter.charCodeAt(0), limits.columns, 1);
  let position = 0;
  for (let rows = 1; ; rows++) {
    const bytes = withSentinel(sample);
    const next = scanner.scanRow(bytes, position, sample.length, 0, feed.ended);
    if (next === scan.failed) throw fileProblem('file_quotes_broken');
    if (next === scan.incomplete || scanner.found > limits.columns) {
      const columns = next === scan.incomplete ? countOf(sample, delimiter) + 1 : scanner.found;
      throw columns > limits.columns
        ? fileProblem('file_too_many_columns', { columns, limit: limits.columns })
        : fileProblem('file_header_too_long', { limitBytes: limits.rowBytes });
    }
    const names = readNames(bytes, scanner);
    position = next;
    if (names.some((name) => name.trim() !== '')) {
      feed.skip(next);
      return { delimiter, names, rows };
    }
    if (next >= sample.length) throw fileProblem('file_empty');
  }
}

/** The scanner is wider than the row, so it has not undoubled quotes. */
const readNames = (bytes: Buffer, { cells, found }: CsvScanner): string[] =>
  Array.from({ length: found }, (_, i) =>
    bytes.toString('utf8', cells[2 * i], cells[2 * i + 1]).replaceAll('""', '"'),
  );

const hasLineEnd = (bytes: Buffer) => bytes.includes(10) || bytes.includes(13);

function countOf(bytes: Buffer, delimiter: Delimiter): number {
  const wanted = delimiter.charCodeAt(0);
  let count = 0;
  for (const byte of bytes) if (byte === wanted) count++;
  return count;
}
