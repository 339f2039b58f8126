import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BenefitsShop, createBenefitsShop } from '../../../../../test/benefits-shop.ts';
import { createTestServer } from '../../../../../test/harness.ts';
import { insertLines, mergeCustomers, type TestLine } from '../../../../../test/order-lines.ts';
import { publishSample, sampleProgramme } from '../../../../../test/sample-programme.ts';
import { seededRandom } from '../../../../kernel/seeded-random.ts';
import { copyBenefits } from '../../benefits/fields/copy-benefits.ts';
import { useBenefit } from '../../contract.ts';
import { followPoints } from '../points/follow-points.ts';
import type { Command } from '../../ledger/command.ts';
import { keepTerms } from '../points/terms.ts';
import { copyStanding } from '../standing/copy-standing.ts';

/** An entry of the ledger as it was asked for. */
interface Asked { customerNo: number; kind: 'earn' | 'spend'; amount: number; at: string }

const june = { from: '2026-06-01', to: '2026-06-17' };
const isIn = (at: string): boolean => at >= '2026-05-31T16:00:00Z' && at < '2026-06-17T16:00:00Z';
const until = (at: string): boolean => at < '2026-06-17T16:00:00Z';

describe('reports of members', () => {
  let shop: BenefitsShop;
  let server: FastifyInstance;
  let people: number[];
  let lines: TestLine[];
  const asked: Asked[] = [];
  const doors = () => ({ platform: shop.platform, programme: { versions: async () => versions, at: async () => versions[1] } as never });
  const versions = [['0.01', '2026-01-01'], ['0.02', '2026-06-10']].map(([worth, at], n) => ({ versionNo: n + 1, startsAt: Date.parse(`${at}T00:00:00Z`), definition: sampleProgramme({ points: { worth } }) }));
  const copied = async () => {
    await copyStanding(doors());
    await followPoints(doors());
    await copyBenefits(shop.platform);
  };

  beforeAll(async () => {
    shop = await createBenefitsShop();
    ({ people } = shop);
    const { pg, clickhouse } = shop.platform;
    await publishSample(pg, versions[1].definition, '2026-06-10T00:00:00Z');
    const random = seededRandom(7);
    const at = (): string => new Date(Date.parse('2026-05-01T00:00:00Z') + Math.floor(random() * 45) * 86_400_000 + Math.floor(random() * 86_400_000)).toISOString();
    // Of twelve people eight are members; all of them buy.
    for (const [n, no] of people.slice(0, 8).entries()) {
      await shop.move(no, 'join', null, n < 3 ? 'gold' : 'silver', n % 2 === 0 ? '2026-06-05T04:00:00Z' : '2026-05-05T04:00:00Z');
      await pg.query('update member set joined_by = $2 where customer_no = $1', [no, n < 5 ? 'order:天猫' : 'staff']);
    }
    lines = await insertLines(clickhouse, people.flatMap((customerNo) => Array.from({ length: 4 }, (_, i) => ({ customerNo, order: `${customerNo}-${i}`, at: at(), amount: 1 + Math.floor(random() * 99) }))));
    for (const [n, customerNo] of people.flatMap((no) => [no, no, no]).entries()) {
      const earn = { customerNo, kind: 'earn', amount: 100 + Math.floor(random() * 900), at: at() } as const;
      const spend = { customerNo, kind: 'spend', amount: 1 + Math.floor(random() * 90), at: new Date(Math.max(Date.parse(earn.at) + 60_000, Date.parse(at()))).toISOString() } as const;
      for (const [i, entry] of [earn, spend].entries()) {
        const { amount, kind } = entry;
        await shop.membership.ledger.execute({ kind, key: `${n}/${i}`, customerNo, amount, occurredAt: Date.parse(entry.at), derivation: {}, ...(kind === 'earn' ? { availableAt: Date.parse(entry.at), expiresAt: null } : {}) } as Command);
        asked.push(entry);
      }
    }
    const shipping = await shop.benefit({ kind: 'free_shipping', from: '0' }, { cost: '6.5' });
    for (const [n, no] of people.slice(0, 3).entries()) expect((await shop.ask(useBenefit, { body: { key: `u${n}`, customerNo: no, benefitId: shipping } })).status).toBe(200);
    await copied();
    await keepTerms(doors(), { breakage: { share: 0.25, low: 0.2, high: 0.3 } });
    server = await createTestServer(shop.platform, [...shop.insights.routes, ...shop.audiences.routes]);
  });
  afterAll(async () => {
    await server.close();
    await shop.close();
  });

  const post = async (url: string, payload: object) => {
    const reply = await server.inject({ method: 'POST', url, headers: { 'x-test-permissions': 'insights.read audiences.read audiences.edit', 'accept-language': 'en' }, payload });
    expect(reply.statusCode, reply.body.slice(0, 400)).toBeLessThan(300);
    return reply.json();
  };
  const answer = async (metrics: string[], dimensions: string[] = [], period: object = june): Promise<{ rows: { keys: string[]; labels: string[]; figures: Record<string, unknown> }[]; totals: Record<string, unknown> }> =>
    post('/api/insights/questions', { question: { metrics: metrics.map((name) => (name.includes('.') ? name : `membership.${name}`)), dimensions, period } });
  const totals = async (...metrics: string[]): Promise<unknown[]> => {
    const found = await answer(metrics);
    return metrics.map((name) => found.totals[`membership.${name}`]);
  };
  const members = () => new Set(people.slice(0, 8));
  const sum = (numbers: number[]): number => numbers.reduce((total, each) => total + each, 0);
  const worthAt = (at: string): number => (at < '2026-06-10T00:00:00Z' ? 1 : 2);
  const spent = () => asked.filter(({ kind, at }) => kind === 'spend' && isIn(at));
  const cents = (value: number): string => String(value / 100);

  it('count who joined and who there is, by tier and by how they joined', async () => {
    expect(await totals('joined', 'members')).toEqual([4, 8]);
    const byTier = await answer(['members', 'joined', 'points'], ['membership.tier']);
    expect(byTier.rows.map(({ keys, figures }) => [keys[0], figures['membership.members'], figures['membership.joined']]).sort()).toEqual([['gold', 3, 2], ['silver', 5, 2]]);
    const byWay = await answer(['members'], ['membership.way']);
    expect(byWay.rows.map(({ labels, figures }) => [labels[0], figures['membership.members']])).toEqual([['By an order · 天猫', 5], ['By staff', 3]]);
  });

  it('say what members bought and which part of all sales that is, as lines added up say', async () => {
    const own = lines.filter(({ customerNo, at }) => members().has(customerNo) && isIn(at));
    const all = sum(lines.filter(({ at }) => isIn(at)).map(({ amount }) => amount));
    const sales = sum(own.map(({ amount }) => amount));
    const [found, active, share] = await totals('sales', 'active', 'salesShare');
    expect([found, active]).toEqual([String(sales), new Set(own.map(({ customerNo }) => customerNo)).size]);
    expect(share).toBeCloseTo(sales / all, 3);
  });

  it('say what was issued and spent and what is left, as the commands added up say', async () => {
    const points = (kind: Asked['kind'], counts: (at: string) => boolean): number => sum(asked.filter((each) => each.kind === kind && counts(each.at)).map(({ amount }) => amount));
    const left = points('earn', until) - points('spend', until);
    expect(await totals('pointsIssued', 'pointsSpent', 'pointsExpired', 'pointsBalance')).toEqual([points('earn', isIn), points('spend', isIn), 0, left]);
    // Two cents a point today; a quarter is never asked for.
    expect(await totals('pointsFaceValue', 'pointsLiability')).toEqual([cents(left * 2), String((left * 2 * 75) / 10_000)]);
    const byDay = await answer(['pointsIssued'], ['day']);
    expect(sum(byDay.rows.map(({ figures }) => Number(figures['membership.pointsIssued'])))).toBe(points('earn', isIn));
  });

  it('say what the programme cost: points by what they paid on their day, and benefits', async () => {
    const ofPoints = sum(spent().map(({ amount, at }) => amount * worthAt(at)));
    const sales = Number((await totals('sales'))[0]);
    // Free shipping was used on the eighteenth, a day after the period.
    expect(await totals('cost', 'pointsCost', 'benefitsCost')).toEqual([cents(ofPoints), cents(ofPoints), '0']);
    expect((await answer(['cost', 'benefitsCost'], [], { from: '2026-06-01', to: '2026-06-18' })).totals).toMatchObject({ 'membership.benefitsCost': '19.5' });
    expect((await totals('costRate'))[0]).toBeCloseTo(ofPoints / 100 / sales, 3);
  });

  it('open to the people behind a number, and to an audience of them', async () => {
    const question = { metrics: ['membership.pointsSpent'], period: june };
    const cell = { kind: 'cell', question, metric: 'membership.pointsSpent', at: [{ dimension: 'membership.tier', key: 'gold' }] };
    const expected = new Set(spent().map(({ customerNo }) => customerNo).filter((no) => people.slice(0, 3).includes(no)));
    expect((await post('/api/insights/people', { of: cell, seed: 1 })).size).toBe(expected.size);
    expect((await post('/api/insights/people/audience', { of: cell, name: 'Gold, spending', reason: 'a test' })).size).toBe(expected.size);
  });

  it('hold what is written from then on, each entry once, and nothing of a person who was erased', async () => {
    const before = Number((await totals('pointsIssued'))[0]);
    const [first, second] = people;
    await shop.membership.ledger.execute({ kind: 'earn', key: 'late', customerNo: first, amount: 11, occurredAt: Date.parse('2026-06-02T04:00:00Z'), availableAt: 0, expiresAt: null, derivation: {} });
    expect(await followPoints(doors())).toBe(true);
    expect(await followPoints(doors())).toBe(false);
    expect((await totals('pointsIssued'))[0]).toBe(before + 11);
    const erased = sum(asked.filter(({ customerNo, kind, at }) => customerNo === second && kind === 'earn' && isIn(at)).map(({ amount }) => amount));
    await shop.platform.pg.query('delete from points_allocation where entry_no in (select entry_no from points_entry where customer_no = $1)', [second]);
    await shop.platform.pg.query('delete from points_lot where customer_no = $1', [second]);
    await shop.platform.pg.query('delete from points_entry where customer_no = $1', [second]);
    expect(await followPoints(doors())).toBe(true);
    expect((await totals('pointsIssued'))[0]).toBe(before + 11 - erased);
    expect((await totals('pointsIssued', 'pointsBalance')).every((each) => Number(each) > 0)).toBe(true);
  });

  it('count merged people once, under their highest tier', async () => {
    const before = Number((await totals('members'))[0]);
    await mergeCustomers(shop.platform.clickhouse, [{ absorbed: people[7], survivor: people[0] }]);
    await copied();
    expect((await totals('members'))[0]).toBe(before - 1);
    const byTier = await answer(['members'], ['membership.tier']);
    expect(byTier.rows.find(({ keys }) => keys[0] === 'gold')?.figures['membership.members']).toBe(3);
  });

  it('value points by what the overview of members expects', async () => {
    shop.setTime('2026-06-18T05:00:00Z');
    await keepTerms(doors(), { breakage: null });
    await copied();
    const [face, liability] = await totals('pointsFaceValue', 'pointsLiability');
    expect(liability).toBe(face);
  });
});
