import { forbidden } from '../../../kernel/problem.ts';
import { may, type Actor } from '../../../kernel/actor.ts';
import { ask } from '../../../platform/clickhouse/query.ts';
import type { Platform } from '../../../platform/platform.ts';
import { recordAudit } from '../../access/public.ts';
import { customerCount, customersAfter, type ListFilters } from '../analytics/customer-list.ts';
import type { CustomerFilters, CustomerRow } from '../contract/lists.ts';
import { mostNameMatches } from '../contract/lists.ts';
import { withoutPersonal } from '../identifiers/personal.ts';
import type { GuardedSearch } from '../search/guarded-search.ts';
import type { Vault } from '../vault/vault.ts';
import { bindFilters } from './list.ts';
import { readRows, shownInFull, shownMasked } from './rows.ts';

/** The columns of the file, as keys of `people.column` in the messages. */
export const exportedColumns = [
  'customerNo', 'name', 'phone', 'email', 'memberNo', 'gender', 'province', 'city', 'channel', 'tags', 'createdAt', 'orders', 'lastOrderAt', 'spent',
] as const;

/** As many customers as are read at once, so that memory does not grow with the file. */
const rowsAtOnce = 2_000;

interface Asked extends CustomerFilters {
  q?: string;
  reveal: '0' | '1';
}

/** Customers as cells of a file, in the order of their numbers. The audit log says who took what, and whether in full. */
export async function exportCells(platform: Platform, vault: Vault, search: GuardedSearch, actor: Actor, asked: Asked): Promise<AsyncIterable<(string | number | null)[]>> {
  const isFull = asked.reveal === '1';
  if (isFull && !may(actor, 'customers.reveal')) throw forbidden('platform.not_permitted', { permission: 'customers.reveal' });
  const filters = await bindFilters(platform, asked);
  const found = asked.q ? await search(actor, asked.q, mostNameMatches) : undefined;
  const total = found ? found.customerNos.length : (await ask(platform.reader, customerCount, filters))[0].total;
  await recordAudit(platform.pg, { actor, action: 'customers.export', subject: 'customers', details: { ...withoutPersonal({ ...filters }), isSearch: found !== undefined, isFull, rows: total } });
  const pages = found ? inParts(found.customerNos) : pagesOf(platform, filters);
  return cellsOf(platform, vault, pages, isFull);
}

/** The same of customers by their numbers, for whoever has decided that they may be taken out, and noted it. */
export const cellsOfCustomers = (platform: Platform, vault: Vault, customerNos: Iterable<number>, isFull: boolean): AsyncIterable<(string | number | null)[]> =>
  cellsOf(platform, vault, inParts(customerNos), isFull);

async function* cellsOf(platform: Platform, vault: Vault, pages: AsyncIterable<number[]>, isFull: boolean) {
  for await (const numbers of pages) {
    const rows: CustomerRow[] = await readRows(platform, vault, numbers, isFull ? shownInFull : shownMasked);
    for (const row of rows) yield exportedColumns.map((column) => (column === 'tags' ? row.tags.join('; ') : row[column]));
  }
}

async function* pagesOf(platform: Platform, filters: ListFilters): AsyncGenerator<number[]> {
  for (let after = 0; ;) {
    const numbers = (await ask(platform.reader, customersAfter, { ...filters, after, limit: rowsAtOnce })).map((row) => row.customerNo);
    if (numbers.length > 0) yield numbers;
    if (numbers.length < rowsAtOnce) return;
    after = numbers[numbers.length - 1];
  }
}

async function* inParts(customerNos: Iterable<number>): AsyncGenerator<number[]> {
  let part: number[] = [];
  for (const no of customerNos) {
    part.push(no);
    if (part.length < rowsAtOnce) continue;
    yield part;
    part = [];
  }
  if (part.length > 0) yield part;
}
