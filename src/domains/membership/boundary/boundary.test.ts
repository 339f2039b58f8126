import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeUnderKills, createBoundaryBrand, stateOf } from '../../../../test/boundary-brand.ts';
import { dayBoundaryOn } from '../../../../test/day-closer.ts';
import type { TestPlatform } from '../../../../test/harness.ts';
import { publishSample, sampleProgramme } from '../../../../test/sample-programme.ts';
import { proveLedger } from '../ledger/store/proof.ts';
import { createDayBoundary, type DayStep } from './boundary.ts';

const people = 3_000;
const gifts = 400;
const at = '2027-01-01T00:00:07+08:00';

describe('the boundary between days', () => {
  const brands: TestPlatform[] = [];
  beforeAll(async () => {
    brands.push(...(await Promise.all([createBoundaryBrand(people, gifts), createBoundaryBrand(people, gifts)])));
  });
  afterAll(() => Promise.all(brands.map((brand) => brand.close())));

  it('case 22, check 10: comes to the same when it is killed anywhere and run again, as if nothing had happened', async () => {
    const [whole, broken] = brands;
    const clock = (day: string): void =>
      brands.forEach(({ platform }) => void (platform.clock.now = () => new Date(day)));
    clock('2026-12-31T12:00:00+08:00');
    await dayBoundaryOn(whole.platform).run();
    await dayBoundaryOn(broken.platform).run();
    clock(at);
    expect(await dayBoundaryOn(whole.platform).run()).toBe(1);
    expect(await closeUnderKills(broken, at, { delayMs: (kills) => 60 + 150 * kills, most: 6 })).toBeGreaterThan(1);
    expect(await stateOf(broken)).toEqual(await stateOf(whole));
    for (const brand of brands)
      expect(await proveLedger(brand.platform.pg)).toEqual({ imbalances: [], wrongLots: [], overReversed: [] });
    const { rows } = await whole.platform.pg.query(
      "select kind, from_tier, to_tier, count(*)::int as n from tier_change where occurred_at = '2027-01-01T00:00:00+08:00' group by 1, 2, 3 order by n",
    );
    expect(rows).toEqual([
      { kind: 'drop', from_tier: 'black', to_tier: 'silver', n: people / 4 },
      { kind: 'drop', from_tier: 'gold', to_tier: 'silver', n: (3 * people) / 4 },
    ]);
    const {
      rows: [{ ended }],
    } = await broken.platform.pg.query(
      "select count(*)::int as ended from points_entry where kind = 'expire' and amount = -50",
    );
    expect(ended).toBe(people / 3);
    const exchanged = await broken.platform.pg.query(
      "select count(*)::int as orders, count(distinct customer_no)::int as people, (select taken from mall_item) as taken, (select sum(amount)::int from points_entry where kind = 'spend') as paid from mall_order where state = 'fulfilled'",
    );
    expect(exchanged.rows).toEqual([{ orders: gifts, people: gifts, taken: gifts, paid: -40 * gifts }]);
  }, 240_000);

  it('changes nothing when it is run again, nor when the clock is put back', async () => {
    const [whole] = brands;
    const before = await stateOf(whole);
    for (const moment of [at, '2026-11-01T00:00:00+08:00', '2027-01-01T10:00:00+08:00']) {
      whole.platform.clock.now = () => new Date(moment);
      expect(await dayBoundaryOn(whole.platform).run()).toBe(0);
    }
    expect(await stateOf(whole)).toEqual(before);
  });

  it('closes days that were missed one by one, in their order, each with its steps in the order that is promised', async () => {
    const { platform } = brands[0];
    platform.clock.now = () => new Date('2027-01-04T00:00:01+08:00');
    const done: string[] = [];
    const step = (name: string): DayStep => ({
      name,
      work: async (day) => (done.push(`${day} ${name}`), { position: null, worked: 1 }),
    });
    expect(await createDayBoundary(platform, [step('activate'), step('expire')]).run()).toBe(3);
    expect(done).toEqual(
      ['2027-01-02', '2027-01-03', '2027-01-04'].flatMap((day) => [`${day} activate`, `${day} expire`]),
    );
    const { rows } = await platform.pg.query(
      "select name from day_boundary where day = '2027-01-01' and ended_at is not null order by step",
    );
    expect(rows.map(({ name }) => name)).toEqual([
      'activate',
      'auto_redeem',
      'new_versions',
      'tiers',
      'expire',
      'tiers_again',
    ]);
  });

  it('goes on in the step and at the position where it stood', async () => {
    const { platform } = brands[0];
    platform.clock.now = () => new Date('2027-01-05T00:00:01+08:00');
    const seen: number[] = [];
    const steps = (breaksAt: number): DayStep[] => [
      { name: 'first', work: async () => ({ position: null, worked: 1 }) },
      {
        name: 'second',
        async work(_, position) {
          if (position === breaksAt) throw new Error('the power went');
          seen.push(position);
          return { position: position < 40 ? position + 10 : null, worked: 10 };
        },
      },
    ];
    await expect(createDayBoundary(platform, steps(20)).run()).rejects.toThrow('the power went');
    expect(await createDayBoundary(platform, steps(-1)).run()).toBe(1);
    expect(seen).toEqual([0, 10, 20, 30, 40]);
    const { rows } = await platform.pg.query(
      "select name, worked from day_boundary where day = '2027-01-05' order by step",
    );
    expect(rows).toEqual([
      { name: 'first', worked: 1 },
      { name: 'second', worked: 50 },
    ]);
  });

  it('ends a day that an earlier program began with a step that there is no more', async () => {
    const { platform } = brands[0];
    platform.clock.now = () => new Date('2027-01-05T12:00:00+08:00');
    await platform.pg.query(
      "insert into day_boundary (day, step, name, began_at) values ('2027-01-05', 3, 'once', '2027-01-05'), ('2027-01-05', 4, 'second', '2027-01-05')",
    );
    const done: string[] = [];
    const second: DayStep = { name: 'second', work: async () => (done.push('second'), { position: null, worked: 1 }) };
    expect(await createDayBoundary(platform, [second]).run()).toBe(1);
    expect(done).toEqual(['second']);
    const open = await platform.pg.query('select from day_boundary where ended_at is null');
    expect(open.rowCount).toBe(0);
  });

  it('check 10: is closed by one process at a time', async () => {
    const { platform } = brands[0];
    platform.clock.now = () => new Date('2027-01-06T00:00:01+08:00');
    let [running, most] = [0, 0];
    const slow: DayStep = {
      name: 'slow',
      work: async () => {
        most = Math.max(most, ++running);
        await sleep(100);
        running--;
        return { position: null, worked: 0 };
      },
    };
    const closed = await Promise.all([1, 2, 3].map(() => createDayBoundary(platform, [slow]).run()));
    expect([closed.sort(), most]).toEqual([[0, 0, 1], 1]);
  });

  it('looks at everybody once when a version begins, some thousands at a time', async () => {
    const { platform } = brands[1];
    platform.clock.now = () => new Date('2027-02-01T00:00:10+08:00');
    await platform.pg.query(
      `insert into growth_entry (customer_no, amount, kind, occurred_at, recorded_at, entry_key, derivation)
        select n, 300, 'order', '2027-01-10', '2027-01-10', 'january ' || n, '{}' from generate_series(1, $1::int) n where n % 5 = 0`,
      [people],
    );
    const lower = sampleProgramme({ tierRules: { clock: { kind: 'rolling', months: 12, startMonth: 1 } } });
    await publishSample(
      platform.pg,
      { ...lower, tiers: lower.tiers.map((tier, i) => (i === 1 ? { ...tier, entry: 250, keep: 250 } : tier)) },
      '2027-02-01T00:00:00+08:00',
    );
    await dayBoundaryOn(platform).run();
    const { rows } = await platform.pg.query(
      'select tier, version_no, count(*)::int as n from member group by 1, 2 order by n',
    );
    expect(rows).toEqual([
      { tier: 'gold', version_no: 2, n: people / 5 },
      { tier: 'silver', version_no: 2, n: (4 * people) / 5 },
    ]);
  }, 60_000);
});
