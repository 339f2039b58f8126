import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestPlatform, type TestPlatform } from '../../../../../test/harness.ts';
import { Bitmap } from '../../../../kernel/bitmap/bitmap.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import { everybody } from '../../contract/rule.ts';
import { insertAudience } from '../keeping/store.ts';
import { applyChanges, changeBetween } from './change.ts';
import { createMemberships } from './memberships.ts';
import { readMembers, readStanding, type Standing, versionBefore } from './read-membership.ts';
import { writeMembers } from './write-membership.ts';

const sets = fc.array(fc.uniqueArray(fc.integer({ min: 1, max: 200_000 }), { maxLength: 40 }), { minLength: 1, maxLength: 12 });

describe('changes of a membership', () => {
  it('lead from one set to the next, however large they are', () => {
    fc.assert(fc.property(sets, fc.boolean(), (numbers, isLarge) => {
      const most = isLarge ? Bitmap.range(300_000, 330_000) : Bitmap.empty;
      const bitmaps = numbers.map((list, i) => (i % 3 === 1 ? Bitmap.of(list).or(most) : Bitmap.of(list)));
      const changes = bitmaps.slice(1).map((bitmap, i) => changeBetween(bitmaps[i], bitmap));
      expect(applyChanges(bitmaps[0], changes).equals(bitmaps[bitmaps.length - 1])).toBe(true);
    }), { numRuns: 40 });
  });
});

describe('members by version', () => {
  let test: TestPlatform;
  beforeAll(async () => {
    test = await createTestPlatform();
  });
  afterAll(() => test.close());
  const pool = () => test.platform.pg;

  let made = 0;
  const make = () => inTransaction(pool(), (client) =>
    insertAudience(client, { name: `audience ${++made}`, reason: '', kind: 'live', rule: everybody, owner: 'test' }, new Date()));
  const standingOf = async (audienceId: number): Promise<Standing> => (await readStanding(pool(), audienceId))!;
  const write = async (audienceId: number, after: Bitmap, at: Date): Promise<boolean> => {
    const standing = await standingOf(audienceId);
    const before = await readMembers(pool(), audienceId, standing.versionNo);
    return inTransaction(pool(), (client) => writeMembers(client, { standing, before, after, at, isWhole: true }));
  };
  const day = (n: number): Date => new Date(Date.UTC(2026, 0, 1, 12) + n * 86_400_000);

  it('are at every past moment what they were then', async () => {
    await fc.assert(fc.asyncProperty(sets, async (numbers) => {
      const audienceId = await make();
      const bitmaps = numbers.map((list) => Bitmap.of(list));
      for (const [i, bitmap] of bitmaps.entries()) expect(await write(audienceId, bitmap, day(i))).toBe(true);
      for (const [i, bitmap] of bitmaps.entries()) {
        const versionNo = await versionBefore(pool(), audienceId, new Date(day(i).getTime() + 1));
        expect((await readMembers(pool(), audienceId, versionNo!)).equals(bitmap)).toBe(true);
      }
      expect(await versionBefore(pool(), audienceId, day(0))).toBeNull();
    }), { numRuns: 15 });
  });

  it('do not get a version where nothing changed, but the first, even of nobody', async () => {
    const audienceId = await make();
    expect((await standingOf(audienceId)).versionNo).toBe(0);
    await write(audienceId, Bitmap.empty, day(0));
    await write(audienceId, Bitmap.empty, day(1));
    const { rows: [row] } = await pool().query('select version_no, size, fresh_at, is_due from audience where audience_id = $1', [audienceId]);
    expect(row).toEqual({ version_no: 1, size: 0, fresh_at: day(1), is_due: false });
  });

  it('are the same behind a snapshot as by all changes since the first, and everybody fits', async () => {
    const audienceId = await make();
    const everyone = Bitmap.range(1, 3_000_000);
    await write(audienceId, everyone, day(0));
    let members = everyone;
    for (let i = 1; i <= 40; i++) {
      members = members.andNot(Bitmap.range(i * 50_000, i * 50_000 + 30_000)).or(Bitmap.of([3_000_000 + i]));
      await write(audienceId, members, day(i));
    }
    await pool().query('update audience_version set snapshot = null where audience_id = $1 and version_no > 1 and version_no < 30', [audienceId]);
    expect((await readMembers(pool(), audienceId, (await standingOf(audienceId)).versionNo)).equals(members)).toBe(true);
    await pool().query('update audience_version set snapshot = null where audience_id = $1', [audienceId]);
    expect((await readMembers(pool(), audienceId, 41)).equals(members)).toBe(true);
  });

  it('are kept whole from time to time, so that reading them stays short', async () => {
    const audienceId = await make();
    let members = Bitmap.range(1, 2_000);
    for (let i = 0; i < 60; i++) {
      members = members.xor(Bitmap.of(Array.from({ length: 100 }, (_, k) => 1 + ((i * 7919 + k * 104_729) % 400_000))));
      await write(audienceId, members, day(i));
    }
    const { rows } = await pool().query<{ distance: number }>(
      `select max(gap)::int as distance from (select version_no - lag(version_no) over (order by version_no) as gap
        from audience_version where audience_id = $1 and snapshot is not null) s`, [audienceId]);
    expect(rows[0].distance).toBeGreaterThan(1);
    expect(rows[0].distance).toBeLessThan(40);
    expect((await readMembers(pool(), audienceId, 60)).equals(members)).toBe(true);
  });

  it('stay in the order of their versions when the clock is put back', async () => {
    const audienceId = await make();
    await write(audienceId, Bitmap.of([1]), day(5));
    await write(audienceId, Bitmap.of([2]), day(3));
    expect(await versionBefore(pool(), audienceId, day(4))).toBeNull();
    expect(await versionBefore(pool(), audienceId, day(6))).toBe(2);
  });

  it('are not written by who computed them on an older rule, an older version or before an erasure', async () => {
    const audienceId = await make();
    await write(audienceId, Bitmap.of([1]), day(0));
    const standing = await standingOf(audienceId);
    const attempt = (from: Partial<Standing>) => inTransaction(pool(), (client) =>
      writeMembers(client, { standing: { ...standing, ...from }, before: Bitmap.of([1]), after: Bitmap.of([2]), at: day(1), isWhole: true }));
    expect(await attempt({ ruleVersion: 0 })).toBe(false);
    expect(await attempt({ versionNo: 0 })).toBe(false);
    expect(await attempt({ rewrites: 1 })).toBe(false);
    expect(await attempt({ audienceId: 999_999 })).toBe(false);
    expect([...await readMembers(pool(), audienceId, 1)]).toEqual([1]);
    expect(await attempt({})).toBe(true);
  });

  it('are read for a past day in the zone of the brand, and not for one that is not over or before there was an audience', async () => {
    const { clock } = test.platform;
    const now = new Date('2026-03-10T03:00:00Z');
    const memberships = createMemberships({ ...test.platform, clock: { ...clock, now: () => now } });
    const audienceId = await make();
    // Half past midnight of the 8th in Shanghai.
    await write(audienceId, Bitmap.of([1]), new Date('2026-03-07T16:30:00Z'));
    await write(audienceId, Bitmap.of([1, 2]), new Date('2026-03-08T16:30:00Z'));
    const on = async (day: string) => [...await memberships.members(audienceId, day)];
    expect(await on('2026-03-08')).toEqual([1]);
    expect(await on('2026-03-09')).toEqual([1, 2]);
    await expect(on('2026-03-07')).rejects.toMatchObject({ code: 'audiences.not_made_yet', params: { audienceId, day: '2026-03-07' } });
    await expect(on('2026-03-10')).rejects.toMatchObject({ code: 'audiences.day_not_over' });
    await expect(memberships.members(999_999, null)).rejects.toMatchObject({ code: 'audiences.not_found', status: 404 });
    await expect(memberships.list(999_999)).rejects.toMatchObject({ code: 'audiences.list_not_found', status: 404 });
  });

  it('count for the number their people were merged into, and for their own again when that is undone', async () => {
    const { clickhouse } = test.platform;
    const memberships = createMemberships(test.platform);
    const audienceId = await make();
    await write(audienceId, Bitmap.of([11, 12, 13, 500_000]), day(0));
    const now = async () => [...await memberships.members(audienceId, null)];
    expect(await now()).toEqual([11, 12, 13, 500_000]);
    await clickhouse.insertRows('merge_pair', [{ absorbed_no: 12, survivor_no: 40, version: 1 }, { absorbed_no: 500_000, survivor_no: 11, version: 1 }, { absorbed_no: 77, survivor_no: 78, version: 1 }]);
    expect(await now()).toEqual([11, 13, 40]);
    await clickhouse.insertRows('merge_pair', [{ absorbed_no: 12, survivor_no: 12, version: 2 }]);
    expect(await now()).toEqual([11, 12, 13]);
  });
});
