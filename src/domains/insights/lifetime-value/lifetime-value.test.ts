import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cdnowIsThere, cdnowPath, readCdnow } from '../../../../test/cdnow.ts';
import { createInsightsServer, type InsightsServer } from '../../../../test/insights-server.ts';
import { insertLines, mergeCustomers } from '../../../../test/order-lines.ts';
import { previewRule } from '../../audiences/contract.ts';
import { keepPeople, type LifetimeResult, readLifetimeValue, readModel, readPeople, trainModel } from '../contract.ts';
import { lifetimeFigures } from './people/figures.ts';
import { heldLifetime } from './people/held-lifetime.ts';

if (!cdnowIsThere) console.warn(`SKIPPED: lifetime value is not computed on CDNOW, for there is no ${cdnowPath}`);

describe.skipIf(!cdnowIsThere)('lifetime value of CDNOW’s customers, tried on 39 weeks held out', () => {
  let shop: InsightsServer;
  let result: LifetimeResult;
  let modelId: number;
  beforeAll(async () => {
    shop = await createInsightsServer();
    const { pg, clickhouse, clock } = shop.platform;
    clock.now = () => new Date('1998-07-01T04:00:00Z');
    await pg.query("insert into customer (customer_no, created_at) select n, now() from generate_series(1, 2357) n");
    await clickhouse.command("insert into customer (customer_no, version, status, created_at) select number + 1, 1, 'active', '1997-01-01 00:00:00' from numbers(2357)");
    await insertLines(clickhouse, readCdnow().flatMap(({ id, days }) => days.map(({ day, dollars }) => ({ customerNo: id, at: `${day}T04:00:00.000Z`, order: `${id} ${day}`, amount: dollars, channel: id % 2 === 0 ? '官网' : '' }))));
    await shop.changed();
    await shop.platform.jobs.start(true);
    const asked = await shop.ask(trainModel, { params: { kind: 'lifetime_value' }, body: { params: { holdoutDays: 273 } } });
    expect(asked.status, asked.text).toBe(202);
    for (;;) {
      const { body: { underWay, failed } } = await shop.ask(readModel, { params: { kind: 'lifetime_value' } });
      if (failed) throw new Error(failed.failure ?? 'failed');
      if (!underWay) break;
      await sleep(100);
    }
    shop.insights.follow();
    const { body: { current } } = await shop.ask(readLifetimeValue);
    if (!current) throw new Error('nothing was computed');
    ({ result, modelId } = current);
    await sleep(2_500);
  });
  afterAll(async () => {
    await shop.platform.jobs.stop();
    await shop.close();
  });

  it('forecasts of facts what the papers forecast of the file', () => {
    const digits = (values: readonly number[]): number[] => values.map((value) => Math.round(value * 1e4) / 1e4);
    expect(result).toMatchObject({ buyers: 2357, from: '1997-01-01', until: '1998-06-30', grain: 1, leftOut: { misdated: 0, nobodys: 0, otherCurrency: 0 } });
    expect(result.trial).toMatchObject({ learntUntil: '1997-09-30', days: 273, people: 2357, actual: 1882 });
    expect(digits(result.trial?.byFrequency.map(({ actual }) => actual) ?? [])).toEqual([0.2367, 0.697, 1.3925, 1.56, 2.5323, 2.9474, 3.8621, 6.3594]);
    [0.2251, 0.5231, 1.0441, 1.5203, 2.1638, 2.6538, 3.504, 6.157].forEach((published, i) => expect(result.trial?.byFrequency[i].expected).toBeCloseTo(published, 3));
  });

  it('follows the weeks of those customers to the last, and is nearer than plain forecasts', () => {
    const { weeks = [], model, sameRate, mean } = result.trial ?? ({} as NonNullable<LifetimeResult['trial']>);
    expect(weeks).toHaveLength(78);
    expect(weeks[38]).toMatchObject({ until: '1997-09-30', actual: 2457 });
    expect(weeks[77].actual).toBe(2457 + 1882);
    expect(weeks.every(({ actual, expected }, week) => week < 10 || Math.abs(expected / actual - 1) < 0.2)).toBe(true);
    expect(model.rootMeanSquare).toBeLessThan(sameRate.rootMeanSquare);
    expect(model.meanError).toBeLessThan(mean.meanError);
  });

  const people = async (of: object) => {
    const { body, status, text } = await shop.ask(readPeople, { body: { of: { kind: 'lifetime_value', ...of } } }, { locale: 'zh-CN' });
    expect(status, text).toBe(200);
    return body;
  };

  it('opens every number down to as many people as it says', async () => {
    const [top] = result.tenths;
    expect(await people({ tenths: [10] })).toMatchObject({ size: top.people, sentence: '价值在第 10 层的用户', rule: { kind: 'group' } });
    expect((await people({})).size).toBe(2357);
    const [cohort] = result.cohorts;
    expect((await people({ cohort: cohort.month })).size).toBe(cohort.people);
    for (const { channel, people: count } of result.channels) expect((await people({ channel })).size).toBe(count);
    const bounds = [1, 2, 3, 4, 5, 8, 15, null];
    for (const cell of result.map.filter((_, i) => i % 4 === 0)) {
      const to = bounds[bounds.indexOf(cell.orders) + 1];
      const rests = [0, 31, 61, 91, 181, 366, 731, null];
      const restTo = rests[rests.indexOf(cell.rest) + 1];
      const found = await people({ orders: { from: cell.orders, to: to && to - 1 }, rest: { from: cell.rest, to: restTo && restTo - 1 } });
      expect(found).toMatchObject({ size: cell.people, rule: null });
    }
    const [bin, next] = result.spread;
    expect((await people({ value365: { from: bin.from, to: next.from } })).size).toBe(bin.people);
    expect((await people({ alive: { from: 0.5, to: null } })).sentence).toContain('至少 50%');
  });

  it('keeps them as an audience, and gives rules fields of its own', async () => {
    const kept = await shop.ask(keepPeople, { body: { of: { kind: 'lifetime_value', tenths: [9, 10] }, name: '高价值' } });
    expect(kept.status, kept.text).toBe(201);
    expect(kept.body.size).toBe(result.tenths[0].people + result.tenths[1].people);
    const preview = await shop.ask(previewRule, { body: { rule: { kind: 'field', field: 'lifetime.alive', test: { test: 'compare', compare: { is: 'between', from: '0', to: '100' } } } } as never });
    expect(preview.body).toMatchObject({ size: 2357 });
  });

  it('shows on a person’s page what is expected of them, and nothing of who never bought', async () => {
    const figures = lifetimeFigures(shop.platform, () => modelId);
    const [alive, orders, value] = await figures.read([1516], 'en');
    expect(Number(alive.value?.slice(0, -1))).toBeGreaterThan(0);
    expect(Number(orders.value)).toBeGreaterThan(0);
    expect(Number(value.value)).toBeGreaterThan(0);
    expect(await figures.read([9999], 'en')).toEqual([]);
    expect(await lifetimeFigures(shop.platform, () => 0).read([1516], 'en')).toEqual([]);
  });

  it('takes people who were merged since for one, and forgets who is erased', async () => {
    const before = (await people({})).size;
    await mergeCustomers(shop.platform.clickhouse, [{ absorbed: 2, survivor: 1 }]);
    await shop.platform.clickhouse.insertRows('customer', [{ customer_no: 2, version: 2, status: 'merged', created_at: '1997-01-01 00:00:00' }]);
    await shop.changed();
    expect((await people({})).size).toBe(before - 1);
    const held = heldLifetime(shop.platform);
    const person = { customerNos: [3, 4], identifiers: [] };
    expect(await held.count(person)).toBe(2);
    expect(await Array.fromAsync(held.export(person))).toMatchObject([{ customer_no: 3 }, { customer_no: 4 }]);
    expect(await held.erase(person)).toBe(2);
    expect(await held.count(person)).toBe(0);
    await shop.changed();
    expect((await people({})).size).toBe(before - 3);
  });
});
