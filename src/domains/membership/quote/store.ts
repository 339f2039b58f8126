import type pg from 'pg';
import { exact } from './read-cart.ts';
import type { Agreed, Quantities, Returned } from './rules/returns.ts';
import { formatDecimal } from '../../../kernel/decimal.ts';

export type QuoteState = 'quoted' | 'held' | 'committed' | 'cancelled';

/** A quote as it is kept: what was answered, and the order that was placed by it. */
export interface StoredQuote {
  quoteId: string;
  customerNo: number | null;
  currency: string;
  /** Ten-thousandths of the currency's smallest unit. */
  unit: bigint;
  pay: string;
  agreed: Agreed;
  points: number;
  placedAt: Date;
  validUntil: Date;
  /** It has lines that may not be bought by who asked. */
  isReserved: boolean;
  orderKey: string | null;
  state: QuoteState;
  payUntil: Date | null;
  /** When the ledger had done what was decided. */
  doneAt: Date | null;
}

interface Row extends Omit<StoredQuote, 'agreed' | 'unit'> {
  unit: string;
  agreed: { lines: { key: string; quantity: string; pay: string; points: number }[]; extras: { pay: string; points: number } };
}

const columns = `quote_id as "quoteId", customer_no as "customerNo", answer ->> 'currency' as currency, agreed ->> 'unit' as unit, answer -> 'total' ->> 'pay' as pay, agreed,
  (answer -> 'points' ->> 'used')::int as points, placed_at as "placedAt", valid_until as "validUntil", answer -> 'reserved' <> '[]' as "isReserved", order_key as "orderKey", state, pay_until as "payUntil", done_at as "doneAt"`;

const stored = ({ agreed: { lines, extras }, unit, ...row }: Row): StoredQuote => ({
  ...row, unit: BigInt(unit),
  agreed: {
    lines: lines.map(({ key, quantity, pay, points }) => ({ key, quantity: BigInt(quantity), pay: BigInt(pay), points })),
    extras: { pay: BigInt(extras.pay), points: extras.points },
  },
});

/** Keeps a quote for as long as it is valid, and an order placed by it for ever. */
export async function insertQuote(pool: pg.Pool, quoteId: string, answer: { customerNo: number | null; placedAt: string; madeAt: string; validUntil: string }, agreed: Agreed, unit: bigint): Promise<void> {
  const text = JSON.stringify({ ...agreed, unit }, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
  await pool.query('insert into quote (quote_id, customer_no, answer, agreed, placed_at, made_at, valid_until) values ($1, $2, $3, $4, $5, $6, $7)',
    [quoteId, answer.customerNo, JSON.stringify(answer), text, answer.placedAt, answer.madeAt, answer.validUntil]);
}

export async function findQuote(client: pg.Pool | pg.PoolClient, by: { quoteId: string } | { orderKey: string }, lock = false): Promise<StoredQuote | undefined> {
  const [column, value] = 'quoteId' in by ? ['quote_id', by.quoteId] : ['order_key', by.orderKey];
  const { rows } = await client.query<Row>(`select ${columns} from quote where ${column} = $1${lock ? ' for update' : ''}`, [value]);
  return rows[0] && stored(rows[0]);
}

/** Places an order by a quote that is still valid and not yet used. False where another was quicker, or the order's key is taken. */
export async function claimQuote(pool: pg.Pool, quoteId: string, orderKey: string, payUntil: Date, now: Date): Promise<boolean> {
  const { rowCount } = await pool.query(
    `update quote set state = 'held', order_key = $2, pay_until = $3, decided_at = $4, done_at = null
      where quote_id = $1 and state = 'quoted' and valid_until > $4 and answer -> 'reserved' = '[]' and not exists (select from quote where order_key = $2)`, [quoteId, orderKey, payUntil, now]).catch(ofTakenKey);
  return rowCount === 1;
}

/** Two orders of one key at the same moment: the constraint tells the second. */
function ofTakenKey(error: unknown): { rowCount: number } {
  if ((error as { code?: string }).code === '23505') return { rowCount: 0 };
  throw error;
}

/** Takes the placing of an order back, whose points are not there any more. */
export const unclaimQuote = async (pool: pg.Pool, quoteId: string): Promise<void> =>
  void (await pool.query("update quote set state = 'quoted', order_key = null, pay_until = null, decided_at = null where quote_id = $1 and state = 'held'", [quoteId]));

/** Decides what becomes of an order that is held, once. False where it was decided otherwise. */
export async function decideOrder(pool: pg.Pool, orderKey: string, state: 'committed' | 'cancelled', now: Date): Promise<boolean> {
  const { rowCount } = await pool.query(
    `update quote set state = $2, decided_at = $3, done_at = null where order_key = $1 and state = 'held' and ($2 = 'cancelled' or pay_until > $3)`, [orderKey, state, now]);
  return rowCount === 1;
}

/** The ledger has done what was decided, unless it was decided anew meanwhile. */
export const markDone = async (pool: pg.Pool, { quoteId, state }: StoredQuote, now: Date): Promise<void> =>
  void (await pool.query('update quote set done_at = $3 where quote_id = $1 and state = $2', [quoteId, state, now]));

export interface StoredReturn extends Returned {
  returnNo: number;
  key: string;
  hash: Buffer;
  quantities: Quantities;
}

/** What came back of an order so far, the first first. */
export async function readReturns(client: pg.Pool | pg.PoolClient, { quoteId, unit }: StoredQuote): Promise<StoredReturn[]> {
  const { rows } = await client.query<{ returnNo: number; key: string; hash: Buffer; quantities: Record<string, string>; money: string; points: number }>(
    `select return_no as "returnNo", return_key as key, input_hash as hash, quantities, money::text, points from quote_return where quote_id = $1 order by return_no`, [quoteId]);
  return rows.map(({ quantities, money, ...row }) => ({ ...row, money: exact(money) / unit, quantities: new Map(Object.entries(quantities).map(([line, quantity]) => [line, exact(quantity)])) }));
}

export async function insertReturn(client: pg.PoolClient, { quoteId, unit }: StoredQuote, { key, hash, quantities, money, points }: Omit<StoredReturn, 'returnNo'>, now: Date): Promise<void> {
  const text = Object.fromEntries([...quantities].map(([line, quantity]) => [line, formatDecimal(quantity)]));
  await client.query('insert into quote_return (quote_id, return_key, input_hash, quantities, money, points, recorded_at) values ($1, $2, $3, $4, $5, $6, $7)',
    [quoteId, key, hash, JSON.stringify(text), formatDecimal(money * unit), points, now]);
}

export const markReturned = async (pool: pg.Pool, quoteId: string, key: string, now: Date): Promise<void> =>
  void (await pool.query('update quote_return set done_at = $3 where quote_id = $1 and return_key = $2', [quoteId, key, now]));
