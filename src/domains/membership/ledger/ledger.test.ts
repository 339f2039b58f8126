import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestPlatform, type TestPlatform } from '../../../../test/harness.ts';
import { systemActor } from '../../../kernel/actor.ts';
import { Problem } from '../../../kernel/problem.ts';
import { seededRandom } from '../../../kernel/seeded-random.ts';
import type { Done } from './carry-out.ts';
import type { Command, Earn, GiveBack, TakeBack } from './command.ts';
import { createLedger, type Ledger } from './ledger.ts';
import { proveLedger } from './store/proof.ts';

const dayMs = 86_400_000;
const start = Date.parse('2026-01-01T00:00:00Z');

describe('the ledger of points', () => {
  let test: TestPlatform;
  let ledger: Ledger;
  let now = start;
  let made = 0;
  let people = 100_000;
  /** Whose accounts are one person's: none but those a test merges. */
  const lineages = new Map<number, number[]>();
  beforeAll(async () => {
    test = await createTestPlatform();
    const { pg } = test.platform;
    ledger = createLedger({ pg, clock: { now: () => new Date(now) } }, async (_, customerNos) => new Map(customerNos.map((no) => [no, lineages.get(no) ?? [no]])));
  });
  afterAll(() => test.close());

  const key = (): string => `k${++made}`;
  const common = () => ({ key: key(), occurredAt: now, derivation: {} });
  const earn = (customerNo: number, amount: number, more: Partial<Earn> = {}) => ledger.execute({ kind: 'earn', customerNo, amount, availableAt: now, expiresAt: null, ...common(), ...more });
  const spend = (customerNo: number, amount: number, more: { key?: string } = {}) => ledger.execute({ kind: 'spend', customerNo, amount, ...common(), ...more });
  const takeBack = (customerNo: number, of: string, amount: number, more: Partial<TakeBack> = {}) => ledger.execute({ kind: 'take_back', customerNo, of, amount, policy: 'within_balance', debtLimit: 0, ...common(), ...more });
  const giveBack = (customerNo: number, of: string, amount: number, more: Partial<GiveBack> = {}) => ledger.execute({ kind: 'give_back', customerNo, of, amount, reinstatedUntil: now + 7 * dayMs, ...common(), ...more });
  const refusal = (work: Promise<unknown>): Promise<string> => work.then(() => 'done', (error: unknown) => (error instanceof Problem ? error.code : String(error)));
  const addsUp = async (): Promise<void> => expect(await proveLedger(test.platform.pg)).toEqual({ imbalances: [], wrongLots: [], overReversed: [] });
  const entriesOf = async (customerNo: number) => (await test.platform.pg.query<{ kind: string; amount: number; occurredAt: Date; shortfall: number }>(
    'select kind, amount, occurred_at as "occurredAt", shortfall from points_entry where customer_no = $1 order by entry_no', [customerNo])).rows;

  it('case 1: spends what ends first, of those what was earned first, and what never ends last', async () => {
    const no = ++people;
    const [never, late, soon] = [await earn(no, 10), await earn(no, 10, { expiresAt: now + 9 * dayMs }), await earn(no, 10, { expiresAt: now + 2 * dayMs })];
    const lotOf = ({ lots }: Done): number => lots[0].lotNo;
    expect((await spend(no, 25)).lots).toEqual([
      { lotNo: lotOf(soon), amount: 10, expiresAt: now + 2 * dayMs }, { lotNo: lotOf(late), amount: 10, expiresAt: now + 9 * dayMs }, { lotNo: lotOf(never), amount: 5, expiresAt: null },
    ]);
  });

  it('case 2: of two redemptions at once that are too much together one succeeds, and the other is told what is there', async () => {
    const no = ++people;
    await earn(no, 100);
    const results = await Promise.allSettled([spend(no, 60), spend(no, 60)]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(results.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'membership.insufficient_points', status: 409, params: { available: 40, wanted: 60 } } });
  });

  it('cases 3, 4 and 5: the same key answers the same for ever, also when its lots have ended since; another command under it is refused', async () => {
    const no = ++people;
    await earn(no, 50, { expiresAt: now + dayMs });
    const same = { kind: 'spend' as const, key: key(), customerNo: no, amount: 20, occurredAt: now, derivation: { b: 1, a: [{ d: 2, c: 3 }] } };
    const first = await ledger.execute(same);
    now += 3 * dayMs;
    expect(await ledger.execute({ ...same, derivation: { a: [{ c: 3, d: 2 }], b: 1 } })).toEqual({ ...first, isReplay: true });
    expect(await refusal(ledger.execute({ ...same, amount: 21 }))).toBe('membership.key_used');
    const twice = await Promise.all([ledger.execute({ ...same, key: 'twice', amount: 1, kind: 'earn', availableAt: now, expiresAt: null }), ledger.execute({ ...same, key: 'twice', amount: 1, kind: 'earn', availableAt: now, expiresAt: null })]);
    expect(twice.map(({ isReplay }) => isReplay)).toEqual([false, true]);
  });

  it('case 6: what has ended cannot be spent, whether or not anybody wrote that down', async () => {
    const no = ++people;
    await earn(no, 10, { expiresAt: now + dayMs });
    await earn(no, 5);
    now += dayMs;
    expect(await refusal(spend(no, 6))).toBe('membership.insufficient_points');
    expect((await entriesOf(no)).at(-1)).toMatchObject({ kind: 'expire', amount: -10, occurredAt: new Date(now) });
    expect((await spend(no, 5)).balance).toEqual({ available: 0, pending: 0, held: 0, debt: 0 });
  });

  it('case 7: points that are pending are taken back whole, and never become available', async () => {
    const no = ++people;
    const of = key();
    await earn(no, 30, { key: of, availableAt: now + 14 * dayMs });
    expect(await refusal(spend(no, 1))).toBe('membership.insufficient_points');
    expect(await takeBack(no, of, 30, { policy: 'only_pending' })).toMatchObject({ amount: -30, shortfall: 0, balance: { available: 0, pending: 0 } });
    now += 20 * dayMs;
    expect((await earn(no, 1)).balance.available).toBe(1);
  });

  it('case 9: what was spent since is told as missing, or owed up to a limit and repaid before anything new can be spent', async () => {
    const no = ++people;
    const of = [key(), key()];
    for (const each of of) await earn(no, 100, { key: each });
    await spend(no, 180);
    expect(await takeBack(no, of[0], 60)).toMatchObject({ amount: -20, shortfall: 40, balance: { available: 0, debt: 0 } });
    expect((await entriesOf(no)).at(-1)).toMatchObject({ kind: 'take_back', amount: 0, shortfall: 40 });
    expect(await refusal(takeBack(no, of[0], 41))).toBe('membership.reverses_too_much');
    expect(await takeBack(no, of[1], 100, { policy: 'debt', debtLimit: 70 })).toMatchObject({ amount: -70, shortfall: 30, balance: { debt: 70 } });
    expect((await earn(no, 50, { availableAt: now + dayMs })).balance).toEqual({ available: 0, pending: 50, held: 0, debt: 70 });
    now += dayMs;
    expect((await earn(no, 30)).balance).toEqual({ available: 10, pending: 0, held: 0, debt: 0 });
    // Somebody who was wronged gets it back: nothing is owed any more, so it comes as points.
    const wronged = (await test.platform.pg.query("select command_key from points_entry where customer_no = $1 and kind = 'take_back' order by entry_no desc limit 1", [no])).rows[0].command_key;
    expect((await giveBack(no, wronged, 70)).balance.available).toBe(80);
    await addsUp();
  });

  it('case 11: what was spent comes back to the lots it came from, with a short new term only where they have ended', async () => {
    const no = ++people;
    await earn(no, 10, { expiresAt: now + 5 * dayMs });
    await earn(no, 10, { expiresAt: now + 90 * dayMs });
    const of = key();
    const spent = await spend(no, 20, { key: of });
    now += 6 * dayMs;
    const back = [await giveBack(no, of, 4), await giveBack(no, of, 16)];
    expect(back.flatMap(({ lots }) => lots)).toEqual([
      { lotNo: spent.lots[1].lotNo, amount: 4, expiresAt: spent.lots[1].expiresAt },
      { lotNo: spent.lots[1].lotNo, amount: 6, expiresAt: spent.lots[1].expiresAt },
      { lotNo: expect.any(Number), amount: 10, expiresAt: now + 7 * dayMs },
    ]);
    expect(await refusal(giveBack(no, of, 1))).toBe('membership.reverses_too_much');
    expect(await refusal(giveBack(no, 'never', 1))).toBe('membership.nothing_to_reverse');
  });

  it('case 17: a hold lets go by itself, its points end when they would have, and a late payment is refused', async () => {
    const no = ++people;
    await earn(no, 40, { expiresAt: now + 2 * dayMs });
    const hold = (amount: number) => ({ kind: 'hold' as const, customerNo: no, amount, expiresAt: now + dayMs, ...common() });
    const [first, second] = [hold(30), hold(10)];
    expect((await ledger.execute(first)).balance).toEqual({ available: 10, pending: 0, held: 30, debt: 0 });
    await ledger.execute(second);
    expect(await refusal(spend(no, 1))).toBe('membership.insufficient_points');
    const commit = (holdKey: string, amount?: number) => ledger.execute({ kind: 'commit', customerNo: no, holdKey, ...(amount === undefined ? {} : { amount }), ...common() });
    expect(await refusal(commit(first.key, 31))).toBe('membership.more_than_held');
    expect(await commit(first.key, 25)).toMatchObject({ amount: -25, balance: { available: 5, held: 10 } });
    expect(await refusal(commit(first.key))).toBe('membership.hold_committed');
    now += dayMs;
    expect(await refusal(commit(second.key))).toBe('membership.hold_expired');
    expect((await earn(no, 1)).balance).toEqual({ available: 16, pending: 0, held: 0, debt: 0 });
    now += dayMs;
    expect((await earn(no, 1)).balance.available).toBe(2);
    expect(await refusal(commit('never'))).toBe('membership.hold_not_found');
  });

  it('case 18: accounts of merged people are one, and part again with what is theirs', async () => {
    const [a, b] = [++people, ++people];
    const of = key();
    await earn(a, 30, { expiresAt: now + 3 * dayMs });
    await earn(b, 50, { key: of, expiresAt: now + 2 * dayMs });
    await spend(b, 50);
    await takeBack(b, of, 40, { policy: 'debt', debtLimit: 100 });
    for (const no of [a, b]) lineages.set(no, [a, b]);
    // What one of them owes the other pays.
    expect((await earn(b, 25)).balance).toEqual({ available: 15, pending: 0, held: 0, debt: 0 });
    expect(await spend(a, 5)).toMatchObject({ amount: -5, balance: { available: 10 } });
    await addsUp();
    for (const no of [a, b]) lineages.delete(no);
    expect((await earn(a, 1)).balance.available + (await earn(b, 1)).balance.available).toBe(12);
    await addsUp();
  });

  it('case 18: what a hold of both put aside is spent once, also where they part, one spends their part, and they are one again', async () => {
    const [a, b] = [++people, ++people];
    for (const no of [a, b]) {
      await earn(no, 10);
      lineages.set(no, [a, b]);
    }
    const hold = key();
    await ledger.execute({ kind: 'hold', customerNo: a, amount: 20, expiresAt: now + dayMs, ...common(), key: hold });
    const commit = (customerNo: number) => ledger.execute({ kind: 'commit', customerNo, holdKey: hold, ...common() });
    for (const no of [a, b]) lineages.delete(no);
    expect(await commit(a)).toMatchObject({ amount: -10, balance: { available: 0, held: 0 } });
    for (const no of [a, b]) lineages.set(no, [a, b]);
    expect(await commit(a)).toMatchObject({ amount: -10, balance: { available: 0, held: 0 } });
    expect(await refusal(commit(b))).toBe('membership.hold_committed');
    for (const no of [a, b]) lineages.delete(no);
    await addsUp();
  });

  it('200 at once on one person: nobody waits in a circle, nothing goes below zero, and every loser is told why', async () => {
    const no = ++people;
    await earn(no, 100);
    const results = await Promise.all(Array.from({ length: 200 }, () => refusal(spend(no, 1))));
    expect(results.filter((each) => each === 'done')).toHaveLength(100);
    expect(new Set(results)).toEqual(new Set(['done', 'membership.insufficient_points']));
  });

  it('what comes at the same time may refer to each other: earned, held, spent, taken and given back in one go', async () => {
    const no = ++people;
    const [of, hold, spent] = [key(), key(), key()];
    const results = await Promise.all([
      earn(no, 100, { key: of }),
      ledger.execute({ kind: 'hold', customerNo: no, amount: 30, expiresAt: now + dayMs, ...common(), key: hold }),
      ledger.execute({ kind: 'commit', customerNo: no, holdKey: hold, amount: 20, ...common(), key: spent }),
      takeBack(no, of, 90, { policy: 'debt', debtLimit: 100 }),
      giveBack(no, spent, 15),
    ]);
    expect(results.map(({ amount, balance: { available, held, debt } }) => [amount, available, held, debt])).toEqual([
      [100, 100, 0, 0], [0, 70, 30, 0], [-20, 80, 0, 0], [-90, 0, 0, 10], [15, 5, 0, 0],
    ]);
    await addsUp();
  });

  it('a line of the audit log comes with its command: once, and not at all for what is refused', async () => {
    const no = ++people;
    const audit = { actor: systemActor, action: 'membership.adjust', subject: `customer:${no}`, details: {} };
    const lines = async () => (await test.platform.pg.query<{ n: number }>('select count(*) as n from audit_log where subject = $1', [`customer:${no}`])).rows[0].n;
    const given = { kind: 'earn' as const, customerNo: no, amount: 5, availableAt: now, expiresAt: null, ...common(), audit };
    await Promise.all([ledger.execute(given), ledger.execute(given)]);
    expect(await lines()).toBe(1);
    expect(await refusal(ledger.execute({ kind: 'spend', customerNo: no, amount: 6, ...common(), audit }))).toBe('membership.insufficient_points');
    expect(await lines()).toBe(1);
    await ledger.execute({ kind: 'spend', customerNo: no, amount: 5, ...common(), audit });
    expect(await lines()).toBe(2);
  });

  it('nobody has the points of a number that was never given', async () => {
    const nobody = createLedger({ pg: test.platform.pg, clock: { now: () => new Date(now) } }, async () => new Map());
    const one = { kind: 'earn' as const, customerNo: ++people, amount: 5, availableAt: now, expiresAt: null, ...common() };
    expect(await refusal(nobody.execute(one))).toBe('membership.nobody');
    expect(await refusal(ledger.execute(one))).toBe('done');
  });

  it('one command that cannot even be tried does not take others down with it', async () => {
    const no = ++people;
    const broken = { kind: 'earn', customerNo: 2 ** 40, amount: 1, availableAt: now, expiresAt: null, ...common() } as Command;
    const [bad, good] = await Promise.allSettled([ledger.execute(broken), earn(no, 7)]);
    expect([bad.status, good.status]).toEqual(['rejected', 'fulfilled']);
  });

  it('stands up to random histories: 2,000 people who earn, spend, hold, refund and merge while time goes on', async () => {
    const random = seededRandom(5);
    const chance = (n: number): number => Math.floor(random() * n);
    const crowd = Array.from({ length: 2_000 }, () => ++people);
    const past = new Map<number, Command[]>(crowd.map((no) => [no, []]));
    const outcomes = new Map<string, Done>();
    const next = (customerNo: number): Command => {
      const before = past.get(customerNo)!;
      const some = <K extends Command['kind']>(...kinds: K[]): string => {
        const found = before.filter(({ kind }) => kinds.includes(kind as K));
        return found.length > 0 ? found[chance(found.length)].key : 'never';
      };
      const base = { ...common(), customerNo, amount: 1 + chance(60) };
      switch (chance(9)) {
        case 0: case 1: case 2: return { ...base, kind: 'earn', availableAt: now + chance(3) * 5 * dayMs, expiresAt: chance(4) === 0 ? null : now + (1 + chance(40)) * dayMs };
        case 3: return { ...base, kind: 'spend' };
        case 4: return { ...base, kind: 'hold', expiresAt: now + (1 + chance(12)) * dayMs };
        case 5: return { ...common(), customerNo, kind: 'commit', holdKey: some('hold') };
        case 6: return { ...common(), customerNo, kind: 'release', holdKey: some('hold') };
        case 7: return { ...base, kind: 'take_back', of: some('earn'), policy: (['only_pending', 'within_balance', 'debt', 'debt'] as const)[chance(4)], debtLimit: chance(80) };
        default: return { ...base, kind: 'give_back', of: some('spend', 'commit', 'take_back'), reinstatedUntil: now + 7 * dayMs };
      }
    };
    let refused = 0;
    for (let step = 0; step < 14; step++) {
      const commands = crowd.flatMap((no) => (chance(3) === 0 ? [] : [next(no)]));
      await Promise.all(commands.map((command) => ledger.execute(command).then((done) => {
        past.get(command.customerNo)!.push(command);
        outcomes.set(command.key, done);
        const { available, pending, held, debt } = done.balance;
        if (Math.min(available, pending, held, debt) < 0) throw new Error(`${command.key}: ${JSON.stringify(done)}`);
      }, (error: unknown) => {
        if (!(error instanceof Problem)) throw error;
        refused++;
      })));
      await addsUp();
      // Neighbours become one person, or two again.
      for (let i = 0; i + 1 < crowd.length; i += 3) {
        const pair = [crowd[i], crowd[i + 1]];
        if (chance(2) === 0) for (const no of pair) if (lineages.has(no)) lineages.delete(no); else lineages.set(no, pair);
      }
      now += chance(6) * dayMs;
      // Sometimes somebody does what time alone does, sometimes it waits until it is needed.
      if (chance(2) === 0) while ((await ledger.settleDue()) > 0);
      await addsUp();
    }
    expect(refused).toBeGreaterThan(1_000);
    // Every accepted command once more: nothing changes, and each answers what it did.
    const count = async () => (await test.platform.pg.query('select (select count(*) from points_entry) as entries, (select count(*) from points_allocation) as allocations, (select sum(remaining) from points_lot) as lots')).rows;
    const before = await count();
    const again = [...past.values()].flatMap((commands) => commands);
    await Promise.all(again.map(async (command) => expect(await ledger.execute(command)).toEqual({ ...outcomes.get(command.key), isReplay: true })));
    expect(await count()).toEqual(before);
    // What was spent says of which lots, and none of them had ended.
    const { rows } = await test.platform.pg.query<{ unexplained: number; late: number }>(
      `select (select count(*) from points_entry e where kind in ('spend', 'expire') and -amount <> (select coalesce(sum(a.amount), 0) from points_allocation a where a.entry_no = e.entry_no)) as unexplained,
        (select count(*) from points_entry e join points_allocation a using (entry_no) join points_lot l using (lot_no) where e.kind = 'spend' and (e.occurred_at >= l.expires_at or e.occurred_at < l.available_at)) as late`);
    expect(rows).toEqual([{ unexplained: 0, late: 0 }]);
  });

  it('comes to the same whether time is settled once or day by day', async () => {
    const random = seededRandom(8);
    const pairs = Array.from({ length: 12 }, () => [++people, ++people]);
    for (const [one, other] of pairs) {
      const debt = key();
      for (let i = 0; i < 6; i++) {
        const [amount, available, ends] = [1 + Math.floor(random() * 50), Math.floor(random() * 20), 20 + Math.floor(random() * 20)];
        for (const no of [one, other]) await earn(no, amount, { availableAt: now + available * dayMs, expiresAt: now + ends * dayMs, ...(i === 0 ? { key: `${debt} ${no}`, availableAt: now } : {}) });
      }
      for (const no of [one, other]) {
        await spend(no, 1);
        await takeBack(no, `${debt} ${no}`, 1, { policy: 'debt', debtLimit: 500 });
      }
    }
    const others = new Set(pairs.map(([, other]) => other));
    const begin = now;
    const sum = async (numbers: Iterable<number>) => (await test.platform.pg.query('select kind, sum(amount) as amount, occurred_at from points_entry where customer_no = any($1) group by 1, 3 order by 1, 3', [[...numbers]])).rows;
    for (let day = 1; day <= 45; day++) {
      now = begin + day * dayMs;
      await Promise.all(pairs.map(([one]) => ledger.execute({ kind: 'release', customerNo: one, holdKey: 'never', ...common() }).catch(() => undefined)));
    }
    await Promise.all([...others].map((no) => ledger.execute({ kind: 'release', customerNo: no, holdKey: 'never', ...common() }).catch(() => undefined)));
    expect(await sum(others)).toEqual(await sum(pairs.map(([one]) => one)));
    await addsUp();
  });
});
