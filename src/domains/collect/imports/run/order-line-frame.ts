import { factColumns, type OrderColumn, orderColumns } from '../../facts/fact-tables.ts';
import type { FrameRows } from '../../facts/frame.ts';
import { saleKind } from '../../mapping/order-facts.ts';
import type { OrderLines } from '../../mapping/order-lines.ts';
import type { TextColumn } from '../../mapping/mapped-columns.ts';
import type { FoundRepeats } from './repeats.ts';

/** `order_key` is left to the table's default: the same hash, made by the engine from source and order id. */
const columns = factColumns.order_line.filter((column) => column !== 'order_key' && !orderColumns.some((each) => each === column));

/** Bytes of a line without its texts: ids, numbers, times, money, and up to five bytes of length for each of nine texts. */
const fixedBytes = 8 + 8 + 4 + 4 + 8 + 1 + (3 + orderColumns.length) * 8 + 9 * 5;
const wordRange = 4_294_967_296;

/** Lines of one batch of the file, with their customers. */
export interface FrameBatch {
  bytes: Buffer;
  lines: OrderLines;
  /** By row. */
  customerNos: Uint32Array;
  /** Rows that were there before and do not go in; and the ids of lines that have a number of their own. */
  repeats: FoundRepeats | null;
}

/**
 * Collects order lines as RowBinary, copied from the bytes of the file without becoming strings.
 * Used for one frame and thrown away.
 */
export class OrderLineFrame implements Omit<FrameRows, 'add'> {
  readonly table = 'order_line' as const;
  readonly columns: readonly string[];
  rowCount = 0;
  private buffer: Buffer;
  private at = 0;
  private readonly batchNo: number;
  private readonly importId: number;
  private readonly source: Buffer;
  private readonly ofOrder: readonly OrderColumn[];

  constructor(batchNo: number, importId: number, source: string, ofOrder: readonly OrderColumn[], capacity: number) {
    this.batchNo = batchNo;
    this.importId = importId;
    this.source = Buffer.from(source);
    this.ofOrder = ofOrder;
    this.columns = [...columns, ...ofOrder];
    this.buffer = Buffer.allocUnsafeSlow(capacity);
  }

  get byteLength(): number {
    return this.at;
  }

  bytes(): Buffer {
    return this.buffer.subarray(0, this.at);
  }

  /** Adds a batch; `firstFactNo` numbers its facts within the import. */
  add({ bytes, lines, customerNos, repeats }: FrameBatch, firstFactNo: number): void {
    const { facts, text } = lines;
    const factIds = repeats?.factIds ?? null;
    const texts = [lines.standsUnder, text.product_id, text.product_name, text.category, text.brand, text.channel, text.region];
    for (let fact = 0; fact < facts.count; fact++) {
      const row = facts.row[fact];
      if (repeats && repeats.rows[row] === 1) continue;
      this.room(texts, row, text.currency);
      if (factIds) this.int64(Number(factIds[fact] & 0xffff_ffffn), Number(factIds[fact] >> 32n));
      else this.int64(firstFactNo + fact, this.importId);
      this.whole(this.batchNo);
      this.word(this.importId);
      this.word(customerNos[row]);
      this.whole(facts.occurredAt[fact]);
      this.buffer[this.at++] = facts.kind[fact];
      for (const column of texts) this.text(bytes, column, row);
      this.whole(facts.quantity[fact]);
      this.whole(facts.unitPrice[fact]);
      this.whole(facts.amount[fact]);
      this.text(bytes, text.currency, row);
      this.length(this.source.length);
      this.at += this.source.copy(this.buffer, this.at);
      for (const column of this.ofOrder) this.whole(facts.kind[fact] === saleKind ? lines.ofOrder[column]![row] : 0);
      this.rowCount++;
    }
  }

  private text(bytes: Buffer, column: TextColumn | undefined, row: number): void {
    if (!column) {
      this.buffer[this.at++] = 0;
      return;
    }
    const start = column.starts[row];
    const end = column.ends[row];
    this.length(end - start);
    const { buffer } = this;
    let { at } = this;
    for (let from = start; from < end; from++) buffer[at++] = bytes[from];
    this.at = at;
  }

  private length(value: number): void {
    let rest = value;
    while (rest >= 128) {
      this.buffer[this.at++] = (rest & 127) | 128;
      rest >>>= 7;
    }
    this.buffer[this.at++] = rest;
  }

  private whole(value: number): void {
    const high = Math.floor(value / wordRange);
    this.int64(value - high * wordRange, high);
  }

  private int64(low: number, high: number): void {
    this.word(low);
    this.word(high);
  }

  private word(value: number): void {
    const { buffer, at } = this;
    buffer[at] = value;
    buffer[at + 1] = value >>> 8;
    buffer[at + 2] = value >>> 16;
    buffer[at + 3] = value >>> 24;
    this.at = at + 4;
  }

  private room(texts: readonly (TextColumn | undefined)[], row: number, currency: TextColumn | undefined): void {
    let needed = fixedBytes + this.source.length + (currency ? currency.ends[row] - currency.starts[row] : 0);
    for (const column of texts) if (column) needed += column.ends[row] - column.starts[row];
    if (this.at + needed <= this.buffer.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(2 * this.buffer.length, this.at + needed));
    this.buffer.copy(larger, 0, 0, this.at);
    this.buffer = larger;
  }
}
