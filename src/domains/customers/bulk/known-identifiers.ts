import type pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { type Key, KeyTable, newKey } from './key-table.ts';

/** The number that stands for an identifier whose owner was erased: its facts belong to nobody. */
export const erasedOwner = 0xffff_ffff;

/** What the vault already knows of one kind of identifier: from its keyed hash to the customer's number. */
export interface KnownIdentifiers {
  table: KeyTable;
  /** False where all are loaded already; true where they have to be asked for with `learn`. */
  partial: boolean;
}

/** Above this many bytes of file it is cheaper to load every identifier of the kind than to ask for those met. */
const loadAllFromBytes = 64 * 2 ** 20;

/**
 * Opens the vault's identifiers of a kind and namespace for an import of a file of `fileBytes`:
 * loaded as a whole where the file is large, each owner told to `note`, or asked for batch by batch.
 */
export async function openKnownIdentifiers(pool: pg.Pool, kind: number, namespace: string, fileBytes: number, note: (customerNo: number) => void):
Promise<KnownIdentifiers> {
  const partial = fileBytes < loadAllFromBytes;
  if (partial) return { table: new KeyTable(), partial };
  const { rows } = await pool.query<{ known: number }>("select greatest(reltuples, 0)::bigint as known from pg_class where oid = 'identifier'::regclass");
  const table = new KeyTable(Number(rows[0].known));
  await loadAll(pool, table, kind, namespace, note);
  return { table, partial };
}

/** Asks the vault for these hashes (uuid texts), keeps what it knows, and returns the customers it named. */
export async function learn(pool: pg.Pool, known: KnownIdentifiers, kind: number, namespace: string, hashes: string[]): Promise<number[]> {
  if (hashes.length === 0) return [];
  const { rows } = await pool.query<{ hash: string; customer_no: number }>(
    `select hash, customer_no from identifier where kind = $1 and namespace = $2 and hash = any($3::uuid[])
     union all
     select hash, $4::bigint from erased_identifier where kind = $1 and namespace = $2 and hash = any($3::uuid[])`,
    [kind, namespace, hashes, erasedOwner]);
  const key = newKey();
  for (const row of rows) {
    readHash(row.hash, key);
    known.table.set(key, Number(row.customer_no));
  }
  return rows.map((row) => Number(row.customer_no)).filter((no) => no !== erasedOwner);
}

/** A uuid text as a key. */
export function readHash(uuid: string, key: Key): void {
  let at = 0;
  for (let word = 0; word < 4; word++) {
    let value = 0;
    for (let digit = 0; digit < 8; at++) {
      const code = uuid.charCodeAt(at);
      if (code === 45) continue;
      value = (value << 4) | (code < 58 ? code - 48 : code - 87);
      digit++;
    }
    key[word] = value;
  }
}

const headerBytes = 19;
/** Two fields, a uuid and an int8: 2 + 4 + 16 + 4 + 8. */
const rowBytes = 34;

async function loadAll(pool: pg.Pool, table: KeyTable, kind: number, namespace: string, note: (customerNo: number) => void): Promise<void> {
  const client = await pool.connect();
  try {
    // COPY takes no parameters; a kind is a number, and a namespace is quoted by the driver.
    const chosen = `kind = ${Number(kind)} and namespace = ${client.escapeLiteral(namespace)}`;
    const stream = client.query(copyTo(`copy (
      select hash, customer_no::bigint from identifier where ${chosen}
      union all select hash, ${erasedOwner}::bigint from erased_identifier where ${chosen}) to stdout (format binary)`));
    const key = newKey();
    let rest: Buffer = Buffer.alloc(0);
    let skip = headerBytes;
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      const bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
      let at = Math.min(skip, bytes.length);
      skip -= at;
      for (; at + rowBytes <= bytes.length; at += rowBytes) {
        for (let word = 0; word < 4; word++) key[word] = bytes.readUInt32BE(at + 6 + 4 * word);
        const customerNo = bytes.readUInt32BE(at + 30);
        table.set(key, customerNo);
        note(customerNo);
      }
      rest = bytes.subarray(at);
    }
  } finally {
    client.release();
  }
}
