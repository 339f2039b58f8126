import { setImmediate as nextTurn } from 'node:timers/promises';
import { normaliseIdentifier, type IdentifierKind } from '../../../customers/contract.ts';

/** What a file says, before anybody is looked for. */
export interface ReadIdentifiers {
  /** Lines that hold something. */
  lines: number;
  /** Normalised, each once. */
  values: string[];
  /** Lines that cannot be of the kind, a heading among them. */
  refused: number;
  /** Lines that say what an earlier one did. */
  repeated: number;
}

/** The first cell of a line, whatever parts it from the others, without its quotes. */
const firstCell = /^\s*(?:"([^"]*)"|([^,;\t]*))/;
/** Lines between two pauses, in which others are served. */
const linesATurn = 5_000;
const customerNumber = /^#?(\d{1,9})$/;

/** The identifiers of a file with one on each line, in the first column of a CSV file or alone. Of a file of more than `mostLines` it reads one line more. */
export async function readIdentifiers(text: string, kind: IdentifierKind | 'customer_no', mostLines = Infinity): Promise<ReadIdentifiers> {
  const values = new Set<string>();
  let [lines, refused] = [0, 0];
  for (const [line] of text.replace(/^\uFEFF/, '').matchAll(/[^\r\n]+/g)) {
    if (lines > mostLines) break;
    const [, quoted, plain = ''] = firstCell.exec(line) ?? [];
    const cell = (quoted ?? plain).trim();
    if (cell === '') continue;
    if (++lines % linesATurn === 0) await nextTurn();
    const value = normalised(cell, kind);
    if (value === null) refused++;
    else values.add(value);
  }
  return { lines, values: [...values], refused, repeated: lines - refused - values.size };
}

function normalised(cell: string, kind: IdentifierKind | 'customer_no'): string | null {
  if (kind === 'customer_no') return customerNumber.exec(cell)?.[1].replace(/^0+(?=\d)/, '') ?? null;
  const normal = normaliseIdentifier(kind, cell);
  return 'text' in normal ? normal.text : null;
}
