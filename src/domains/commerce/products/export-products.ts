import type { Actor } from '../../../kernel/actor.ts';
import type { Platform } from '../../../platform/platform.ts';
import { recordAudit } from '../../access/public.ts';
import { withoutPersonal } from '../../customers/contract.ts';
import { findProducts } from './list-products.ts';

/** The columns of the file, as keys of `products.column` in the messages. */
export const exportedProductColumns = [
  'productId', 'name', 'category', 'brand', 'listPrice', 'status', 'sales', 'refunded', 'units', 'orders',
] as const;

const largestExport = 200_000;

/** Products as cells of a file; writes into the audit log who took what. */
export async function exportProductCells(platform: Platform, actor: Actor, asked: Parameters<typeof findProducts>[1]) {
  const { rows } = await findProducts(platform, asked, largestExport, 0);
  await recordAudit(platform.pg, { actor, action: 'commerce.export', subject: 'products', details: { ...withoutPersonal(asked), rows: rows.length } });
  return cellsOf(rows);
}

async function* cellsOf(rows: Awaited<ReturnType<typeof findProducts>>['rows']) {
  for (const row of rows) yield exportedProductColumns.map((column) => row[column]);
}
