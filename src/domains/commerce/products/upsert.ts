import type pg from 'pg';
import { formatDecimal } from '../../../kernel/decimal.ts';
import type { productStatuses } from '../contract.ts';

/** What an order, an event or a file says of a product. What it does not say stays as it was. */
export interface ProductStatement {
  productId: string;
  name?: string | null;
  category?: string | null;
  brand?: string | null;
  /** Ten-thousandths. */
  listPrice?: bigint | null;
  status?: (typeof productStatuses)[number] | null;
  /** When it was said. */
  at: Date;
}

/** As many products as one statement takes. */
const chunkSize = 5_000;

/**
 * Takes what is said of products into the catalogue, in a few SQL statements for any number of them.
 * The newest wins, in whatever order they come; an older one only adds what the newer ones do not
 * say. Of two of the same moment the later in the list is the newer. Times count to the hour for a
 * product that is said to be as it was. Statements without an id are left out. What order lines of an
 * import alone say is kept under its number.
 */
export async function upsertProducts(client: pg.Pool | pg.PoolClient, statements: readonly ProductStatement[], importId: number | null = null): Promise<void> {
  const products = newestOfEach(statements);
  for (let at = 0; at < products.length; at += chunkSize) await write(client, products.slice(at, at + chunkSize), importId);
}

/** One statement a product, sorted by id, so that two transactions lock the same rows in the same order. */
function newestOfEach(statements: readonly ProductStatement[]): ProductStatement[] {
  const byId = new Map<string, ProductStatement>();
  for (const statement of statements) {
    if (statement.productId === '') continue;
    const other = byId.get(statement.productId);
    byId.set(statement.productId, other ? combined(other, statement) : statement);
  }
  return [...byId.values()].sort((a, b) => (a.productId < b.productId ? -1 : 1));
}

function combined(one: ProductStatement, another: ProductStatement): ProductStatement {
  const [older, newer] = one.at > another.at ? [another, one] : [one, another];
  return {
    productId: newer.productId,
    name: newer.name || older.name,
    category: newer.category || older.category,
    brand: newer.brand || older.brand,
    listPrice: newer.listPrice ?? older.listPrice,
    status: newer.status ?? older.status,
    at: newer.at,
  };
}

/** The newer statement's value; the older one's where the newer does not say. */
const newest = (column: string): string => `case when excluded.described_at >= known.described_at
  then coalesce(excluded.${column}, known.${column}) else coalesce(known.${column}, excluded.${column}) end`;

const described = ['name', 'category', 'brand', 'list_price', 'status'];

// Every order says its products again: a row is written only when that changes something, or hourly.
const upsert = `insert into product as known (product_id, name, category, brand, list_price, status, described_at, import_id)
  select said.product_id, nullif(said.name, ''), nullif(said.category, ''), nullif(said.brand, ''), said.list_price,
    coalesce(said.status, before.status, 'active'), said.at, $8
  from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::numeric[], $6::text[], $7::timestamptz[])
    as said (product_id, name, category, brand, list_price, status, at)
  left join product before using (product_id)
  on conflict (product_id) do update set
    ${described.map((column) => `${column} = ${newest(column)}`).join(',\n    ')},
    described_at = greatest(known.described_at, excluded.described_at),
    import_id = case when known.import_id = excluded.import_id then known.import_id end
  where (${described.map((column) => `known.${column}`).join(', ')}) is distinct from (${described.map(newest).join(', ')})
    or excluded.described_at > known.described_at + interval '1 hour'
    or known.import_id <> coalesce(excluded.import_id, 0)`;

const write = (client: pg.Pool | pg.PoolClient, products: ProductStatement[], importId: number | null) =>
  client.query(upsert, [
    products.map((p) => p.productId),
    products.map((p) => p.name ?? null),
    products.map((p) => p.category ?? null),
    products.map((p) => p.brand ?? null),
    products.map((p) => (p.listPrice === undefined || p.listPrice === null ? null : formatDecimal(p.listPrice))),
    products.map((p) => p.status ?? null),
    products.map((p) => p.at),
    importId,
  ]);
