import type pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import type { Platform } from '../../../platform/platform.ts';
import { identifierKinds } from '../identifiers/kinds.ts';

const headerBytes = 19;
/** Three fields of 4, 8 and 4 bytes, each with its length. */
const rowBytes = 2 + 8 + 12 + 8;
const kindCodes = Object.values(identifierKinds);
/** customer_no, version, status, created_at and at most every kind in RowBinary. */
const outBytes = 4 + 8 + 1 + 8 + 1 + kindCodes.length;
const rowsAtOnce = 1_000_000;
const epoch2000Ms = 946_684_800_000;
/** Less than any version of the copier's, which knows more of a customer: repeating this takes nothing back. */
const firstVersion = 1n;
const columns = ['customer_no', 'version', 'status', 'created_at', 'identifier_kinds'];

/** Tells ClickHouse of the customers an import made, and by which kinds of identifier it knows them. */
export async function copyImportedCustomers({ pg: pool, clickhouse }: Platform, importId: number): Promise<void> {
  const client = await pool.connect();
  const out = Buffer.allocUnsafeSlow(rowsAtOnce * outBytes);
  let end = 0;
  const send = async (): Promise<void> => {
    if (end > 0) await clickhouse.insertStream('customer', columns, 'RowBinary', out.subarray(0, end));
    end = 0;
  };
  try {
    const stream = client.query(copyTo(`copy (${await importedSql(client, Math.trunc(importId))}) to stdout (format binary)`));
    let rest: Buffer = Buffer.alloc(0);
    let skip = headerBytes;
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      const bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
      let at = Math.min(skip, bytes.length);
      skip -= at;
      for (; at + rowBytes <= bytes.length; at += rowBytes) {
        if (end + outBytes > out.length) await send();
        end = writeCustomer(out, end, bytes, at);
      }
      rest = bytes.subarray(at);
    }
    await send();
  } finally {
    client.release();
  }
}

/**
 * Numbers, times and kinds, a bit a kind, of the customers an import made. Where it knows everybody by one
 * kind, as most files do, nothing is looked up for each.
 */
async function importedSql(client: pg.PoolClient, importId: number): Promise<string> {
  const { rows } = await client.query<{ kind: number }>('select distinct kind from identifier where import_id = $1', [importId]);
  const made = `where c.import_id = ${importId} and c.status = 0 order by customer_no`;
  if (rows.length === 1) return `select customer_no, created_at, ${1 << rows[0].kind} from customer c ${made}`;
  return `select customer_no, created_at, coalesce(kinds, 0) from customer c
    left join (select customer_no, bit_or(1 << kind) as kinds from identifier where import_id = ${importId} group by customer_no) i using (customer_no) ${made}`;
}

/** Turns a row of PostgreSQL's binary COPY into one of RowBinary; returns where it ends. */
function writeCustomer(out: Buffer, start: number, bytes: Buffer, at: number): number {
  let end = out.writeUInt32LE(bytes.readUInt32BE(at + 6), start);
  end = out.writeBigUInt64LE(firstVersion, end);
  out[end++] = 0;
  const microseconds = bytes.readInt32BE(at + 14) * 4_294_967_296 + bytes.readUInt32BE(at + 18);
  end = out.writeBigInt64LE(BigInt(Math.round(microseconds / 1_000) + epoch2000Ms), end);
  const bits = bytes.readInt32BE(at + 26);
  const count = end++;
  for (const code of kindCodes) if ((bits >> code) & 1) out[end++] = code;
  out[count] = end - count - 1;
  return end;
}
