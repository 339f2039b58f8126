import { hash } from 'node:crypto';
import { factColumns, type OrderColumn, orderColumns } from './fact-tables.ts';
import type { FrameRows } from './frame.ts';
import { RowBinaryWriter } from './row-binary.ts';

/** The numbers of the column `order_line.kind`. */
export const orderLineKinds = { sale: 1, refund: 2 } as const;
export type OrderLineKind = keyof typeof orderLineKinds;

/** A line of an order, or of what came back of it. Quantities and money in ten-thousandths; those of a refund are negative. */
export interface OrderLineFact {
  factId: bigint;
  /** 0 when it belongs to nobody. */
  customerNo: number;
  occurredAtMs: number;
  kind: OrderLineKind;
  orderKey: bigint;
  orderId: string;
  productId: string;
  productName: string;
  category: string;
  brand: string;
  channel: string;
  region: string;
  quantity: bigint;
  unitPrice: bigint;
  amount: bigint;
  currency: string;
  source: string;
  /** What it says of its order beside the goods; none where nothing is said. */
  ofOrder?: Partial<Record<OrderColumn, bigint>>;
}

/** The key lines of one order share: the same id from another place is another order. 64 bits of SHA-256. */
export const orderKey = (place: string, orderId: string): bigint =>
  hash('sha256', `${place}\0${orderId}`, 'buffer').readBigUInt64LE(0);

/** Collects order lines of one batch as the bytes of a frame. `importId` is 0 for what came from a tracker. */
export function orderLineRows(batchNo: number, importId = 0): FrameRows<OrderLineFact> {
  const out = new RowBinaryWriter();
  let rowCount = 0;
  return {
    table: 'order_line',
    columns: factColumns.order_line,
    get rowCount() {
      return rowCount;
    },
    get byteLength() {
      return out.length;
    },
    bytes: () => out.bytes(),
    add(line) {
      out.bigInt64(line.factId);
      out.int64(batchNo);
      out.uint32(importId);
      out.uint32(line.customerNo);
      out.int64(line.occurredAtMs);
      out.uint8(orderLineKinds[line.kind]);
      out.bigInt64(line.orderKey);
      out.string(line.orderId);
      out.string(line.productId);
      out.string(line.productName);
      out.string(line.category);
      out.string(line.brand);
      out.string(line.channel);
      out.string(line.region);
      out.bigInt64(line.quantity);
      out.bigInt64(line.unitPrice);
      out.bigInt64(line.amount);
      out.string(line.currency);
      out.string(line.source);
      for (const column of orderColumns) out.bigInt64(line.ofOrder?.[column] ?? 0n);
      rowCount++;
    },
  };
}
