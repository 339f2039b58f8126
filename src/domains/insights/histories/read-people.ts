import type { NativeBlock } from '../../../platform/clickhouse/native-blocks.ts';

/** A column of rows: bytes, whole numbers, or two halves (low, high) a row of what has 64 bits. */
export type Column = Uint8Array | Uint32Array;
export type ColumnWidth = 1 | 4 | 8;

/** Called with the rows of one person: those from `from` up to, and without, `until` of the columns. */
export type VisitPerson = (no: number, columns: readonly Column[], from: number, until: number) => void;

export interface PeopleRows {
  /** Rows in the order of customer numbers, the first column. */
  blocks: AsyncIterable<NativeBlock>;
  /** Of the columns after the number. */
  widths: readonly ColumnWidth[];
  /** Under which number those count who are part of a merge, the survivors too. */
  merged: ReadonlyMap<number, number>;
  /** The column of milliseconds by which a person's rows follow one another, where that matters. */
  orderedBy?: number;
}

const perRow = (width: ColumnWidth): number => (width === 8 ? 2 : 1);
const typed = (bytes: Uint8Array<ArrayBuffer>, width: ColumnWidth): Column => (width === 1 ? bytes : new Uint32Array(bytes.buffer));

/** Milliseconds, or another signed whole number up to 2^53, out of a column of 64 bits. */
export const wholeAt = (column: Column, row: number): number => (column[2 * row + 1] | 0) * 4_294_967_296 + column[2 * row];

/**
 * Goes through everybody's rows, one person after the other, each once, however their rows fall into blocks. Whoever is part
 * of a merge comes last, with the rows of all their numbers.
 */
export async function eachPerson({ blocks, widths, merged, orderedBy }: PeopleRows, visit: VisitPerson): Promise<void> {
  const heldAside = new Map<number, Column[][]>();
  const cut = (columns: readonly Column[], from: number, until: number): Column[] =>
    columns.map((column, i) => column.slice(from * perRow(widths[i]), until * perRow(widths[i])));
  const meet = (no: number, columns: readonly Column[], from: number, until: number): void => {
    const root = merged.get(no);
    if (root === undefined) return visit(no, columns, from, until);
    heldAside.set(root, [...(heldAside.get(root) ?? []), cut(columns, from, until)]);
  };
  /** The last person of a block, whose rows may go on in the next. */
  let open: { no: number; parts: Column[][] } | null = null;
  const close = (): void => {
    if (!open) return;
    const columns = joined(open.parts);
    meet(open.no, columns, 0, rowsOf(columns, widths));
    open = null;
  };
  for await (const block of blocks) {
    const numbers = new Uint32Array(block.columns[0].buffer);
    const columns = widths.map((width, i) => typed(block.columns[i + 1], width));
    let from = 0;
    while (from < numbers.length) {
      const no = numbers[from];
      let until = from + 1;
      while (until < numbers.length && numbers[until] === no) until++;
      if (open && open.no !== no) close();
      if (open) open.parts.push(cut(columns, from, until));
      else if (until === numbers.length) open = { no, parts: [cut(columns, from, until)] };
      else meet(no, columns, from, until);
      from = until;
    }
  }
  close();
  for (const [root, parts] of heldAside) {
    const columns = orderedBy === undefined ? joined(parts) : inOrder(joined(parts), widths, orderedBy);
    visit(root, columns, 0, rowsOf(columns, widths));
  }
}

const rowsOf = (columns: readonly Column[], widths: readonly ColumnWidth[]): number => columns[0].length / perRow(widths[0]);

function joined(parts: readonly Column[][]): Column[] {
  if (parts.length === 1) return parts[0];
  return parts[0].map((first, i) => {
    const length = parts.reduce((sum, part) => sum + part[i].length, 0);
    const column = first instanceof Uint8Array ? new Uint8Array(length) : new Uint32Array(length);
    let at = 0;
    for (const part of parts) {
      column.set(part[i], at);
      at += part[i].length;
    }
    return column;
  });
}

/** The same rows, earlier ones first; what is of the same moment stays as it was. */
function inOrder(columns: readonly Column[], widths: readonly ColumnWidth[], orderedBy: number): Column[] {
  const times = Array.from({ length: rowsOf(columns, widths) }, (_, row) => wholeAt(columns[orderedBy], row));
  const order = times.map((_, row) => row).sort((a, b) => times[a] - times[b]);
  return columns.map((column, i) => {
    const width = perRow(widths[i]);
    const sorted = column.slice();
    order.forEach((row, at) => sorted.set(column.subarray(row * width, (row + 1) * width), at * width));
    return sorted;
  });
}
