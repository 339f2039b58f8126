import { setTimeout as sleep } from 'node:timers/promises';
import type { Product } from '../product.ts';
import type { Stores } from './stores.ts';

interface ImportView {
  importId: number;
  state: string;
  rows: number | null;
  failure: { code: string } | null;
}

/** A file of order lines of its own and the import of it. */
export interface FileImport {
  importId: number;
  rows: number;
}

const csvOf = (mark: string, rows: number): string => {
  const lines = ['order_id,customer_id,paid_at,product_id,product_name,quantity,unit_price,amount'];
  for (let i = 0; i < rows; i++) lines.push(`${mark}-${i},buyer-${i % 500},2026-03-${String(1 + (i % 28)).padStart(2, '0')} 10:00:00,P${i % 40},茶 ${i % 40},1,9.5,9.5`);
  return lines.join('\n');
};

/** Uploads a file and begins its import with the guessed mapping. */
export async function beginImport(product: Product, mark: string, rows = 20_000): Promise<FileImport> {
  const form = new FormData();
  form.append('file', new Blob([csvOf(mark, rows)], { type: 'text/csv' }), `${mark}.csv`);
  const reply = await fetch(`${product.url}/api/imports`, { method: 'POST', body: form, headers: { authorization: `Bearer ${product.token}` } });
  if (reply.status !== 201) throw new Error(`upload: ${reply.status} ${await reply.text()}`);
  const { importId } = (await reply.json()) as { importId: number };
  const { guess } = await product.ask<{ guess: { draft: unknown } }>('GET', `/api/imports/${importId}/inspection`);
  await product.ask('POST', `/api/imports/${importId}/start`, { mapping: guess.draft });
  return { importId, rows };
}

/** Waits for an import to end after a crash; one that failed is begun again, as a person would. Answers with how it went. */
export async function finishImport(product: Product, stores: Stores, { importId, rows }: FileImport): Promise<string> {
  const seen: string[] = [];
  for (let waitedMs = 0; waitedMs < 180_000; waitedMs += 200) {
    const { state, failure } = await product.ask<ImportView>('GET', `/api/imports/${importId}`);
    if (seen.at(-1) !== state) seen.push(state);
    const visible = await visibleRows(stores, importId);
    if (visible !== 0 && visible !== rows && state !== 'publishing') throw new Error(`import ${importId} shows ${visible} of ${rows} rows while ${state}`);
    if (state === 'done') return visible === rows ? seen.join('>') : `done with ${visible} of ${rows} rows`;
    if (state === 'failed' || state === 'uploaded' || state === 'checked') {
      seen.push(failure?.code ?? 'not begun');
      await product.ask('POST', `/api/imports/${importId}/start`, state === 'failed' ? {} : { mapping: (await product.ask<{ guess: { draft: unknown } }>('GET', `/api/imports/${importId}/inspection`)).guess.draft });
    }
    await sleep(200);
  }
  throw new Error(`import ${importId} did not end: ${seen.join('>')}`);
}

export async function visibleRows(stores: Stores, importId: number): Promise<number> {
  const [row] = (await stores.clickhouse.rows('select count() as n from order_line where import_id = {importId:UInt32}', { importId })) as { n: string }[];
  return Number(row.n);
}
