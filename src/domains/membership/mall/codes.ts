import { createHmac } from 'node:crypto';
import type pg from 'pg';
import { deriveKey, openText, sealText } from '../../../platform/secrets.ts';

const purpose = 'codes of the points mall';
/** Without what is easily taken for something else (Crockford's base 32). */
const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const madeLength = 16;

export const sealCode = (secret: string, code: string): Buffer => sealText(secret, purpose, code);
export const openCode = (secret: string, sealed: Uint8Array): string => openText(secret, purpose, sealed);
/** What staff see of a code that is somebody's. */
export const maskCode = (code: string): string => `····${code.slice(-4)}`;

/** The code of an order: nobody can guess it, and it is the same whenever it is made. */
export function madeCode(secret: string, prefix: string, orderNo: number): string {
  const digest = createHmac('sha256', deriveKey(secret, `${purpose}, made`)).update(String(orderNo)).digest();
  const made = [...digest.subarray(0, madeLength)].map((byte) => letters[byte % letters.length]).join('');
  return `${prefix}${prefix === '' ? '' : '-'}${made.match(/.{4}/g)?.join('-')}`;
}

/** Takes in codes that are not there yet; returns how many that were. */
export async function insertCodes(client: pg.PoolClient, secret: string, itemNo: number, codes: readonly string[]): Promise<number> {
  const hashKey = deriveKey(secret, `${purpose}, known again`);
  const hashes = codes.map((code) => createHmac('sha256', hashKey).update(code).digest());
  const { rowCount } = await client.query(
    'insert into mall_code (item_no, sealed, code_hash) select $1, * from unnest($2::bytea[], $3::bytea[]) on conflict do nothing', [itemNo, codes.map((code) => sealCode(secret, code)), hashes]);
  return rowCount ?? 0;
}

/** Gives an order a code that nobody has; the stock of the item says that there is one. */
export async function takeCode(client: pg.PoolClient, itemNo: number, orderNo: number): Promise<Buffer> {
  const { rows: [taken] } = await client.query<{ sealed: Buffer }>(
    `update mall_code set order_no = $2 where code_no = (
        select code_no from mall_code where item_no = $1 and order_no is null order by code_no limit 1 for update skip locked
      ) returning sealed`, [itemNo, orderNo]);
  if (!taken) throw new Error(`The item ${itemNo} has fewer free codes than its stock says.`);
  return taken.sealed;
}

/** Gives each of these orders a code that nobody has, in their order. */
export async function giveCodes(client: pg.PoolClient, itemNo: number, orderNos: readonly number[]): Promise<void> {
  const { rowCount } = await client.query(
    `with free as (
        select code_no, row_number() over (order by code_no) as nth from (
          select code_no from mall_code where item_no = $1 and order_no is null order by code_no limit cardinality($2::bigint[]) for update skip locked) c
      ), taken as (
        update mall_code c set order_no = o.order_no from free join unnest($2::bigint[]) with ordinality as o (order_no, nth) using (nth)
          where c.code_no = free.code_no returning c.order_no, c.sealed
      ) update mall_order o set code = taken.sealed from taken where o.order_no = taken.order_no`, [itemNo, orderNos]);
  if (rowCount !== orderNos.length) throw new Error(`The item ${itemNo} has fewer free codes than its stock says.`);
}
