import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestPlatform, type TestPlatform } from '../../../../../test/harness.ts';
import { Bitmap } from '../../../../kernel/bitmap/bitmap.ts';
import { addDays, dayIn, startOfDay } from '../../../../kernel/day.ts';
import type { Platform } from '../../../../platform/platform.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import { everybody } from '../../contract/rule.ts';
import { followAudience, takeChanges } from '../changes/take-changes.ts';
import { insertAudience } from '../keeping/store.ts';
import { readDays } from '../reading/history.ts';
import { applyChanges, asOneChange, changeBetween } from './change.ts';
import { compactVersions } from './compact.ts';
import { readMembers, readStanding, versionBefore } from './read-membership.ts';
import { writeMembers } from './write-membership.ts';

const zone = 'Asia/Shanghai';
const begin = Date.parse('2026-03-01T16:00:00Z');
/** One after the other: so many minutes later, these people are the members. */
const steps = fc.array(fc.record({ minutes: fc.integer({ min: 1, max: 900 }), members: fc.uniqueArray(fc.integer({ min: 1, max: 30 }), { maxLength: 12 }), many: fc.boolean() }), { minLength: 2, maxLength: 25 });

describe('versions put together', () => {
  let test: TestPlatform;
  let platform: Platform;
  let now = new Date(begin);
  beforeAll(async () => {
    test = await createTestPlatform();
    platform = { ...test.platform, clock: { now: () => now } };
  });
  afterAll(() => test.close());

  let made = 0;
  const make = () => inTransaction(platform.pg, (client) => insertAudience(client, { name: `audience ${++made}`, reason: '', kind: 'live', rule: everybody, owner: 'test' }, now));
  const write = async (audienceId: number, after: Bitmap): Promise<void> => {
    const standing = (await readStanding(platform.pg, audienceId))!;
    const before = await readMembers(platform.pg, audienceId, standing.versionNo);
    expect(await inTransaction(platform.pg, (client) => writeMembers(client, { standing, before, after, at: now, isWhole: true }))).toBe(true);
  };
  const versions = async (audienceId: number): Promise<{ no: number; at: Date; snapshot: boolean }[]> =>
    (await platform.pg.query<{ no: number; at: Date; snapshot: boolean }>('select version_no as no, at, snapshot is not null as snapshot from audience_version where audience_id = $1 order by 1', [audienceId])).rows;
  const endOf = async (audienceId: number, day: string): Promise<number[] | null> => {
    const versionNo = await versionBefore(platform.pg, audienceId, startOfDay(addDays(day, 1), zone));
    return versionNo === null ? null : [...await readMembers(platform.pg, audienceId, versionNo)];
  };

  it('are one change that leads to the same members, and is no larger than it has to be', () => {
    const large = Bitmap.range(1_000, 40_000);
    fc.assert(fc.property(steps, (given) => {
      const sets = given.map(({ members, many }) => (many ? Bitmap.of(members).or(large) : Bitmap.of(members)));
      const change = asOneChange(sets.slice(1).map((set, i) => changeBetween(sets[i], set)));
      expect(applyChanges(sets[0], [change]).equals(sets[sets.length - 1])).toBe(true);
      const least = changeBetween(sets[0], sets[sets.length - 1]);
      expect([change.entered.equals(least.entered), change.left.equals(least.left)]).toEqual([true, true]);
    }), { numRuns: 60 });
  });

  it('leave every past day, and how many came and went on it, as they were; a version a day is left, and those of the last hour', async () => {
    await fc.assert(fc.asyncProperty(steps, async (given) => {
      now = new Date(begin);
      const audienceId = await make();
      await write(audienceId, Bitmap.empty);
      for (const { minutes, members } of given) {
        now = new Date(now.getTime() + minutes * 60_000);
        await write(audienceId, Bitmap.of(members));
        if (minutes % 5 === 0) await compactVersions(platform);
      }
      const today = dayIn(zone, now);
      const days = Array.from({ length: 15 }, (_, i) => addDays(today, i - 14));
      const before = [await readDays(platform, audienceId, { from: days[0], to: today }), await Promise.all(days.map((day) => endOf(audienceId, day)))];
      expect(before[1]!.at(-1)).toEqual([...given].at(-1)!.members.sort((a, b) => a - b));
      await compactVersions(platform);
      expect([await readDays(platform, audienceId, { from: days[0], to: today }), await Promise.all(days.map((day) => endOf(audienceId, day)))]).toEqual(before);
      const old = (await versions(audienceId)).filter(({ at }) => at.getTime() < now.getTime() - 3_600_000).map(({ at }) => dayIn(zone, at));
      expect(old).toEqual([...new Set(old)]);
      expect(await compactVersions(platform)).toBe(0);
      await write(audienceId, Bitmap.of([77]));
      expect(await endOf(audienceId, today)).toEqual([77]);
    }), { numRuns: 12 });
  });

  it('wait for who follows an audience, who takes every single change', async () => {
    now = new Date(begin);
    const audienceId = await make();
    await write(audienceId, Bitmap.of([1]));
    await inTransaction(platform.pg, (client) => followAudience(client, 'slow', audienceId));
    for (let i = 2; i <= 6; i++) {
      now = new Date(now.getTime() + 60_000);
      await write(audienceId, Bitmap.of([i]));
    }
    now = new Date(now.getTime() + 7_200_000);
    await compactVersions(platform);
    expect(await versions(audienceId)).toHaveLength(6);
    const entered: number[] = [];
    const take = () => takeChanges(platform.pg, 'slow', async (_, change) => void entered.push(...change.entered));
    for (let i = 0; i < 3; i++) await take();
    await compactVersions(platform);
    expect((await versions(audienceId)).map(({ no }) => no)).toEqual([4, 5, 6]);
    while (await take());
    expect(entered).toEqual([2, 3, 4, 5, 6]);
    await compactVersions(platform);
    expect((await versions(audienceId)).map(({ no }) => no)).toEqual([6]);
  });

  it('are read from a snapshot that is near, however many there were', async () => {
    now = new Date(begin);
    const audienceId = await make();
    for (let day = 0; day < 6; day++) {
      for (let i = 0; i < 60; i++) {
        now = new Date(now.getTime() + 60_000);
        await write(audienceId, Bitmap.range(1, 50_000 + day * 1_000 + i));
      }
      now = new Date(begin + (day + 1) * 86_400_000);
      await compactVersions(platform);
    }
    const left = await versions(audienceId);
    expect(left).toHaveLength(6);
    expect(left[0].snapshot).toBe(true);
    expect([...(await readMembers(platform.pg, audienceId, left[3].no)).slice(53_000, 100)].at(-1)).toBe(53_058);
    const { rows: [{ bytes }] } = await platform.pg.query<{ bytes: number }>('select sum(octet_length(entered) + octet_length(left_members) + coalesce(octet_length(snapshot), 0))::int as bytes from audience_version where audience_id = $1', [audienceId]);
    expect(bytes).toBeLessThan(60_000);
  });
});
