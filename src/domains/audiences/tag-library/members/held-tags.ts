import type pg from 'pg';
import { Bitmap } from '../../../../kernel/bitmap/bitmap.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import type { HeldDataSource } from '../../../customers/public.ts';
import { end, movesOf } from './moves.ts';
import { computedTagsOf } from './person-tags.ts';
import { bitmapOf, bytesOf, shardOf } from './shards.ts';

/** What is held of people by their numbers: for exports and erasures. */
export const heldComputedTags = (pool: pg.Pool): HeldDataSource => ({
  name: 'computed_tag',
  async count({ customerNos }) {
    return [...(await computedTagsOf(pool, customerNos)).values()].reduce((sum, tags) => sum + tags.length, 0);
  },
  async *export({ customerNos }) {
    for (const customerNo of customerNos) {
      for await (const { at, name, entered } of movesOf(pool, customerNo, end)) yield { customerNo, tag: name, at: at.toISOString(), entered };
    }
  },
  async erase(person) {
    const held = await this.count(person);
    await eraseNumbers(pool, person.customerNos);
    return held;
  },
});

const tablesOfSets = [
  { table: 'tag_members', columns: ['members'], where: 'shard = any($1::int[])' },
  { table: 'tag_move', columns: ['entered', 'left_members'], where: 'shard = any($1::int[])' },
  { table: 'tag_upload', columns: ['members'], where: '$1::int[] is not null' },
] as const;

/** Takes numbers out of every stored set. Counts of the past stay as they were. */
async function eraseNumbers(pool: pg.Pool, customerNos: readonly number[]): Promise<void> {
  const gone = Bitmap.of(customerNos);
  const shards = [...new Set(customerNos.map(shardOf))];
  await inTransaction(pool, async (client) => {
    for (const { table, columns, where } of tablesOfSets) {
      const { rows } = await client.query<{ place: string } & Record<string, Buffer>>(
        `select ctid::text as place, ${columns.join(', ')} from ${table} where ${where} for update`, [shards]);
      for (const row of rows) {
        const sets = columns.map((column) => bitmapOf(row[column as string]));
        if (sets.every((set) => set.andSize(gone) === 0)) continue;
        const changes = columns.map((column, i) => `${column} = $${i + 2}`).join(', ');
        await client.query(`update ${table} set ${changes} where ctid = $1::tid`, [row.place, ...sets.map((set) => bytesOf(set.andNot(gone)))]);
      }
    }
    await client.query('update tag_state set stamp = null where evaluated_at is not null');
  });
}
