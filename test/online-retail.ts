import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

const path = join(import.meta.dirname, '..', '..', 'shared', 'data', 'online_retail', 'online_retail.csv.gz');

/** Whether the file of a real shop's year is there; where it is not, says so, and what is not done. */
export function hasOnlineRetail(otherwise: string): boolean {
  const isThere = existsSync(path);
  if (!isThere) console.warn(`SKIPPED: ${otherwise}, for there is no ${path}`);
  return isThere;
}

/** The file itself. */
export const onlineRetailFile = (): Buffer => readFileSync(path);

/** A line of a buyer who is known. A cancellation has an invoice of its own and a quantity below zero. */
export interface RetailLine {
  invoice: string;
  product: string;
  quantity: number;
  price: number;
  atMs: number;
  customerNo: number;
}

/** Every line of a known buyer, in the order of the file. */
export function readOnlineRetail(): RetailLine[] {
  return gunzipSync(onlineRetailFile()).toString('utf8').trim().split('\n').slice(1).flatMap((text) => {
    const [invoice, product, , quantity, at, price, customer] = [...text.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|\r?$)/g)].map((match) => match[1]);
    return customer ? [{ invoice, product, quantity: Number(quantity), price: Number(price), atMs: Date.parse(`${at.replace(' ', 'T')}Z`), customerNo: Number(customer) }] : [];
  });
}
