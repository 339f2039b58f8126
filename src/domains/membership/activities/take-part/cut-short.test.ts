import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type ActivityClub, createActivityClub } from '../../../../../test/activity-club.ts';
import { prize, reward, sampleLottery, signIn } from '../../../../../test/sample-activity.ts';
import type { Command } from '../../ledger/command.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import { proveLedger } from '../../ledger/store/proof.ts';

describe('a participation that is cut short', () => {
  let club: ActivityClub;
  let cut: { kind: Command['kind']; when: 'before' | 'after' | null } = { kind: 'spend', when: null };
  let person = 0;
  beforeAll(async () => {
    club = await createActivityClub({
      people: 40,
      points: 100,
      // The process dies just before a command of this kind reaches the ledger, or just after.
      between: (ledger: Ledger) => ({
        async execute(command: Command) {
          const when = command.kind === cut.kind ? cut.when : null;
          if (when === 'before') throw new Error('cut short');
          const done = await ledger.execute(command);
          if (when === 'after') throw new Error('cut short');
          return done;
        },
      }),
    });
  });
  afterAll(() => club.test.close());
  beforeEach(() => {
    person += 1;
    cut = { kind: 'spend', when: null };
  });

  const later = (seconds: number): void => club.setTime(new Date(club.now().getTime() + seconds * 1_000));
  const join = (activityNo: number, key = 'once') => club.activities.takePart({ activityNo, customerNo: person, key: `${key} ${person}` });
  const available = async (): Promise<number> =>
    (await club.rows<{ n: number }>('select coalesce(sum(remaining), 0)::int as n from points_lot where customer_no = $1', [person]))[0].n;
  const addsUp = async (): Promise<void> => expect(await proveLedger(club.test.platform.pg)).toEqual({ imbalances: [], wrongLots: [], overReversed: [] });
  const finishLater = async (): Promise<void> => {
    cut.when = null;
    expect(await club.activities.tidyUp()).toBe(0);
    later(16);
    expect(await club.activities.tidyUp()).toBe(1);
    expect(await club.activities.tidyUp()).toBe(0);
  };
  const certain = (points: number) => sampleLottery({ prizes: [prize('good', 1, { kind: 'points', points }), prize('thanks', 0, { kind: 'nothing' })] });

  it.each([
    ['spend', 'before'],
    ['spend', 'after'],
    ['earn', 'before'],
    ['earn', 'after'],
  ] as const)('at its %s, %s it is done, is finished by the next turn: paid once, drawn once, given once', async (kind, when) => {
    const activityNo = await club.run(certain(30), { budget: 1_000 });
    cut = { kind, when };
    await expect(join(activityNo)).rejects.toThrow('cut short');
    await finishLater();
    const { isReplay, points, prize: won, state } = await join(activityNo);
    expect([isReplay, points, won?.key, state]).toEqual([true, 30, 'good', 'done']);
    expect(await available()).toBe(100 - 20 + 30);
    expect(await club.rows('select promised from activity where activity_no = $1', [activityNo])).toEqual([{ promised: 30 }]);
    await addsUp();
  });

  it('is drawn as it was drawn before: whoever finishes it comes to the same prize', async () => {
    const activityNo = await club.run(sampleLottery());
    cut = { kind: 'earn', when: 'before' };
    await join(activityNo).catch(() => undefined);
    const before = await club.rows<{ prize: string }>('select prize_key as prize from activity_participation where activity_no = $1', [activityNo]);
    cut.when = null;
    later(16);
    await club.activities.tidyUp();
    expect((await join(activityNo)).prize?.key).toBe(before[0].prize);
  });

  it('and cannot be paid any more leaves nothing behind, of its budget neither', async () => {
    const activityNo = await club.run(certain(30), { budget: 1_000 });
    cut = { kind: 'spend', when: 'before' };
    await expect(join(activityNo)).rejects.toThrow('cut short');
    await club.ledger.execute({ kind: 'spend', key: `elsewhere ${person}`, customerNo: person, occurredAt: 0, derivation: {}, amount: 90 });
    await finishLater();
    expect(await club.rows('select from activity_participation where activity_no = $1', [activityNo])).toEqual([]);
    expect(await club.rows('select promised from activity where activity_no = $1', [activityNo])).toEqual([{ promised: 0 }]);
    expect(await available()).toBe(10);
  });

  it('of an exchange is finished with its order, and without it gives its place back', async () => {
    const itemNo = await club.addItem();
    const activityNo = await club.run({ kind: 'exchange', itemNo, points: 40, stock: 1 });
    cut = { kind: 'spend', when: 'after' };
    await expect(join(activityNo)).rejects.toThrow('cut short');
    cut.when = null;
    later(16);
    await club.mall.tidyUp();
    await club.activities.tidyUp();
    expect(await join(activityNo)).toMatchObject({ isReplay: true, cost: 40, state: 'done', orderNo: expect.any(Number) });
    expect(await available()).toBe(60);
    const dear = await club.run({ kind: 'exchange', itemNo, points: 400, stock: 1 });
    await expect(join(dear, 'dear')).rejects.toMatchObject({ code: 'membership.insufficient_points' });
    expect(await club.rows('select given from activity_prize where activity_no = $1', [dear])).toEqual([{ given: 0 }]);
    await addsUp();
  });

  it('gives growth once as well', async () => {
    const activityNo = await club.run({ kind: 'joining', reward: reward(5, 9) });
    cut = { kind: 'earn', when: 'after' };
    await expect(join(activityNo)).rejects.toThrow('cut short');
    cut.when = null;
    await club.rows("update activity set state = 'ended' where activity_no = $1", [activityNo]);
    later(16);
    // Twice over: the second turn finds it done.
    await club.activities.tidyUp();
    await club.activities.tidyUp();
    expect(await club.rows("select amount from growth_entry where customer_no = $1 and kind = 'activity'", [person])).toEqual([{ amount: 9 }]);
    expect(await available()).toBe(105);
  });

  it('is not removed by who was slow, once somebody else has taken it over', async () => {
    const activityNo = await club.run(certain(30));
    cut = { kind: 'spend', when: 'before' };
    await expect(join(activityNo)).rejects.toThrow('cut short');
    await club.rows('update activity_participation set attempt = attempt + 1 where activity_no = $1', [activityNo]);
    const { findParticipation, removeParticipation } = await import('./store.ts');
    const client = await club.test.platform.pg.connect();
    const made = await findParticipation(client, { key: `once ${person}` });
    expect(made && (await removeParticipation(client, { ...made, attempt: 1 }))).toBe(false);
    client.release();
    cut.when = null;
  });

  it('is answered after the one who came first under its key, by what that came to', async () => {
    const activityNo = await club.run(signIn());
    const many = await Promise.all(Array.from({ length: 30 }, () => join(activityNo)));
    expect(many.filter(({ isReplay }) => !isReplay)).toHaveLength(1);
    expect(new Set(many.map(({ participationNo }) => participationNo)).size).toBe(1);
    expect(await available()).toBe(105);
  });
});
