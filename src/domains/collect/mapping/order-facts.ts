/** The facts that a batch of order lines holds; a row gives none, one, or a sale and a refund. */
export interface OrderFacts {
  count: number;
  /** The row of the batch each fact comes from: the index into text columns and row numbers. */
  row: Int32Array;
  /** As in `order_line.kind`: 1 sale, 2 refund. */
  kind: Uint8Array;
  /** Epoch milliseconds. */
  occurredAt: Float64Array;
  /** Ten-thousandths, all of them; quantity and amount are negative for refunds. */
  quantity: Float64Array;
  unitPrice: Float64Array;
  amount: Float64Array;
  /** 1 where the file has no price, so that an amount of 0 says nothing. */
  amountUnknown: Uint8Array;
}

export const saleKind = 1;
export const refundKind = 2;

/** Room for so many facts. */
export const emptyFacts = (capacity: number): OrderFacts => ({
  count: 0,
  row: new Int32Array(capacity),
  kind: new Uint8Array(capacity),
  occurredAt: new Float64Array(capacity),
  quantity: new Float64Array(capacity),
  unitPrice: new Float64Array(capacity),
  amount: new Float64Array(capacity),
  amountUnknown: new Uint8Array(capacity),
});

/** Adds a fact whose amount is known. */
export function addFact(
  facts: OrderFacts,
  row: number,
  kind: number,
  occurredAt: number,
  quantity: number,
  unitPrice: number,
  amount: number,
): void {
  const at = facts.count++;
  facts.row[at] = row;
  facts.kind[at] = kind;
  facts.occurredAt[at] = occurredAt;
  facts.quantity[at] = quantity;
  facts.unitPrice[at] = unitPrice;
  facts.amount[at] = amount;
}
