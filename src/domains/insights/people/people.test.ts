import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createInsightsServer, type InsightsServer } from '../../../../test/insights-server.ts';
import { insertLines } from '../../../../test/order-lines.ts';
import { readAudience } from '../../audiences/contract.ts';
import { keepPeople, readPeople } from '../contract.ts';

describe('the people behind a number', () => {
  let shop: InsightsServer;
  const bought = (category: string) => ({
    kind: 'rule' as const,
    rule: { kind: 'measure', facts: { fact: 'order', where: [{ field: 'category', test: 'any_of', values: [category] }] }, measure: 'orders', period: {}, compare: { is: 'at_least', value: 1 } } as never,
  });
  beforeAll(async () => {
    shop = await createInsightsServer();
    const { pg, clickhouse } = shop.platform;
    await pg.query("insert into customer (customer_no, created_at) select n, now() from generate_series(1, 30) n");
    await clickhouse.command("insert into customer (customer_no, version, status, created_at) select number + 1, 1, 'active', '2026-01-01 00:00:00' from numbers(30)");
    await insertLines(clickhouse, Array.from({ length: 25 }, (_, i) => ({ customerNo: i + 1, order: `O${i}`, category: i < 20 ? '茶叶' : '咖啡' })));
    await shop.changed();
  });
  afterAll(() => shop.close());

  it('are counted, shown ten at a time and said in words', async () => {
    const first = await shop.ask(readPeople, { body: { of: bought('茶叶') } }, { locale: 'zh-CN' });
    expect(first.status, first.text).toBe(200);
    expect(first.body).toMatchObject({ size: 20, sentence: expect.stringContaining('茶叶'), rule: { kind: 'measure' } });
    expect(first.body.people).toHaveLength(10);
    const others = await shop.ask(readPeople, { body: { of: bought('茶叶'), seed: 7 } });
    expect(others.body.people.map(({ customerNo }) => customerNo)).not.toEqual(first.body.people.map(({ customerNo }) => customerNo));
  });

  it('become a fixed audience that says what they were found as, in the language of who reads it', async () => {
    const kept = await shop.ask(keepPeople, { body: { of: bought('咖啡'), name: '咖啡客', reason: '试一试' } });
    expect(kept.status, kept.text).toBe(201);
    expect(kept.body.size).toBe(5);
    const { audienceId } = kept.body;
    const shown = await shop.ask(readAudience, { params: { audienceId } }, { locale: 'zh-CN' });
    expect(shown.body).toMatchObject({ name: '咖啡客', kind: 'fixed', size: 5, rule: { kind: 'audience', audienceId }, origin: { kind: 'found' }, sentence: expect.stringContaining('咖啡') });
    expect((await shop.ask(readAudience, { params: { audienceId } })).body.sentence).toMatch(/order/i);
    expect([...(await shop.audiences.membersOf(audienceId))]).toEqual([21, 22, 23, 24, 25]);
  });

  it('are not kept when there is nobody, when the name is taken, nor by who may not make audiences', async () => {
    const keep = (of: ReturnType<typeof bought>, name: string, permissions?: string) => shop.ask(keepPeople, { body: { of, name } }, permissions === undefined ? {} : { permissions });
    expect(await keep(bought('没有的'), '没人')).toMatchObject({ status: 409, code: 'insights.nobody_to_keep' });
    expect((await keep(bought('茶叶'), '咖啡客')).status).toBe(409);
    expect((await keep(bought('茶叶'), '不行', 'insights.read')).status).toBe(403);
    expect((await shop.ask(readPeople, { body: { of: { kind: 'nonsense' } as never } })).status).toBe(400);
  });
});
