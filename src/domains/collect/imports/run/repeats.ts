import { hash } from 'node:crypto';
import { KeyTable, createByteHash, newKey } from '../../../customers/public.ts';
import type { ClickHouse } from '../../../../platform/clickhouse/client.ts';
import { knownFactIds } from '../analytics/known-fact-ids.ts';
import { rowTexts, type RowBatch } from '../../files/row-batch.ts';
import type { Mapping } from '../../mapping/mapping.ts';
import type { OrderLines } from '../../mapping/order-lines.ts';

/** What of a batch was there before. */
export interface FoundRepeats {
  /** By row: 1 for a repeat. */
  rows: Uint8Array;
  /** By fact, where lines are numbered: the same line has the same id in every import. */
  factIds: BigUint64Array | null;
}

/** Tells rows that were there before from new ones, where the mapping says that repeats are skipped. */
export interface Repeats {
  find(batch: RowBatch, lines: OrderLines): Promise<FoundRepeats>;
}

/** Null where the mapping keeps repeats. Memory: 20 bytes a row of the file. */
export function openRepeats(clickhouse: ClickHouse, mapping: Mapping): Repeats | null {
  if (mapping.duplicates === 'keep') return null;
  const numbered = mapping.columns.some(({ field }) => field === 'line_id');
  return numbered ? numberedLines(clickhouse, mapping.source) : equalRows();
}

/** Lines with a number of their own: the same source, order, line and kind is the same line, in this file and in earlier ones. */
function numberedLines(clickhouse: ClickHouse, source: string): Repeats {
  const met = new KeyTable();
  const key = newKey();
  return {
    async find(batch, lines) {
      const factIds = idsOf(batch, lines, source);
      const known = await knownFactIds(clickhouse, source, factIds, lines.facts);
      const rows = new Uint8Array(batch.rowCount);
      for (let fact = 0; fact < lines.facts.count; fact++) {
        key[0] = Number(factIds[fact] & 0xffff_ffffn);
        key[1] = Number(factIds[fact] >> 32n);
        if (met.get(key) !== 0 || known.has(factIds[fact])) rows[lines.facts.row[fact]] = 1;
        else met.set(key, 1);
      }
      return { rows, factIds };
    },
  };
}

function idsOf({ bytes }: RowBatch, { facts, text }: OrderLines, source: string): BigUint64Array {
  const ids = new BigUint64Array(facts.count);
  const { order_id: order, line_id: line } = text;
  for (let fact = 0; fact < facts.count; fact++) {
    const row = facts.row[fact];
    const orderId = bytes.toString('utf8', order.starts[row], order.ends[row]);
    const lineId = line ? bytes.toString('utf8', line.starts[row], line.ends[row]) : '';
    const digest = hash('sha256', `${source}\0${orderId}\0${lineId}\0${facts.kind[fact]}`, 'buffer');
    ids[fact] = digest.readBigUInt64LE(0);
  }
  return ids;
}

/** Lines without a number: a row that says the same in every cell as an earlier row of this file. */
function equalRows(): Repeats {
  const met = new KeyTable();
  const hashBytes = createByteHash();
  const key = newKey();
  return {
    async find(batch) {
      const rows = new Uint8Array(batch.rowCount);
      for (let row = 0; row < batch.rowCount; row++) {
        const text = Buffer.from(rowTexts(batch, row).join('\0'));
        hashBytes(text, 0, text.length, 0, key);
        if (met.get(key) !== 0) rows[row] = 1;
        else met.set(key, 1);
      }
      return { rows, factIds: null };
    },
  };
}
