import { isUtf8 } from 'node:buffer';
import { failure } from '../../values/failure.ts';
import { BatchBuilder } from '../batch-builder.ts';
import { fileProblem } from '../file-problem.ts';
import { flatten, parseLine } from './flatten.ts';
import type { DecodedStream } from '../decode.ts';
import type { FileLimits } from '../limits.ts';
import type { RowBatch } from '../row-batch.ts';
import type { TextFeed } from '../text-feed.ts';

const sampleLines = 1000;

/**
 * The columns of a JSON Lines file: the union of the keys of its first lines, in order of
 * appearance, and then those the caller wants anyway (of a mapping made from another file).
 */
export async function jsonColumns(
  feed: TextFeed,
  limits: FileLimits,
  wanted: readonly string[],
): Promise<string[]> {
  const sample = await feed.peek(limits.rowBytes);
  const columns = new Set<string>();
  let from = 0;
  for (let n = 0; n < sampleLines && from < sample.length; n++) {
    const end = lineEnd(sample, from, feed.ended);
    if (end < 0) break;
    for (const path of pathsOf(sample.toString('utf8', from, end))) columns.add(path);
    if (columns.size > limits.columns) {
      throw fileProblem('file_too_many_columns', { columns: columns.size, limit: limits.columns });
    }
    from = end + 1;
  }
  for (const column of wanted) columns.add(column);
  return [...columns];
}

/** Reads one object a line. Keys that are no columns are noted in `lateColumns`, of which it keeps the first hundred. */
export class JsonLinesReader {
  readonly lateColumns = new Set<string>();
  private readonly feed: TextFeed;
  private readonly stream: DecodedStream;
  private readonly limits: FileLimits;
  private readonly indexOf: Map<string, number>;
  private readonly builder: BatchBuilder;
  private readonly blank: string[];
  private lineNumber = 0;

  constructor(feed: TextFeed, stream: DecodedStream, columns: readonly string[], limits: FileLimits) {
    this.feed = feed;
    this.stream = stream;
    this.limits = limits;
    this.indexOf = new Map(columns.map((column, index) => [column, index]));
    this.blank = columns.map(() => '');
    this.builder = new BatchBuilder(columns.length, limits);
  }

  async *rows(): AsyncGenerator<RowBatch> {
    const { builder, feed, limits } = this;
    const block = Buffer.allocUnsafeSlow(2 * limits.rowBytes);
    let end = 0;
    let skipping = false;
    while (!feed.exhausted || end > 0) {
      end = await feed.fill(block, end, block.length);
      let from = 0;
      for (;;) {
        const until = lineEnd(block.subarray(0, end), from, feed.exhausted);
        if (until < 0 || from >= end) break;
        if (!skipping) this.addLine(block.subarray(from, until));
        skipping = false;
        from = until + 1;
        if (builder.full) yield builder.take(this.stream.position());
      }
      from = Math.min(from, end);
      if (from === 0 && end > 0) {
        if (!skipping) this.addLine(block.subarray(0, end));
        skipping = true;
        from = end;
      }
      block.copyWithin(0, from, end);
      end -= from;
    }
    if (!builder.empty) yield builder.take(this.stream.position());
  }

  private addLine(bytes: Buffer): void {
    const { builder, indexOf, lateColumns } = this;
    const rowNumber = ++this.lineNumber;
    const line = bytes.toString('utf8', 0, Math.min(bytes.length, this.limits.rowBytes));
    if (bytes.length > this.limits.rowBytes) return builder.addProblem(rowNumber, failure.row_too_long, line);
    const sound = this.stream.converted() ? !line.includes('\ufffd') : isUtf8(bytes);
    if (!sound) return builder.addProblem(rowNumber, failure.bad_encoding, line);
    if (line.trim() === '') return;
    const values = this.blank.slice();
    try {
      const value = parseLine(line);
      if (!isObject(value)) return builder.addProblem(rowNumber, failure.not_an_object, line);
      flatten(value, (path, text) => {
        const index = indexOf.get(path);
        if (index !== undefined) values[index] = text;
        else if (lateColumns.size < 100) lateColumns.add(path);
      });
    } catch {
      // No JSON, or nested too deeply for anything to walk through it.
      return builder.addProblem(rowNumber, failure.bad_json, line);
    }
    builder.addRow(rowNumber, values);
  }
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The paths of a line's values; none where it is no object that can be walked through. */
function pathsOf(line: string): string[] {
  const paths: string[] = [];
  try {
    const value = parseLine(line);
    if (isObject(value)) flatten(value, (path) => paths.push(path));
    return paths;
  } catch {
    return [];
  }
}

/** Where the line ends (its LF, or the end of a text that has no more to come), or -1. */
function lineEnd(bytes: Buffer, from: number, final: boolean): number {
  const at = bytes.indexOf(10, from);
  return at < 0 && final ? bytes.length : at;
}
