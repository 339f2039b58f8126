import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMessagingServer, type MessagingServer } from '../../../../../test/messaging-server.ts';
import { insertLines, testLine, type TestLine } from '../../../../../test/order-lines.ts';
import { Bitmap } from '../../../../kernel/bitmap/bitmap.ts';
import { seededRandom } from '../../../../kernel/seeded-random.ts';
import { noBudget } from '../../part.ts';
import { createSay } from '../../../../platform/i18n.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import { universalSubject } from '../../../messaging/public.ts';
import { changeGateRules, firstRules } from '../../../messaging/contract.ts';
import { changeCampaignPolicy, type EffectLift, readUniversalEffect } from '../../contract.ts';
import { createResults, type Results } from '../results.ts';

const people = 2_000;
const drawnAt = '2026-03-10T02:00:00Z';
const now = '2026-05-20T04:00:00Z';
/** Days of the brand's calendar, which begins eight hours before that of the world. */
const months = { '2026-03': [drawnAt, '2026-03-31T16:00:00Z'], '2026-04': ['2026-03-31T16:00:00Z', '2026-04-30T16:00:00Z'], '2026-05': ['2026-04-30T16:00:00Z', now] } as const;

describe('what all programs together bring', () => {
  let shop: MessagingServer;
  let results: Results;
  let lines: TestLine[];
  let control: Bitmap;
  beforeAll(async () => {
    shop = await createMessagingServer('campaigns.read campaigns.approve');
    const { platform, messaging: { experiments } } = shop;
    await platform.pg.query("insert into customer (customer_no, created_at) select n, '2025-01-01' from generate_series(1, $1) n", [people]);
    results = createResults({ ...shop, budget: noBudget, say: createSay(), dataVersion: async () => 1 });
    shop.setTime(drawnAt);
    expect(await results.keepUniversalEffect()).toBe(0);
    expect(await shop.ask(readUniversalEffect)).toMatchObject({ status: 200, body: { effect: null, isCounting: false, sentence: expect.stringContaining('no universal control group') } });
    await inTransaction(platform.pg, async (client) => {
      const no = await experiments.ensure(client, universalSubject, [{ key: 'control', isControl: true, share: 2_000 }, { key: 'reached', isControl: false, share: 8_000 }], 'long');
      [control] = await experiments.assign(client, no, Bitmap.range(1, people + 1));
    });
    expect(await shop.ask(readUniversalEffect)).toMatchObject({ body: { effect: null, isCounting: true, sentence: expect.stringContaining(`${control.size} people`) } });
    const random = seededRandom(12);
    const from = Date.parse('2025-12-01T00:00:00Z');
    const span = Date.parse('2026-05-19T00:00:00Z') - from;
    lines = await insertLines(platform.clickhouse, Array.from({ length: 16_000 }, (_, i) => {
      const customerNo = 1 + Math.floor(random() ** 2 * people);
      const at = new Date(from + Math.floor(random() * span));
      // Whoever may be reached spends more from April on.
      const more = at.toISOString() > '2026-04' && !control.has(customerNo) ? 25 : 0;
      return testLine({ customerNo, order: `O${i}`, at: at.toISOString(), amount: Math.floor(random() * 80) + more });
    }));
    shop.setTime(now);
    expect(await results.keepUniversalEffect()).toBe(4);
  });
  afterAll(() => shop.close());

  const read = async () => (await shop.ask(readUniversalEffect)).body;
  const within = (at: string, [from, until]: readonly [string, string]): boolean => Date.parse(at) >= Date.parse(from) && Date.parse(at) < Date.parse(until);

  /** The same by plain arithmetic over people: sales in the window, and in the 90 days before anybody was drawn. */
  function byHand(window: readonly [string, string]) {
    const before = [new Date(Date.parse(drawnAt) - 90 * 86_400_000).toISOString(), drawnAt] as const;
    const [x, y] = [new Map<number, number>(), new Map<number, number>()];
    for (const { customerNo, at, amount } of lines as Required<TestLine>[]) {
      if (within(at, before)) x.set(customerNo, (x.get(customerNo) ?? 0) + Number(amount));
      if (within(at, window)) y.set(customerNo, (y.get(customerNo) ?? 0) + Number(amount));
    }
    const all = Array.from({ length: people }, (_, i) => i + 1);
    const groups = [all.filter((no) => !control.has(no)), all.filter((no) => control.has(no))];
    const mean = (numbers: readonly number[]): number => numbers.reduce((sum, one) => sum + one, 0) / numbers.length;
    const of = (values: Map<number, number>, group: readonly number[]): number[] => group.map((no) => values.get(no) ?? 0);
    // θ out of deviations within groups.
    let [xy, xx] = [0, 0];
    for (const group of groups) {
      const [xs, ys] = [of(x, group), of(y, group)];
      const [mx, my] = [mean(xs), mean(ys)];
      xs.forEach((one, i) => {
        xy += (one - mx) * (ys[i] - my);
        xx += (one - mx) ** 2;
      });
    }
    const theta = xy / xx;
    const [a, b] = groups.map((group) => {
      const adjusted = of(y, group).map((one, i) => one - theta * (x.get(group[i]) ?? 0));
      const m = mean(adjusted);
      return { n: group.length, m, v: adjusted.reduce((sum, one) => sum + (one - m) ** 2, 0) / (group.length - 1) };
    });
    return { difference: a.m - b.m, error: Math.sqrt(a.v / a.n + b.v / b.n), n: a.n + b.n };
  }
  const revenueOf = ({ lifts }: { lifts: EffectLift[] }): EffectLift => lifts.find(({ metric }) => metric === 'revenue')!;

  it('is what plain arithmetic says, month by month and in all', async () => {
    const { effect } = await read();
    expect(effect?.months.map(({ month, isOver }) => [month, isOver])).toEqual([['2026-03', true], ['2026-04', true], ['2026-05', false]]);
    for (const { month, isOver, ...period } of effect!.months) {
      const { difference, error } = byHand(months[month as keyof typeof months]);
      const revenue = revenueOf(period);
      expect(revenue.difference).toBeCloseTo(difference, 6);
      // 1.96, or a little more: the control group has about 400 people. What is not over is wider.
      if (isOver) expect(((revenue.high ?? 0) - revenue.difference) / error).toBeCloseTo(1.965, 1);
      else expect(((revenue.high ?? 0) - revenue.difference) / error).toBeGreaterThan(2.5);
    }
    const { difference, error, n } = byHand([drawnAt, now]);
    const whole = revenueOf(effect!.whole);
    expect(whole.difference).toBeCloseTo(difference, 6);
    // Equation 9 of arXiv 2103.06476, written out.
    const rho = (-2 * Math.log(0.05) + Math.log(1 - 2 * Math.log(0.05))) / 5_000;
    const reach = error * Math.sqrt(n) * Math.sqrt(((2 * (n * rho + 1)) / (n * n * rho)) * Math.log(Math.sqrt(n * rho + 1) / 0.05));
    expect((whole.high ?? 0) - whole.difference).toBeCloseTo(reach, 6);
    expect(effect!.whole.reached.people + effect!.whole.control.people).toBe(people);
    expect(effect!.sampleRatio?.isMismatch).toBe(false);
  });

  it('finds nothing where nothing was, and what there is; in a sentence with money and an interval', async () => {
    const { effect, sentence, warnings } = await read();
    const [march, april] = effect!.months.map(revenueOf);
    expect([march.low! < 0 && march.high! > 0, april.low! > 0]).toEqual([true, true]);
    expect(sentence).toMatch(/^Since Mar 10, 2026 all messages together earned ¥[\d,]+ more in sales, between ¥[\d,]+ and ¥[\d,]+ \(95%\): 1,\d{3} people/);
    expect(warnings).toEqual([expect.stringContaining('No usual margin')]);
  });

  it('is told in margin as soon as there is one', async () => {
    const before = revenueOf((await read()).effect!.whole);
    await shop.ask(changeCampaignPolicy, { body: { approvalAbove: 10_000, marginPercent: 40, pauseAtBounced: 5, pauseAtComplained: 0.3 } });
    const { effect, sentence, warnings } = await read();
    expect(effect!.whole.lifts.find(({ metric }) => metric === 'margin')?.low).toBeCloseTo(before.low! * 0.4, 6);
    expect([sentence.includes('in margin'), warnings]).toEqual([true, []]);
  });

  it('is not worked out again but where it can have changed', async () => {
    expect(await results.keepUniversalEffect()).toBe(0);
    const later = createResults({ ...shop, budget: noBudget, say: createSay(), dataVersion: async () => 2 });
    expect(await later.keepUniversalEffect()).toBe(0);
    shop.setTime('2026-05-20T11:00:00Z');
    // March and April were over for a week: they stay. May and the whole go on.
    expect(await later.keepUniversalEffect()).toBe(2);
  });

  it('begins anew where the control group is made smaller; months that are over stay, and that of the change compares who was of one group all through it', async () => {
    const { platform, messaging: { experiments } } = shop;
    const before = (await read()).effect!;
    const { experimentNo } = (await experiments.find(universalSubject))!;
    const reshare = (share: number, at: string) => inTransaction(platform.pg, (client) => experiments.reshare(client, experimentNo, [share, 10_000 - share], { reason: 'for a while', by: 'Li', at: new Date(at) }));
    const changedAt = '2026-05-21T00:00:00.000Z';
    shop.setTime(changedAt);
    const rule = async (basedOn: number | null, universalControl: number, why = {}) =>
      (await shop.ask(changeGateRules, { body: { rules: { ...firstRules, universalControl }, basedOn, ...why } }, { permissions: 'messaging.read messaging.rules' })).body.rulesNo;
    await rule(await rule(null, 2_000), 1_000, { controlReason: 'too many left out' });
    expect((await read()).effect).toBeNull();
    shop.setTime('2026-05-25T11:00:00Z');
    const later = createResults({ ...shop, budget: noBudget, say: createSay(), dataVersion: async () => 2 });
    expect([await later.keepUniversalEffect(), await later.keepUniversalEffect()]).toEqual([2, 0]);
    const { effect, warnings } = await read();
    const [{ size: smallSize }] = (await experiments.peopleOf(experimentNo)).people;
    expect(effect).toMatchObject({ since: changedAt, changes: [{ at: changedAt, from: 0.2, to: 0.1, reason: 'too many left out' }], whole: { from: changedAt, control: { people: smallSize }, reached: { people: people - smallSize } }, sampleRatio: { isMismatch: false } });
    expect(effect!.months.slice(0, 2)).toEqual(before.months.slice(0, 2));
    expect(effect!.months[2]).toMatchObject({ month: '2026-05', control: { people: smallSize }, reached: { people: people - control.size } });
    expect(warnings.at(-1)).toContain('from 20% to 10% of everybody (too many left out)');

    // While nobody is held out there is nothing to compare with; afterwards May has no figure of its own, and stays as it was before.
    await reshare(0, '2026-05-26T00:00:00Z');
    expect([(await read()).effect, await later.keepUniversalEffect()]).toEqual([null, 0]);
    await reshare(2_000, '2026-06-02T00:00:00Z');
    shop.setTime('2026-06-05T11:00:00Z');
    expect(await later.keepUniversalEffect()).toBe(1);
    expect((await read()).effect).toMatchObject({ since: '2026-06-02T00:00:00.000Z', whole: { control: { people: control.size } } });
  });
});
