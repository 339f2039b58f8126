import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestServer } from '../../../test/harness.ts';
import { createTestImports, type TestImports } from '../../../test/imports-server.ts';
import { createInsightsOn } from '../../../test/insights-server.ts';
import { publishSample, sampleProgramme } from '../../../test/sample-programme.ts';
import { addDays, addMonths, type Day } from '../../kernel/day.ts';
import type { Endpoint, EndpointReply, EndpointRequest } from '../../kernel/endpoint.ts';
import { addressOf } from '../../web/api/address.ts';
import { explainEntry, explainPoints, listPointsEntries, readMembersOverview } from './contract.ts';
import { proveLedger } from './ledger/store/proof.ts';
import { createMembership, type Membership } from './public.ts';
import { computeReport } from './reports/overview/compute-report.ts';
import { keepReport } from './reports/overview/kept-report.ts';

const folder = join(import.meta.dirname, '..', '..', '..', '..', 'shared', 'data', 'starbucks_members');
const present = existsSync(folder);
if (!present) console.warn(`SKIPPED: a programme is not run for real members, for there is no ${folder}`);

const now = '2018-12-20T12:00:00+08:00';
const today: Day = '2018-12-20';
const first: Day = '2013-07-01';
const expiryMonths = 12;
const entries = [
  ['silver', 0],
  ['gold', 20],
  ['black', 40],
] as const;

interface Profile {
  id: string;
  age: number;
  became_member_on: string;
  income: number | null;
}
interface Offer {
  id: string;
  offer_type: string;
  difficulty: number;
  duration: number;
  reward: number;
}
interface Purchase {
  order: string;
  member: string;
  day: Day;
  offer: Offer;
  /** When it was brought back, whole. */
  backOn: Day | null;
}

const lines = <T>(text: string): T[] =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as T);

/**
 * Members and offers are as they stand in the data set, which has no purchases: whoever has an income took up an offer for each 15,000 of it,
 * two months apart, on its last day and by as much money as it asks for. Whoever is older than 80 brought the last one back.
 */
function purchasesOf({ id, age, became_member_on: on, income }: Profile, offers: readonly Offer[]): Purchase[] {
  const joined: Day = `${on.slice(0, 4)}-${on.slice(4, 6)}-${on.slice(6)}`;
  const taken = offers.slice(0, Math.floor((income ?? 0) / 15_000)).map((offer, i): Purchase => {
    const day = addDays(joined, 60 * i + offer.duration);
    return { order: `${id.slice(0, 12)}-${i}`, member: id, day, offer, backOn: null };
  });
  const bought = taken.filter(({ day }) => day < today);
  const last = bought.at(-1);
  if (last && age > 80 && addDays(last.day, 3) < today) last.backOn = addDays(last.day, 3);
  return bought;
}

const csvOf = (purchases: readonly Purchase[]): string => {
  const row = ({ order, member, offer }: Purchase, day: Day, hour: number, sign: number): string =>
    [order, member, `${day} ${hour}:00:00`, offer.id, offer.offer_type, sign, sign * offer.difficulty].join();
  const rows = purchases.flatMap((purchase) => [
    row(purchase, purchase.day, 12, 1),
    ...(purchase.backOn ? [row(purchase, purchase.backOn, 15, -1)] : []),
  ]);
  return ['order_id,user_id,order_time,product_id,category,quantity,amount', ...rows].join('\n');
};

/** What somebody should have come to, out of a list of what they bought. */
interface Reckoned {
  tier: string;
  issued: number;
  takenBack: number;
  expired: number;
  points: number;
}

/** Ten points a dollar, twice for discounts, and ten for each of the reward of the best offer its money reaches; by days alone. */
function reckonPlainly(purchases: readonly Purchase[], offers: readonly Offer[]): Reckoned {
  const found: Reckoned = { tier: 'silver', issued: 0, takenBack: 0, expired: 0, points: 0 };
  for (const { day, offer, backOn } of purchases) {
    const asked = Math.max(...offers.filter(({ difficulty }) => difficulty <= offer.difficulty).map(({ difficulty }) => difficulty));
    const reward = Math.max(...offers.filter(({ difficulty }) => difficulty === asked).map((each) => each.reward));
    const earned = 10 * offer.difficulty * (offer.offer_type === 'discount' ? 2 : 1) + 10 * reward;
    found.issued += earned;
    // Good to the end of the month, a year later.
    const ends = addMonths(`${addMonths(day, expiryMonths).slice(0, 7)}-01`, 1);
    if (backOn) found.takenBack += earned;
    else if (ends <= today) found.expired += earned;
    else found.points += earned;
    // What was kept counts for twelve months, and nobody is let down.
    const until = (back: Day): number =>
      purchases
        .filter((each) => !each.backOn && each.day <= back && addMonths(each.day, 12) >= back)
        .reduce((sum, each) => sum + each.offer.difficulty, 0);
    const reached = until(day);
    for (const [tier, entry] of entries) if (reached >= entry && entry > (entries.find(([key]) => key === found.tier)?.[1] ?? 0)) found.tier = tier;
  }
  return found;
}

describe.skipIf(!present)('a programme for 17,000 real members', () => {
  let test: TestImports;
  let membership: Membership;
  let ask: <E extends Endpoint>(endpoint: E, request?: EndpointRequest<E>) => Promise<EndpointReply<E>>;
  let close: () => Promise<void>;
  const profiles = present ? lines<Profile>(gunzipSync(readFileSync(join(folder, 'profile.json.gz'))).toString('utf8')) : [];
  const offers = present ? lines<Offer>(readFileSync(join(folder, 'portfolio.json'), 'utf8')).filter(({ difficulty }) => difficulty > 0) : [];
  const purchases = new Map(profiles.map((profile) => [profile.id, purchasesOf(profile, offers)]));
  const plain = new Map([...purchases].map(([id, own]) => [id, reckonPlainly(own, offers)]));
  const numberOf = new Map<string, number>();

  beforeAll(async () => {
    test = await createTestImports();
    const { platform } = test;
    await test.bringIn('profile.json.gz', readFileSync(join(folder, 'profile.json.gz')));
    const said = await test.bringIn('purchases.csv', csvOf([...purchases.values()].flat()), (draft) => {
      draft.rules = { ...(draft.rules as object), refundWhen: [{ when: 'quantity_negative' }] };
    });
    expect(said).toMatchObject({ state: 'done', rejected: 0 });
    platform.clock.now = () => new Date(now);
    const rewards = Map.groupBy(offers, ({ difficulty }) => difficulty);
    const plainProgramme = sampleProgramme();
    await publishSample(
      platform.pg,
      sampleProgramme({
        joining: { who: 'everybody' },
        tiers: plainProgramme.tiers.map((tier, i) => ({ ...tier, entry: entries[i][1], keep: i === 0 ? null : entries[i][1] })),
        tierRules: { clock: { kind: 'tier_start', months: 12, startMonth: 1 }, drop: 'none', refunds: 'never' },
        points: {
          rate: { amount: 10, per: '1' },
          multipliers: [{ key: 'discount', names: { en: 'Discounts' }, when: { kind: 'category', categories: ['discount'] }, factor: '2' }],
          thresholds: [...rewards].map(([difficulty, own]) => ({ from: String(difficulty), points: 10 * Math.max(...own.map(({ reward }) => reward)) })),
          expiry: { kind: 'duration', months: expiryMonths, roundTo: 'month' },
        },
      }),
      `${first}T00:00:00+08:00`,
    );
    const domains = createInsightsOn(platform);
    membership = createMembership(platform, domains);
    const server = await createTestServer(platform, membership.routes);
    ask = async (endpoint, request = {}) =>
      (await server.inject({ method: endpoint.method, url: addressOf(endpoint, request), headers: { 'x-test-permissions': 'membership.read', 'accept-language': 'en' } })).json();
    close = async () => {
      await membership.stop();
      await domains.insights.stop();
      await server.close();
    };
    membership.start();
    await untilStill();
    // External ids are kept sealed: who is who is read off the orders, and of those without one nobody asks.
    const orders = (await platform.clickhouse.rows("select customer_no as no, order_id as order from order_line where kind = 'sale'")) as { no: number; order: string }[];
    const memberOf = new Map([...purchases.values()].flat().map(({ order, member }) => [order, member]));
    for (const { no, order } of orders) numberOf.set(memberOf.get(order) ?? '', Number(no));
  });
  afterAll(async () => {
    await close?.();
    await test?.close();
  });

  /** Waits until everybody has joined, every order has earned, and nobody is due any more. */
  async function untilStill(): Promise<void> {
    const orders = [...purchases.values()].flat().length;
    for (;;) {
      const { rows: [{ members, earned, due }] } = await test.platform.pg.query<{ members: number; earned: number; due: number }>(
        `select (select count(*) from member)::int as members, (select count(*) from order_earning)::int as earned,
          (select count(*) from member where due_at <= $1)::int + (select count(*) from points_account where due_at <= $1)::int as due`, [new Date(now)]);
      if (members === profiles.length && earned === orders && due === 0) return;
      await sleep(200);
    }
  }

  it('has everybody in the tier, and with the points, that a list of what they bought comes to', async () => {
    const { rows } = await test.platform.pg.query<{ no: number; tier: string; joined: Date; issued: number; takenBack: number; expired: number; points: number }>(
      `select customer_no as no, tier, joined_at as joined, coalesce(sum(amount) filter (where kind = 'earn'), 0)::int as issued, -coalesce(sum(amount) filter (where kind = 'take_back'), 0)::int as "takenBack",
        -coalesce(sum(amount) filter (where kind = 'expire'), 0)::int as expired, coalesce(sum(amount), 0)::int as points from member left join points_entry using (customer_no) group by 1, 2, 3`);
    const found = new Map(rows.map(({ no, joined: _, ...own }) => [no, own]));
    const wrong = [...numberOf].filter(([id, no]) => JSON.stringify({ ...found.get(no) }) !== JSON.stringify(plain.get(id)));
    expect(wrong.slice(0, 3).map(([id, no]) => [purchases.get(id), found.get(no), plain.get(id)])).toEqual([]);
    expect(rows).toHaveLength(17_000);
    expect(numberOf.size).toBe(profiles.filter(({ id }) => purchases.get(id)?.length).length);
    // Everybody joined on the day that stands in the file, or with the programme.
    const days = rows.map(({ joined }) => joined.getTime()).sort((a, b) => a - b);
    const expected = profiles.map(({ became_member_on: on }) => Math.max(Date.parse(`${first}T00:00:00+08:00`), Date.parse(`${on.slice(0, 4)}-${on.slice(4, 6)}-${on.slice(6)}T00:00:00+08:00`)));
    expect(days).toEqual(expected.sort((a, b) => a - b));
    expect(await proveLedger(test.platform.pg)).toEqual({ imbalances: [], wrongLots: [], overReversed: [] });
  });

  it('shows in its report what those lists come to in all', async () => {
    const { platform } = test;
    await keepReport(platform.pg, await computeReport(platform), platform.clock.now());
    const { overview } = await ask(readMembersOverview);
    const all = [...plain.values()];
    for (const [key] of entries) expect(all.filter(({ tier }) => tier === key).length, key).toBeGreaterThan(500);
    const sum = (of: (own: Reckoned) => number): number => all.reduce((total, own) => total + of(own), 0);
    const shown = (of: 'issued' | 'expired' | 'takenBack'): number => overview?.points.reduce((total, month) => total + month[of], 0) ?? 0;
    expect(overview?.members).toBe(17_000);
    expect(overview?.tiers.map(({ key, members }) => [key, members])).toEqual(entries.map(([key]) => [key, all.filter(({ tier }) => tier === key).length]));
    expect([shown('issued'), shown('expired'), shown('takenBack'), overview?.outstanding]).toEqual([sum((own) => own.issued), sum((own) => own.expired), sum((own) => own.takenBack), sum((own) => own.points)]);
    expect(overview?.faceValue).toBe(String(sum((own) => own.points) / 100));
    // Nothing was ever spent here: there is nothing to estimate by, and all that is outstanding is owed.
    expect(overview?.breakage).toBeNull();
    expect(overview?.liability).toBe(overview?.faceValue);
  });

  it('explains to anybody why they have what they have, line by line', async () => {
    const some = [...numberOf].filter((_, i) => i % 900 === 0);
    for (const [id, customerNo] of some) {
      const expected = plain.get(id) as Reckoned;
      const why = await ask(explainPoints, { params: { customerNo } });
      expect(why.points).toBe(expected.points);
      expect(why.reasons.reduce((total, { amount }) => total + amount, 0)).toBe(expected.points);
      const reasons = Object.fromEntries(why.reasons.map(({ reason, amount }) => [reason, amount]));
      expect(reasons.order ?? 0).toBe(expected.issued);
      const lines = (await ask(listPointsEntries, { params: { customerNo } })).entries.filter(({ kind }) => kind === 'earn');
      const steps = await Promise.all(lines.map(({ entryNo }) => ask(explainEntry, { params: { customerNo, entryNo } })));
      for (const [i, { steps: told }] of steps.entries()) {
        const said = new Map(told.map(({ label, value }) => [label, value]));
        const bought = purchases.get(id)?.find(({ order }) => order === said.get('Order'));
        expect([said.get('Goods'), said.get('Points of the order')]).toEqual([`¥${bought?.offer.difficulty.toFixed(2)}`, String(lines[i].amount)]);
      }
      expect(lines.length).toBe(purchases.get(id)?.length);
    }
  });
});
