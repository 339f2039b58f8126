import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createGateShop, type GateShop } from '../../../../../test/gate-shop.ts';
import { Bitmap } from '../../../../kernel/bitmap/bitmap.ts';
import { seededRandom } from '../../../../kernel/seeded-random.ts';
import { createExperiments } from '../../experiments/experiments.ts';
import { firstRules, type GateRules } from '../../contract/gate-rules.ts';
import { reachOf } from './reach.ts';

describe('whom the gate would stop', () => {
  let shop: GateShop;
  let people: number[];
  const noon = new Date('2026-06-18T04:00:00Z');
  const night = new Date('2026-06-18T15:30:00Z');
  beforeAll(async () => {
    shop = await createGateShop();
    people = await shop.people(400);
    await shop.platform.pg.query("select make_send_month('2026-06-01')");
    const random = seededRandom(7);
    const some = (share: number): number[] => people.filter(() => random() < share);
    await shop.say(some(0.2), false, { at: new Date('2026-02-01T00:00:00Z') });
    await shop.platform.pg.query('insert into customer_profile (customer_no, birth_date, country) select no, birth, country from unnest($1::int[], $2::date[], $3::text[]) as p (no, birth, country)',
      [people, people.map(() => (random() < 0.3 ? '2015-03-01' : random() < 0.5 ? '1990-06-18' : null)), people.map(() => (random() < 0.3 ? '英国' : null))]);
    for (const no of some(0.1)) await shop.within((client) => shop.gate.suppress(client, { whom: { customerNo: no }, channel: 'sms', reason: 'complaint', by: 'test', at: noon }));
    for (const no of some(0.1)) await shop.within((client) => shop.gate.suppress(client, { whom: { address: `+86138${String(no).padStart(8, '0')}` }, channel: 'sms', reason: 'complaint', by: 'test', at: noon }));
    await shop.platform.pg.query('delete from identifier where kind = 2 and customer_no = any($1::int[])', [some(0.1)]);
    const before = await shop.run({ state: 'done', channel: 'sms', category: 'spring' });
    const mail = await shop.run({ state: 'done', channel: 'email' });
    for (const [run, who, at] of [[before, some(0.4), '2026-06-18T01:00:00Z'], [mail, some(0.3), '2026-06-17T20:00:00Z'], [before, some(0.3), '2026-06-10T01:00:00Z']] as const) {
      await shop.platform.pg.query("insert into send_claim (customer_no, run_no, occasion, occasion_on, state, at) select no, $2, $3::text, '2026-06-01', 2, $3::text::timestamptz from unnest($1::int[]) as c (no)", [who, run.runNo, at]);
    }
  });
  afterAll(() => shop.close());
  const reach = async (at: Date) => {
    const set = async (text: string) => Bitmap.of((await shop.platform.pg.query<{ no: number }>(text)).rows.map(({ no }) => no));
    const agreed = await set("select distinct on (customer_no) customer_no as no from consent where channel = 'sms' and purpose = 'marketing' and customer_no not in (select customer_no from consent where not granted and channel = 'sms')");
    const found = await shop.gate.reach({ people: Bitmap.of(people), agreed, addressed: await set('select customer_no as no from identifier where kind = 2'), channel: 'sms', category: 'spring' }, at);
    return found.filter(({ people: n }) => n !== 0);
  };
  /** As the gate decides person by person. */
  const decided = async (at: Date) => {
    const run = await shop.run({ category: 'spring' });
    const found = new Map<string, number>();
    for (const { verdict, reason } of await shop.decide(run, people, at)) if (verdict !== 'send') found.set(`${reason} ${verdict === 'defer'}`, (found.get(`${reason} ${verdict === 'defer'}`) ?? 0) + 1);
    await shop.platform.pg.query('delete from send_claim where run_no = $1', [run.runNo]);
    return new Map([...found].toSorted());
  };
  const inWords = (found: Awaited<ReturnType<typeof reach>>) => new Map(found.map(({ reason, people: n, waits }): [string, number] => [`${reason} ${waits}`, n ?? -1]).toSorted());
  const quiet: GateRules['quiet'][number] = { from: '21:00', until: '09:00', channels: [], clock: 'person', what: 'defer' };

  it.each<[string, Partial<GateRules>, Date]>([
    ['rules of the first day, at noon', { ...firstRules }, noon],
    ['rules of the first day, when it is night here and day elsewhere', { ...firstRules }, night],
    ['caps of a channel, of a category and of all', { caps: [{ most: 1, per: { count: 30, unit: 'day' }, channel: 'email', category: null }, { most: 2, per: { count: 30, unit: 'day' }, channel: null, category: 'spring' }, { most: 3, per: { count: 30, unit: 'day' }, channel: null, category: null }] }, noon],
    ['a quota of the platform, and nights that drop', { quotas: [{ channel: 'sms', of: 'person', per: 'month', most: 2 }], quiet: [{ ...quiet, what: 'drop' }] }, night],
    ['what is left of a channel for a day', { quotas: [{ channel: 'sms', of: 'channel', per: 'day', most: 50 }], leastAge: 14 }, noon],
    ['the clock of the brand', { quiet: [{ ...quiet, clock: 'brand' }] }, night],
    ['an age that has to be known', { leastAge: 36, reachesUnknownAge: false }, noon],
  ])('is as many, for the same reasons, as it then decides: %s', async (_what, rules, at) => {
    await shop.rules(rules);
    const found = await reach(at);
    expect(inWords(found)).toEqual(await decided(at));
    expect(found.length).toBeGreaterThan(2);
  });

  it('is about as many where some stand for all, and says so', async () => {
    await shop.rules({ ...firstRules });
    const set = Bitmap.of(people);
    const ask = (mostAsked?: number) => reachOf({ platform: shop.platform, membersOf: async () => Bitmap.empty, mostAsked }, { people: set, agreed: set, addressed: set, channel: 'sms', category: 'spring' }, night);
    const [all, some] = [await ask(), await ask(200)];
    for (const [n, { reason, people: exact, waits }] of all.entries()) {
      expect(some[n]).toMatchObject({ reason, waits });
      // A quarter of the people off is four errors of a share of one half among 200 of 400.
      expect(Math.abs((some[n].people ?? -1) - (exact ?? -1))).toBeLessThan(people.length / 8);
    }
    expect(some.flatMap(({ reason, isSampled }) => (isSampled ? [reason] : []))).toEqual(['minor', 'platform_quota', 'quiet_hours', 'quiet_hours', 'frequency_cap']);
    expect(all.some(({ isSampled }) => isSampled)).toBe(false);
  });

  it('has of those that no program reaches who was drawn, and of the others their share', async () => {
    const experiments = createExperiments({ platform: shop.platform });
    const doors = { platform: shop.platform, membersOf: async () => Bitmap.empty, experiments };
    await shop.rules({ universalControl: 1_000 });
    const ask = async () => (await reachOf(doors, { people: Bitmap.of(people), agreed: Bitmap.of(people), addressed: Bitmap.of(people), channel: 'sms', category: '' }, noon)).find(({ reason }) => reason === 'universal_control')?.people;
    expect(await ask()).toBe(40);
    const drawn = await shop.within(async (client) => {
      const no = await experiments.ensure(client, 'universal', [{ key: 'control', isControl: true, share: 1_000 }, { key: 'reached', isControl: false, share: 9_000 }]);
      return experiments.assign(client, no, Bitmap.of(people));
    });
    expect(await ask()).toBe(drawn[0].size);
  });
});
