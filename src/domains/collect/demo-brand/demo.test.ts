import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestPlatform, createTestServer, type TestPlatform } from '../../../../test/harness.ts';
import { createCommerce } from '../../commerce/public.ts';
import { createCustomers } from '../../customers/public.ts';
import { createFactLog, type FactLog } from '../facts/fact-log.ts';
import { createDemo, type Demo } from './demo.ts';

describe('asking for the demonstration brand', () => {
  let test: TestPlatform;
  let facts: FactLog;
  let demo: Demo;
  let server: FastifyInstance;
  const reader = { 'x-test-permissions': 'collect.read' };
  const owner = { 'x-test-permissions': 'collect.read collect.sources' };

  beforeAll(async () => {
    test = await createTestPlatform();
    facts = createFactLog(test.platform);
    demo = createDemo(test.platform, { facts, customers: createCustomers(test.platform), commerce: createCommerce(test.platform) }, { customers: 60 });
    await test.platform.jobs.start(true);
    server = await createTestServer(test.platform, demo.routes);
  });
  afterAll(async () => {
    await server.close();
    await facts.stop();
    await test.close();
  });

  it('is for who may connect sources, and shows how far it is', async () => {
    expect((await server.inject({ method: 'GET', url: '/api/demo', headers: reader })).json()).toEqual({ state: 'absent', customers: 0, loaded: 0 });
    expect((await server.inject({ method: 'POST', url: '/api/demo', headers: reader })).statusCode).toBe(403);
    expect((await server.inject({ method: 'POST', url: '/api/demo' })).statusCode).toBe(401);
  });

  it('waits until the facts can be written and not for what others add, loads once, and refuses a second time', async () => {
    const others = Promise.withResolvers<void>();
    demo.whenLoaded(() => others.promise);
    expect(await demo.wanted()).toBe(true);
    expect((await server.inject({ method: 'POST', url: '/api/demo', headers: owner })).statusCode).toBe(202);
    const loading = demo.load();
    await facts.start();
    await loading;

    const found = async () => (await server.inject({ method: 'GET', url: '/api/demo', headers: reader })).json();
    expect(await found()).toEqual({ state: 'adding', customers: 60, loaded: 60 });
    others.resolve();
    await expect.poll(found).toEqual({ state: 'done', customers: 60, loaded: 60 });
    const { rows: [{ n }] } = await test.platform.pg.query("select count(*) as n from product where category like '%/%'");
    expect(n).toBe(120);
    const [summary] = await test.platform.clickhouse.rows(`select toString(sum(sales) - sum(refunded)) as net,
      (select toString(sum(amount)) from order_line) as lines from customer_summary final`) as { net: string; lines: string }[];
    expect(Number(summary.net)).toBeGreaterThan(0);
    expect(summary.net).toBe(summary.lines);
    const { rows: [check] } = await test.platform.pg.query('select logged, found from fact_check order by check_no desc limit 1');
    expect(check.found.order_line).toBeGreaterThan(0);
    expect(check.found).toEqual(check.logged);
    expect(await demo.wanted()).toBe(false);
    const again = await server.inject({ method: 'POST', url: '/api/demo', headers: owner });
    expect([again.statusCode, again.json().code]).toEqual([409, 'collect.demo_not_empty']);
  });
});
