import { appendText } from '../files/row-batch.ts';
import { emptyTexts } from './columns/text-column.ts';
import type { RowBatch } from '../files/row-batch.ts';
import type { TextColumn } from './mapped-columns.ts';

/**
 * Order numbers for a file that has none: what one customer bought at one time is one order,
 * `786295544@2014-09-18T16:00:00.000Z`. Without a customer, each row is an order of its own.
 */
export function composeOrderIds(
  batch: RowBatch,
  identities: readonly TextColumn[],
  times: Float64Array,
): TextColumn {
  const column = emptyTexts(batch.rowCount);
  for (let row = 0; row < batch.rowCount; row++) {
    if (Number.isNaN(times[row])) continue;
    const customer = identities.find(({ starts, ends }) => starts[row] !== ends[row]);
    const owner = customer
      ? batch.bytes.toString('utf8', customer.starts[row], customer.ends[row])
      : `row ${batch.rowNumbers[row]}`;
    column.starts[row] = appendText(batch, `${owner}@${new Date(times[row]).toISOString()}`);
    column.ends[row] = batch.length;
  }
  return column;
}
