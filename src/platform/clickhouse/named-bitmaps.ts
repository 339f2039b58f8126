import { decodeNamedBitmaps } from '../../kernel/bitmap/group-bitmap.ts';
import type { ClickHouse, QueryLimits, QueryParams } from './client.ts';

/** The rows of a question of two columns, a String and `groupBitmapState` of UInt32. */
export async function readNamedBitmaps(reader: ClickHouse, sql: string, params: QueryParams | undefined, limits: QueryLimits): Promise<ReturnType<typeof decodeNamedBitmaps>> {
  return decodeNamedBitmaps(Buffer.concat(await Array.fromAsync(reader.bytes(sql, 'RowBinary', params, limits))));
}
