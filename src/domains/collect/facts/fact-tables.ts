/** The fact tables: what they are called, which columns a frame carries, in the order of its bytes. */
export const factTables = ['event', 'order_line'] as const;
export type FactTable = (typeof factTables)[number];

export const factColumns: Record<FactTable, readonly string[]> = {
  event: ['event_id', 'batch_no', 'import_id', 'customer_no', 'occurred_at', 'received_at', 'kind', 'name', 'properties',
    'channel', 'source'],
  order_line: ['fact_id', 'batch_no', 'import_id', 'customer_no', 'occurred_at', 'kind', 'order_key', 'order_id', 'product_id',
    'product_name', 'category', 'brand', 'channel', 'region', 'quantity', 'unit_price', 'amount', 'currency', 'source'],
};

/** Rows by table, as the register keeps them. */
export type RowCounts = Partial<Record<FactTable, number>>;
