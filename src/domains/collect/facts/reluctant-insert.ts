import { zstdCompressSync } from 'node:zlib';
import type { ClickHouse } from '../../../platform/clickhouse/client.ts';
import { type Frame, frameRows } from './frame.ts';
import { insertRows } from './insert-rows.ts';

/** Codes by which ClickHouse says that a value cannot be read, as against being unwell itself. */
const refusals = new Set(['6', '25', '26', '27', '41', '53', '69', '72', '117', '130', '131', '306']);

/** True where ClickHouse refused what it was given; trying the same again is of no use. */
export const isRefusal = (error: unknown): boolean => refusals.has(String((error as { code?: unknown }).code));

/**
 * Puts a frame of events in although ClickHouse refuses something in it: halves it until the rows at fault stand
 * alone, and puts those in without their properties. What they were stays in the fact log.
 * Returns how many rows that were.
 */
export async function insertReluctantly(clickhouse: ClickHouse, frame: Frame): Promise<number> {
  const rows = eventRowsOf(frameRows(frame));
  const insert = (some: EventRow[], whole: boolean): Promise<void> =>
    insertRows(clickhouse, frame.table, frame.columns, zstdCompressSync(Buffer.concat(some.flatMap(whole ? wholeRow : bareRow))));
  const insertSome = async (some: EventRow[]): Promise<number> => {
    try {
      await insert(some, true);
      return 0;
    } catch (error) {
      if (!isRefusal(error)) throw error;
    }
    if (some.length === 1) {
      await insert(some, false);
      return 1;
    }
    const middle = some.length >> 1;
    return await insertSome(some.slice(0, middle)) + await insertSome(some.slice(middle));
  };
  return insertSome(rows);
}

interface EventRow {
  before: Buffer;
  properties: Buffer;
  after: Buffer;
}

const emptyObject = Buffer.from('\x02{}', 'latin1');
const wholeRow = (row: EventRow): Buffer[] => [row.before, row.properties, row.after];
const bareRow = (row: EventRow): Buffer[] => [row.before, emptyObject, row.after];

/** event_id, batch_no, import_id, customer_no, occurred_at, received_at, kind: of fixed size, before the name. */
const fixedBytes = 16 + 8 + 4 + 4 + 8 + 8 + 1;

function eventRowsOf(bytes: Buffer): EventRow[] {
  const rows: EventRow[] = [];
  for (let start = 0; start < bytes.length;) {
    const properties = afterString(bytes, start + fixedBytes);
    const rest = afterString(bytes, properties);
    const end = afterString(bytes, afterString(bytes, rest));
    rows.push({ before: bytes.subarray(start, properties), properties: bytes.subarray(properties, rest), after: bytes.subarray(rest, end) });
    start = end;
  }
  return rows;
}

function afterString(bytes: Buffer, at: number): number {
  let length = 0;
  let shift = 0;
  for (let next = at; ; next++) {
    length |= (bytes[next] & 127) << shift;
    if (bytes[next] < 128) return next + 1 + length;
    shift += 7;
  }
}
