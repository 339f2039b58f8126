import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestPlatform, type TestPlatform } from '../../../../../test/harness.ts';
import { Bitmap } from '../../../../kernel/bitmap/bitmap.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import { writeBrand } from '../../../../platform/settings.ts';
import { everybody } from '../../contract/rule.ts';
import { insertAudience } from '../keeping/store.ts';
import { readMembers, readStanding } from '../membership/read-membership.ts';
import { writeMembers } from '../membership/write-membership.ts';
import { readDays } from './history.ts';

describe('the days of an audience', () => {
  let test: TestPlatform;
  let audienceId: number;
  let now = new Date();
  beforeAll(async () => {
    test = await createTestPlatform();
    test.platform.clock = { now: () => now };
    audienceId = await inTransaction(test.platform.pg, (client) => insertAudience(client, { name: 'all', reason: '', kind: 'live', rule: everybody, owner: 'test' }, now));
    for (const [at, members] of [
      // Clocks in São Paulo skipped the hour from midnight on 2018-11-04, so that the day began at three in Greenwich minus an hour.
      ['2018-11-02T15:00:00Z', [1, 2]], ['2018-11-03T15:00:00Z', [2, 3]], ['2018-11-03T15:00:01Z', [3]], ['2018-11-04T02:59:59Z', [3, 4]],
      ['2018-11-04T03:00:00Z', [4, 5, 6]], ['2018-11-05T01:59:59Z', []], ['2018-11-07T12:00:00Z', [7]],
    ] as [string, number[]][]) {
      const standing = (await readStanding(test.platform.pg, audienceId))!;
      const before = await readMembers(test.platform.pg, audienceId, standing.versionNo);
      await inTransaction(test.platform.pg, (client) => writeMembers(client, { standing, before, after: Bitmap.of(members), at: new Date(at), isWhole: true }));
    }
  });
  afterAll(() => test.close());

  const days = async (timeZone: string, asked: { from?: string; to?: string }, at = '2018-11-08T12:00:00Z') => {
    now = new Date(at);
    await writeBrand(test.platform.pg, { name: 'x', timeZone, currency: 'BRL' });
    return (await readDays(test.platform, audienceId, asked)).map(({ day, size, entered, left }) => [day.slice(5), size, entered, left]);
  };

  it('are those of the brand\'s zone, the one that lacks an hour too, and quiet days keep their size', async () => {
    expect(await days('America/Sao_Paulo', {})).toEqual([
      ['11-02', 2, 0, 0], ['11-03', 2, 2, 2], ['11-04', 0, 2, 4], ['11-05', 0, 0, 0], ['11-06', 0, 0, 0], ['11-07', 1, 1, 0], ['11-08', 1, 0, 0],
    ]);
    expect(await days('Asia/Shanghai', { from: '2018-11-04', to: '2018-11-05' })).toEqual([['11-04', 3, 3, 1], ['11-05', 0, 0, 3]]);
  });

  it('begin when the audience was made and end today', async () => {
    expect(await days('UTC', { from: '2018-10-01', to: '2018-11-30' }, '2018-11-03T23:00:00Z')).toEqual([['11-02', 2, 0, 0], ['11-03', 1, 1, 2]]);
    expect(await days('UTC', { from: '2018-10-01', to: '2018-10-30' })).toEqual([]);
    expect(await days('UTC', { from: '2018-11-06', to: '2018-11-06' })).toEqual([['11-06', 0, 0, 0]]);
  });

  it('add up: what there was, more who came, less who left, is what there is', async () => {
    for (const zone of ['UTC', 'Asia/Shanghai', 'America/Sao_Paulo', 'Pacific/Kiritimati']) {
      const all = await days(zone, {});
      for (let i = 1; i < all.length; i++) expect(Number(all[i - 1][1]) + Number(all[i][2]) - Number(all[i][3])).toBe(all[i][1]);
    }
  });

  it('are of no audience that does not exist', async () => {
    await expect(readDays(test.platform, 999_999, {})).rejects.toMatchObject({ code: 'audiences.not_found', status: 404 });
  });
});
