/** The fact tables: what they are called, which columns a frame carries, in the order of its bytes. */
export const factTables = ['event', 'order_line'] as const;
export type FactTable = (typeof factTables)[number];

/** What of an order's money is not goods, or was not paid with money; frames from before these columns go without. */
export const paymentColumns = ['tax', 'freight', 'coupon_paid', 'points_paid', 'gift_card_paid'] as const;
export type PaymentColumn = (typeof paymentColumns)[number];

/** What a line says of its whole order: its payment, and how many milliseconds before the sale it was placed. Numbers of 64 bits. */
export const orderColumns = [...paymentColumns, 'placed_before'] as const;
export type OrderColumn = (typeof orderColumns)[number];

export const factColumns: Record<FactTable, readonly string[]> = {
  event: ['event_id', 'batch_no', 'import_id', 'customer_no', 'occurred_at', 'received_at', 'kind', 'name', 'properties',
    'channel', 'source'],
  order_line: ['fact_id', 'batch_no', 'import_id', 'customer_no', 'occurred_at', 'kind', 'order_key', 'order_id', 'product_id',
    'product_name', 'category', 'brand', 'channel', 'region', 'quantity', 'unit_price', 'amount', 'currency', 'source', ...orderColumns],
};

/** Rows by table, as the register keeps them. */
export type RowCounts = Partial<Record<FactTable, number>>;
