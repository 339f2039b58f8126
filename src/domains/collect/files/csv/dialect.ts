import { CsvScanner, scan } from './scanner.ts';

/** Where the evidence is equal, the one that is rarer within texts comes first. */
const candidates = ['\t', '|', ';', ','] as const;
export type Delimiter = (typeof candidates)[number];

const sampleRows = 50;

/** Bytes of a text with the LF behind them that the scanner needs. */
export function withSentinel(text: Buffer): Buffer {
  const bytes = Buffer.allocUnsafe(text.length + 1);
  text.copy(bytes);
  bytes[text.length] = 10;
  return bytes;
}

/**
 * The delimiter that cuts most rows of the sample into as many cells as the first row, more
 * cells counting for more. A file of one column has none; it is read with commas.
 */
export function guessDelimiter(sample: Buffer, final: boolean): Delimiter {
  let best: Delimiter = ',';
  let bestScore = 0;
  for (const candidate of candidates) {
    const counts = cellCounts(sample, candidate, final);
    const headerCells = counts[0] ?? 1;
    const alike = counts.filter((count) => count === headerCells).length / counts.length;
    const score = alike ** 2 * (1 - 1 / headerCells);
    if (score > bestScore) {
      best = candidate;
      bestScore = score;
    }
  }
  return best;
}

/** Cells of each of the first rows that are not blank. */
function cellCounts(sample: Buffer, delimiter: Delimiter, final: boolean): number[] {
  // Scanning makes one quote of two in place, so each candidate needs its own copy.
  const bytes = withSentinel(sample);
  const scanner = new CsvScanner(delimiter.charCodeAt(0), 1, 1);
  const counts: number[] = [];
  let position = 0;
  while (position < sample.length && counts.length < sampleRows) {
    const next = scanner.scanRow(bytes, position, sample.length, 0, final);
    if (next === scan.incomplete) break;
    if (next === scan.failed) {
      const lineEnd = bytes.indexOf(10, position);
      position = lineEnd + 1;
      counts.push(0);
      continue;
    }
    if (next - position > 2) counts.push(scanner.found);
    position = next;
  }
  return counts;
}
