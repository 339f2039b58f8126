import { join } from 'node:path';
import type { ProductStatement } from '../../../commerce/public.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import { openRows } from '../../files/open-rows.ts';
import { planRecords } from '../../mapping/records.ts';
import type { Reading } from './read-file.ts';
import { numberOf, textOf } from './record-values.ts';

/** Reads a file of products into the catalogue, all of it in one transaction. */
export async function readProducts(reading: Reading): Promise<void> {
  const { deps, mapping, report, signal, uploadName } = reading;
  const { pg, folders, clock } = deps.platform;
  const at = clock.now();
  const file = await openRows(join(folders.uploads, uploadName), { signal });
  try {
    const plan = planRecords({ ...mapping, kind: 'products' }, file.columns);
    await inTransaction(pg, async (client) => {
      for await (const batch of file.rows) {
        const { columns, rejected, errors } = plan.map(batch);
        const column = (field: string) => columns.find((one) => one.field === field);
        const statements: ProductStatement[] = [];
        for (let row = 0; row < batch.rowCount; row++) {
          if (rejected[row] === 1) continue;
          const price = numberOf(column('unit_price'), row);
          statements.push({
            productId: textOf(batch, column('product_id'), row) ?? '', name: textOf(batch, column('product_name'), row),
            category: textOf(batch, column('category'), row), brand: textOf(batch, column('brand'), row),
            listPrice: price === null ? null : BigInt(price), at,
          });
        }
        report.counts.accepted += statements.length;
        await deps.commerce.products.upsert(client, statements);
        await report.batch(batch, errors);
      }
      await reading.publishing();
      await reading.decide(client, { customers: 0, identifiers: 0, overtaken: [] });
    });
  } finally {
    await file.close();
  }
}
