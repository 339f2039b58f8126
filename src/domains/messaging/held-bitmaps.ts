import type pg from 'pg';
import { Bitmap } from '../../kernel/bitmap/bitmap.ts';
import { decodeBitmap } from '../../kernel/bitmap/portable-read.ts';
import { encodeBitmap } from '../../kernel/bitmap/portable-write.ts';
import { inTransaction } from '../../platform/postgres/pool.ts';
import type { HeldDataSource } from '../customers/public.ts';

interface Row {
  place: Record<string, number>;
  people: Buffer;
}

/** Sets of people kept as bitmaps in the column `people` of a table, for exports and erasures: the erased number is taken out of them. */
export function heldBitmaps(pool: pg.Pool, table: 'send_run_people' | 'experiment_people' | 'campaign_segment', keys: readonly string[]): HeldDataSource {
  const place = `jsonb_build_object(${keys.map((key) => `'${key}', ${key}`).join()})`;
  const isIt = keys.map((key) => `${key} = ($1::jsonb ->> '${key}')::int`).join(' and ');
  /** One set after the other: there may be a thousand of them, of megabytes each. */
  async function* setsWith(customerNos: readonly number[]): AsyncGenerator<Row['place']> {
    const { rows: places } = await pool.query<Pick<Row, 'place'>>(`select ${place} as place from ${table} order by ${keys.join()}`);
    for (const { place: each } of places) {
      const { rows } = await pool.query<Pick<Row, 'people'>>(`select people from ${table} where ${isIt}`, [each]);
      const people = rows.length > 0 ? decodeBitmap(rows[0].people) : Bitmap.empty;
      if (customerNos.some((no) => people.has(no))) yield each;
    }
  }
  const takeOut = (where: Row['place'], customerNos: readonly number[]): Promise<number> => inTransaction(pool, async (client) => {
    const { rows } = await client.query<Pick<Row, 'people'>>(`select people from ${table} where ${isIt} for update`, [where]);
    if (rows.length === 0) return 0;
    const before = decodeBitmap(rows[0].people);
    const after = before.andNot(Bitmap.of(customerNos));
    if (after.size < before.size) await client.query(`update ${table} set people = $2 where ${isIt}`, [where, encodeBitmap(after)]);
    return before.size - after.size;
  });
  return {
    name: table,
    async count({ customerNos }) {
      let sets = 0;
      for await (const _ of setsWith(customerNos)) sets++;
      return sets;
    },
    export: ({ customerNos }) => setsWith(customerNos),
    async erase({ customerNos }) {
      let taken = 0;
      for await (const where of setsWith(customerNos)) taken += await takeOut(where, customerNos);
      return taken;
    },
  };
}
