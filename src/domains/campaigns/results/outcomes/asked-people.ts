import { createHash } from 'node:crypto';
import { Bitmap } from '../../../../kernel/bitmap/bitmap.ts';
import { encodeGroupBitmap } from '../../../../kernel/bitmap/group-bitmap.ts';
import type { Platform } from '../../../../platform/platform.ts';
import { readMerged } from '../../../insights/public.ts';

/**
 * Puts people where the analytics store can look them up while it reads facts, and answers with the key they stand under. A million
 * numbers would be eight megabytes of a statement's text; as a bitmap they are a tenth. Facts carry the numbers of their time:
 * whoever was merged into one of these people is among them.
 */
export async function putAside({ clickhouse, reader }: Pick<Platform, 'clickhouse' | 'reader'>, people: Bitmap): Promise<string> {
  const absorbed = [...await readMerged(reader)].flatMap(([no, root]) => (no !== root && people.has(root) ? [no] : []));
  const bytes = Buffer.from(encodeGroupBitmap(people.or(Bitmap.of(absorbed))));
  const key = createHash('sha256').update(bytes).digest('hex');
  // What is about to be forgotten is put aside again: half a day is longer than any question takes.
  const [known] = await reader.rows('select 1 as known from asked_people where people_key = {key:String} and asked_at > now() - interval 12 hour limit 1', { key });
  if (known) return key;
  // A row of RowBinary is the key (a byte says how long it is) and the bitmap. When it was asked is the engine's own time, by which it forgets.
  await clickhouse.insertStream('asked_people', ['people_key', 'people'], 'RowBinary', Buffer.concat([Buffer.from([key.length]), Buffer.from(key), bytes]));
  return key;
}
