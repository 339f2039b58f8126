import type { Bitmap } from '../../../kernel/bitmap/bitmap.ts';
import { decodeGroupBitmap } from '../../../kernel/bitmap/group-bitmap.ts';
import type { ClickHouse, QueryParams } from '../../../platform/clickhouse/client.ts';

/** Whom a table of runs says something of: the numbers of a run, `model`, for which a condition holds. The condition is static text. */
export async function readPeopleOfRun(reader: ClickHouse, table: string, condition: string, params: QueryParams & { model: number }): Promise<Bitmap> {
  const sql = `select groupBitmapState(customer_no) from {table:Identifier} where model_id = {model:UInt32} and (${condition})`;
  return decodeGroupBitmap(Buffer.concat(await Array.fromAsync(reader.bytes(sql, 'RowBinary', { ...params, table }, { timeoutMs: 30_000 }))));
}
