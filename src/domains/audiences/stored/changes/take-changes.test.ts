import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestPlatform, type TestPlatform } from '../../../../../test/harness.ts';
import { Bitmap } from '../../../../kernel/bitmap/bitmap.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import { everybody } from '../../contract/rule.ts';
import { insertAudience } from '../keeping/store.ts';
import { readMembers, readStanding } from '../membership/read-membership.ts';
import { writeMembers } from '../membership/write-membership.ts';
import { type AudienceChange, followAudience, takeChanges, unfollowAudience } from './take-changes.ts';

describe('changes of audiences', () => {
  let test: TestPlatform;
  let audiences: number[];
  let made = 0;
  beforeAll(async () => {
    test = await createTestPlatform();
    await test.platform.pg.query('create table effect (audience_id int, version_no int, taker text)');
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    await test.platform.pg.query('truncate effect, audience_cursor');
    audiences = await Promise.all([1, 2, 3].map(() => inTransaction(test.platform.pg, (client) =>
      insertAudience(client, { name: `audience ${++made}`, reason: '', kind: 'live', rule: everybody, owner: 'test' }, new Date()))));
  });
  const pool = () => test.platform.pg;
  const write = async (audienceId: number, members: number[]): Promise<void> => {
    const standing = (await readStanding(pool(), audienceId))!;
    const before = await readMembers(pool(), audienceId, standing.versionNo);
    await inTransaction(pool(), (client) => writeMembers(client, { standing, before, after: Bitmap.of(members), at: new Date(), isWhole: false }));
  };
  const follow = (consumer: string, audienceId: number) => inTransaction(pool(), (client) => followAudience(client, consumer, audienceId));
  const takeAll = async (consumer: string): Promise<AudienceChange[]> => {
    const taken: AudienceChange[] = [];
    while (await takeChanges(pool(), consumer, async (_client, change) => void taken.push(change)));
    return taken;
  };
  const told = (changes: AudienceChange[]) => changes.map(({ entered, left }) => [[...entered], [...left]]);

  it('tell who entered and who left, in their order, from the moment they are followed', async () => {
    await write(audiences[0], [1, 2]);
    await follow('journeys', audiences[0]);
    expect(await takeAll('journeys')).toEqual([]);
    await write(audiences[0], [2, 3]);
    await write(audiences[0], [3]);
    await write(audiences[1], [9]);
    const taken = await takeAll('journeys');
    expect(told(taken)).toEqual([[[3], [1]], [[], [2]]]);
    expect(taken.map((change) => [change.audienceId, change.versionNo])).toEqual([[audiences[0], 2], [audiences[0], 3]]);
    expect(await takeAll('journeys')).toEqual([]);
    expect(await takeAll('others')).toEqual([]);
  });

  it('are each consumer\'s own, and following twice changes nothing', async () => {
    await write(audiences[0], [1]);
    await follow('journeys', audiences[0]);
    await write(audiences[0], [1, 2]);
    await follow('journeys', audiences[0]);
    await follow('coupons', audiences[0]);
    expect(told(await takeAll('journeys'))).toEqual([[[2], []]]);
    expect(await takeAll('coupons')).toEqual([]);
    await inTransaction(pool(), (client) => unfollowAudience(client, 'journeys', audiences[0]));
    await write(audiences[0], []);
    expect(await takeAll('journeys')).toEqual([]);
    expect(told(await takeAll('coupons'))).toEqual([[[], [1, 2]]]);
  });

  it('come again when the work fails, and their effect then stands once', async () => {
    await follow('journeys', audiences[0]);
    await write(audiences[0], [5]);
    const note = (fails: boolean) => takeChanges(pool(), 'journeys', async (client, change) => {
      await client.query('insert into effect values ($1, $2, $3)', [change.audienceId, change.versionNo, 'one']);
      if (fails) throw new Error('the mail server is away');
    });
    await expect(note(true)).rejects.toThrow('the mail server is away');
    expect(await note(false)).toBe(true);
    expect(await note(false)).toBe(false);
    expect((await pool().query('select * from effect')).rowCount).toBe(1);
  });

  it('are taken exactly once by several at once, while they are being made', async () => {
    for (const audienceId of audiences) await follow('journeys', audienceId);
    const rounds = 40;
    let isWriting = true;
    const taker = async (name: string): Promise<void> => {
      for (;;) {
        const wasWriting = isWriting;
        const hasTaken = await takeChanges(pool(), 'journeys', async (client, change) => {
          await client.query('insert into effect values ($1, $2, $3)', [change.audienceId, change.versionNo, name]);
        });
        if (!hasTaken && !wasWriting) return;
      }
    };
    const takers = ['one', 'two', 'three'].map(taker);
    for (let i = 1; i <= rounds; i++) await Promise.all(audiences.map((audienceId) => write(audienceId, [i])));
    isWriting = false;
    await Promise.all(takers);
    // Whoever was sent away by a lock of another leaves the rest to that one.
    await takeAll('journeys');
    const { rows } = await pool().query<{ audience_id: number; versions: number; effects: number; takers: number }>(
      `select audience_id, count(distinct version_no)::int as versions, count(*)::int as effects from effect group by audience_id order by audience_id`);
    const { rows: [{ takers: active }] } = await pool().query<{ takers: number }>('select count(distinct taker)::int as takers from effect');
    expect(active).toBeGreaterThan(1);
    expect(rows).toEqual(audiences.toSorted((a, b) => a - b).map((audience_id) => ({ audience_id, versions: rounds, effects: rounds })));
  });
});
