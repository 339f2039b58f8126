import type pg from 'pg';

/** What of a line of an order is not given back, in ten-thousandths as text. */
export interface OpenLine {
  productId: string;
  name: string;
  category: string;
  brand: string;
  quantity: string;
  unitPrice: string;
  amount: string;
}

/** The open lines of the orders with these keys that events have told of, for this transaction alone. */
export async function readOrders(client: pg.PoolClient, keys: bigint[]): Promise<Map<bigint, OpenLine[]>> {
  if (keys.length === 0) return new Map();
  const { rows } = await client.query<{ order_key: string; lines: OpenLine[] }>(
    'select order_key::text, lines from tracked_order where order_key = any($1::bigint[])', [keys.map(signed)]);
  return new Map(rows.map((row) => [BigInt.asUintN(64, BigInt(row.order_key)), row.lines]));
}

/** Keeps what is open of these orders now. */
export async function writeOrders(client: pg.PoolClient, orders: ReadonlyMap<bigint, OpenLine[]>): Promise<void> {
  if (orders.size === 0) return;
  await client.query(`insert into tracked_order (order_key, lines) select * from unnest($1::bigint[], $2::jsonb[])
    on conflict (order_key) do update set lines = excluded.lines`,
  [[...orders.keys()].map(signed), [...orders.values()].map((lines) => JSON.stringify(lines))]);
}

/** PostgreSQL has no unsigned numbers: the same 64 bits with a sign. */
const signed = (key: bigint): string => BigInt.asIntN(64, key).toString();
