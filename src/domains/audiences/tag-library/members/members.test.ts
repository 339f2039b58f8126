import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestPlatform, type TestPlatform } from '../../../../../test/harness.ts';
import { Bitmap } from '../../../../kernel/bitmap/bitmap.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import { end, movesOf } from './moves.ts';
import { computedTagsOf } from './person-tags.ts';
import { readMembers } from './read-members.ts';
import { bitmapOf, bytesOf, partsOf, shardOf } from './shards.ts';
import { createTagSets } from './tag-sets.ts';
import { writeMembers } from './write-members.ts';

/** Always the same numbers for the same seed. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

describe('stored members of computed tags', () => {
  let test: TestPlatform;
  let made = 0;
  beforeAll(async () => {
    test = await createTestPlatform();
  });
  afterAll(() => test.close());

  const tag = async (): Promise<number> => {
    const { rows } = await test.platform.pg.query<{ tag_id: number }>('insert into tag (name, is_computed) values ($1, true) returning tag_id', [`tag ${++made}`]);
    await test.platform.pg.query("insert into tag_card (tag_id, kind, owner, definition, updated_at) values ($1, 'rule', '', '{}', now())", [rows[0].tag_id]);
    await test.platform.pg.query('insert into tag_state (tag_id) values ($1)', [rows[0].tag_id]);
    return rows[0].tag_id;
  };
  const write = (tagId: number, members: Bitmap, at = new Date('2026-01-01T00:00:00Z')) => inTransaction(test.platform.pg, (client) => writeMembers(client, tagId, members, at));

  it('are in shards that make the whole again', () => {
    const set = Bitmap.of([1, 65_535, 65_536, 700_000, 4_294_967_295]);
    const parts = partsOf(set);
    expect([...parts.keys()]).toEqual([0, 1, 10, 65_535]);
    expect(Bitmap.union(parts.values()).equals(set)).toBe(true);
    for (const [shard, part] of parts) for (const no of part) expect(shardOf(no)).toBe(shard);
    expect(bitmapOf(bytesOf(set)).equals(set)).toBe(true);
  });

  it('are what was written last, whatever was written before, and every change can be told', async () => {
    const next = random(7);
    const tagId = await tag();
    const expected: { no: number; entered: boolean; version: number }[] = [];
    let before = new Set<number>();
    for (let version = 1; version <= 30; version++) {
      const after = new Set<number>();
      const count = Math.floor(next() * 40);
      for (let i = 0; i < count; i++) after.add(Math.floor(next() * 30) + 65_536 * Math.floor(next() * 4));
      const moved = await write(tagId, Bitmap.of(after), new Date(Date.UTC(2026, 0, version)));
      const [entered, left] = [[...after].filter((no) => !before.has(no)), [...before].filter((no) => !after.has(no))];
      expect(moved).toEqual({ size: after.size, entered: entered.length, left: left.length });
      expected.push(...entered.map((no) => ({ no, entered: true, version })), ...left.map((no) => ({ no, entered: false, version })));
      expect([...(await readMembers(test.platform.pg, tagId))]).toEqual([...after].sort((a, b) => a - b));
      before = after;
    }
    for (const no of new Set(expected.map((move) => move.no))) {
      const told = [];
      for await (const move of movesOf(test.platform.pg, no, end)) if (move.tagId === tagId) told.push({ no, entered: move.entered, version: move.at.getUTCDate() });
      expect(told.reverse()).toEqual(expected.filter((move) => move.no === no));
    }
  });

  it('write the shards in which somebody came or went, and no others', async () => {
    const tagId = await tag();
    const many = Bitmap.of([...Array(20).keys()].map((shard) => shard * 65_536 + 5));
    await write(tagId, many);
    const places = async () => (await test.platform.pg.query('select shard, ctid::text as place from tag_members where tag_id = $1 order by shard', [tagId])).rows as { shard: number; place: string }[];
    const before = await places();
    await write(tagId, many.or(Bitmap.of([7])).andNot(Bitmap.of([19 * 65_536 + 5])));
    const after = await places();
    expect(after.map((row) => row.shard)).toEqual([...Array(19).keys()]);
    expect(after.filter((row) => row.place !== before.find(({ shard }) => shard === row.shard)?.place).map((row) => row.shard)).toEqual([0]);
  });

  it('make no version where nothing changed', async () => {
    const tagId = await tag();
    await write(tagId, Bitmap.of([1, 2]));
    await write(tagId, Bitmap.of([2, 1]));
    const { rows } = await test.platform.pg.query('select version_no, (select count(*)::int from tag_version v where v.tag_id = s.tag_id) as versions from tag_state s where tag_id = $1', [tagId]);
    expect(rows).toEqual([{ version_no: 1, versions: 1 }]);
  });

  it('are the old ones as a whole when the connection dies before all is written', async () => {
    const tagId = await tag();
    await write(tagId, Bitmap.range(0, 200_000));
    const dying = inTransaction(test.platform.pg, async (client) => {
      await writeMembers(client, tagId, Bitmap.range(100_000, 400_000), new Date());
      const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
      await test.platform.pg.query('select pg_terminate_backend($1)', [rows[0].pid]);
      await client.query('select 1');
    });
    await expect(dying).rejects.toThrow();
    expect((await readMembers(test.platform.pg, tagId)).equals(Bitmap.range(0, 200_000))).toBe(true);
    const { rows } = await test.platform.pg.query('select size, version_no from tag_state where tag_id = $1', [tagId]);
    expect(rows).toEqual([{ size: 200_000, version_no: 1 }]);
  });

  it('of three million people are a handful of rows, written and read within seconds', async () => {
    const tagId = await tag();
    const next = random(3);
    const members = Bitmap.of(Array.from({ length: 3_000_000 }, () => Math.floor(next() * 10_000_000)));
    const began = performance.now();
    await write(tagId, members);
    expect((await readMembers(test.platform.pg, tagId)).equals(members)).toBe(true);
    expect(performance.now() - began).toBeLessThan(20_000);
    const { rows } = await test.platform.pg.query<{ n: number }>('select count(*)::int as n from tag_members where tag_id = $1', [tagId]);
    expect(rows[0].n).toBe(153);
  });

  it('are told of a person by the rows of their own shard', async () => {
    const [even, all] = [await tag(), await tag()];
    await write(even, Bitmap.of([2, 4, 65_538]));
    await write(all, Bitmap.range(1, 70_000));
    const held = await computedTagsOf(test.platform.pg, [2, 3, 65_538, 65_539, 900_000]);
    expect([...held].map(([no, tagIds]) => [no, tagIds.filter((tagId) => tagId === even || tagId === all)])).toEqual([
      [2, [even, all]], [3, [all]], [65_538, [even, all]], [65_539, [all]], [900_000, []],
    ]);
  });

  it('are given to rules as they are now, with nobody for a tag that was never computed and nothing for one by hand', async () => {
    const sets = createTagSets(test.platform.pg);
    const [computed, fresh] = [await tag(), await tag()];
    const { rows } = await test.platform.pg.query<{ tag_id: number }>("insert into tag (name) values ('by hand') returning tag_id");
    await write(computed, Bitmap.of([1]));
    const read = async () => [...(await sets.members([computed, fresh, rows[0].tag_id, 999_999]))].map(([tagId, members]) => [tagId, [...members]]);
    expect(await read()).toEqual([[computed, [1]], [fresh, []]]);
    await write(computed, Bitmap.of([1, 9]));
    expect(await read()).toEqual([[computed, [1, 9]], [fresh, []]]);
    expect(await sets.tag(rows[0].tag_id)).toBeNull();
  });
});
