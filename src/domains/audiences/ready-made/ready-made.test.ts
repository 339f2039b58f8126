import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestPlatform, createTestServer, type TestPlatform } from '../../../../test/harness.ts';
import { locales } from '../../../kernel/locale.ts';
import { createCustomers } from '../../customers/public.ts';
import { type Audiences, createAudiences } from '../audiences.ts';
import { readyMadeTasks } from '../contract/ready-made.ts';
import { readyMade } from './ready-made.ts';

interface Listed { key: string; name: string; reason: string; sentence: string; rule: object }

describe('ready-made audiences', () => {
  let test: TestPlatform;
  let audiences: Audiences;
  let server: Awaited<ReturnType<typeof createTestServer>>;
  beforeAll(async () => {
    test = await createTestPlatform();
    test.platform.clock.now = () => new Date('2026-06-30T04:00:00Z');
    const { clickhouse } = test.platform;
    await clickhouse.command(`insert into customer (customer_no, version, status, created_at, birth_date) values
      (1, 1, 'active', '2026-06-20 00:00:00', null), (2, 1, 'active', '2025-01-01 00:00:00', '1990-07-03'), (3, 1, 'active', '2024-01-01 00:00:00', null)`);
    await clickhouse.command(`insert into order_line (fact_id, customer_no, occurred_at, kind, order_id, category, quantity, unit_price, amount, source) values
      (1, 2, '2026-06-10 00:00:00', 'sale', 'A', '茶', 1, 100, 100, 't'), (2, 3, '2025-01-10 00:00:00', 'sale', 'B', '茶', 1, 600, 600, 't'),
      (3, 3, '2026-06-15 00:00:00', 'sale', 'C', '杯', 1, 600, 600, 't')`);
    await clickhouse.command('insert into customer_summary select customer_no, 1, min(occurred_at), max(occurred_at), uniqExact(order_key), 0, sum(amount), 0 from order_line group by customer_no');
    await test.platform.pg.query("insert into customer (customer_no, created_at) select n, now() from generate_series(1, 3) n");
    audiences = createAudiences(test.platform, createCustomers(test.platform));
    server = await createTestServer(test.platform, audiences.routes);
  });
  afterAll(async () => {
    await server.close();
    await test.close();
  });
  const list = async (language: string): Promise<Listed[]> =>
    (await server.inject({ url: '/api/audiences/ready-made', headers: { 'x-test-permissions': 'audiences.read', 'accept-language': language } })).json().audiences;

  it('exist for every task, with a name, a reason and a sentence in every language', async () => {
    expect(new Set(readyMade.map((each) => each.task))).toEqual(new Set(readyMadeTasks));
    for (const language of locales) {
      for (const { key, name, reason, sentence } of await list(language)) {
        for (const text of [name, reason, sentence]) expect(text, `${language} ${key}`).not.toMatch(/readyMade|sentence\.|undefined|\{\{|^$/);
      }
    }
  });

  it('mean whom they say', async () => {
    const people: Record<string, number[]> = {};
    for (const { key, rule } of await list('en')) {
      const reply = await server.inject({ method: 'POST', url: '/api/audiences/preview/people', payload: { rule }, headers: { 'x-test-permissions': 'audiences.read' } });
      expect(reply.statusCode, `${key}: ${reply.body}`).toBe(200);
      people[key] = reply.json().people.map((person: { customerNo: number }) => person.customerNo);
    }
    expect(people).toMatchObject({
      waiting_first_order: [1], waiting_second_order: [2], one_order_lapsing: [], high_value: [3], never_small: [3], won_back: [3], birthday_soon: [2], at_risk: [], lost: [], frequent: [],
    });
  });

  it('ask about members’ tiers where a domain keeps them, and are not offered where none does', async () => {
    const keys = async () => (await list('en')).map((each) => each.key);
    expect(await keys()).not.toContain('tier_ending');
    audiences.registerField({
      name: 'membership.tier_until', label: 'audiences:field.first_seen', type: 'moment', source: 'customers',
      relation: "select customer_no, toNullable(toDateTime64('2026-07-10 00:00:00', 3, 'UTC')) as value from customer final where customer_no in (1, 3)",
    });
    const ending = (await list('zh-CN')).find((each) => each.key === 'tier_ending');
    expect(ending?.name).toBe('即将降级的会员');
    const reply = await server.inject({ method: 'POST', url: '/api/audiences/preview', payload: { rule: ending?.rule }, headers: { 'x-test-permissions': 'audiences.read' } });
    expect(reply.json()).toMatchObject({ size: 2 });
  });
});
