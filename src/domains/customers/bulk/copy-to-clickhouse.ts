import type pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import type { Platform } from '../../../platform/platform.ts';
import { identifierKinds } from '../identifiers/kinds.ts';

const headerBytes = 19;
/** Two fields of 4 and 8 bytes, each with its length: 2 + 4 + 4 + 4 + 8. */
const rowBytes = 22;
/** customer_no, version, status and created_at in RowBinary. */
const outBytes = 4 + 8 + 1 + 8;
const rowsAtOnce = 1_000_000;
const epoch2000Ms = 946_684_800_000;

/**
 * Tells ClickHouse of the customers an import made, as they stand in PostgreSQL. What is copied
 * later is newer; repeating it changes nothing.
 */
export async function copyImportedCustomers({ pg: pool, clickhouse }: Platform, importId: number): Promise<void> {
  const { rows } = await pool.query<{ version: number }>("select nextval('customer_copy_ticket') as version");
  const [{ version }] = rows;
  const client = await pool.connect();
  const out = Buffer.allocUnsafeSlow(rowsAtOnce * outBytes);
  let end = 0;
  const send = async (): Promise<void> => {
    if (end > 0) await clickhouse.insertStream('customer', ['customer_no', 'version', 'status', 'created_at'], 'RowBinary', out.subarray(0, end));
    end = 0;
  };
  try {
    const stream = client.query(copyTo(`copy (select customer_no, created_at from customer
      where import_id = ${Math.trunc(importId)} and status = 0 order by customer_no) to stdout (format binary)`));
    let rest: Buffer = Buffer.alloc(0);
    let skip = headerBytes;
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      const bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
      let at = Math.min(skip, bytes.length);
      skip -= at;
      for (; at + rowBytes <= bytes.length; at += rowBytes) {
        if (end === out.length) await send();
        end = out.writeUInt32LE(bytes.readUInt32BE(at + 6), end);
        end = out.writeBigUInt64LE(BigInt(version), end);
        out[end++] = 0;
        const microseconds = bytes.readInt32BE(at + 14) * 4_294_967_296 + bytes.readUInt32BE(at + 18);
        end = out.writeBigInt64LE(BigInt(Math.round(microseconds / 1_000) + epoch2000Ms), end);
      }
      rest = bytes.subarray(at);
    }
    await send();
  } finally {
    client.release();
  }
  await queueDeviceHolders(pool, importId);
}

/** Copied as identified, which those known by a device may not be, or may only now have become. */
async function queueDeviceHolders(pool: pg.Pool, importId: number): Promise<void> {
  const { rows: [devices] } = await pool.query<{ exist: boolean }>('select exists (select from identifier where kind = $1) as exist', [identifierKinds.device]);
  if (!devices.exist) return;
  await pool.query(
    `insert into customer_copy (customer_no)
     select distinct i.customer_no from identifier i join identifier d on d.customer_no = i.customer_no and d.kind = $2
     where i.import_id = $1
     on conflict (customer_no) do update set ticket = nextval('customer_copy_ticket')`, [importId, identifierKinds.device]);
}
