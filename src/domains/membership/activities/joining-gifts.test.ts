import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ActivityClub, createActivityClub } from '../../../../test/activity-club.ts';
import { reward } from '../../../../test/sample-activity.ts';

const people = 450;

describe('gifts for joining', () => {
  let club: ActivityClub;
  beforeAll(async () => {
    club = await createActivityClub({ people, points: 1 });
    await club.rows("update member set joined_at = '2026-02-10T00:00:00Z'");
  });
  afterAll(() => club.test.close());

  const given = async (activityNo: number): Promise<number[]> =>
    (await club.rows<{ no: number }>('select customer_no as no from activity_participation where activity_no = $1 order by 1', [activityNo])).map(({ no }) => no);

  it('reach everybody who joined while it was on, however many they are, and nobody twice', async () => {
    const activityNo = await club.run({ kind: 'joining', reward: reward(10) }, { startsAt: '2026-02-01T00:00:00Z', endsAt: '2099-02-20T00:00:00Z' });
    await club.rows("update member set joined_at = '2026-01-31T23:59:59Z' where customer_no = 1");
    await club.rows("update member set left_at = '2026-02-12' where customer_no = 2");
    expect(await club.activities.tidyUp()).toBe(people - 2);
    expect(await club.activities.tidyUp()).toBe(0);
    expect(await given(activityNo)).toEqual(Array.from({ length: people - 2 }, (_, i) => i + 3));
    await club.rows("update activity set state = 'ended' where activity_no = $1", [activityNo]);
  });

  it('are for the tiers they name, and one for a person of several numbers', async () => {
    await club.rows("update member set tier = 'gold' where customer_no between 10 and 14");
    await club.rows('update customer set status = 1, merged_into = 10, merged_at = now() where customer_no = 11');
    const activityNo = await club.run({ kind: 'joining', reward: reward(10) }, { startsAt: '2026-02-01T00:00:00Z', tiers: ['gold'] });
    expect(await club.activities.tidyUp()).toBe(4);
    expect(await given(activityNo)).toEqual([10, 12, 13, 14]);
    await club.rows("update activity set state = 'ended' where activity_no = $1", [activityNo]);
  });

  it('stop when the budget is spent, and go on with nobody', async () => {
    const activityNo = await club.run({ kind: 'joining', reward: reward(10) }, { startsAt: '2026-02-01T00:00:00Z', budget: 35 });
    expect(await club.activities.tidyUp()).toBe(3);
    expect(await club.activities.tidyUp()).toBe(0);
    expect((await given(activityNo)).length).toBe(3);
    expect(await club.rows('select promised from activity where activity_no = $1', [activityNo])).toEqual([{ promised: 30 }]);
  });
});
