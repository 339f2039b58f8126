import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCustomersServer, type CustomersServer } from '../../../../test/customers-server.ts';
import { canonicalNo } from '../../../platform/clickhouse/merge-dictionary.ts';
import { inTransaction } from '../../../platform/postgres/pool.ts';
import { mergeCustomers } from '../contract.ts';
import { createBackground } from '../background.ts';
import { createCopier } from './copier.ts';
import { queueCopies } from './queue.ts';

describe('what ClickHouse knows of customers', () => {
  let shop: CustomersServer;
  beforeAll(async () => {
    shop = await createCustomersServer();
  });
  afterAll(() => shop.close());

  const copyOf = async (customerNo: number) =>
    (await shop.platform.clickhouse.rows('select status, city, channel, created_at, tags, attributes from customer final where customer_no = {customerNo:UInt32}', { customerNo }))[0];
  const waiting = async (): Promise<number> =>
    (await shop.platform.pg.query<{ n: number }>('select count(*)::int as n from customer_copy')).rows[0].n;

  it('is the part of a profile that is not personal, as new as PostgreSQL', async () => {
    const customerNo = await shop.person({ external_id: 'C1', phone: '+8613812340001' }, { name: '张三', city: '杭州', plan: 'gold', wechat: 'zs' }, 4, '天猫');
    await inTransaction(shop.platform.pg, (client) => shop.customers.tags.add(client, [{ customerNo, name: '茶', at: new Date(), by: 'test' }]));
    await shop.customers.copier.drain();
    expect(await copyOf(customerNo)).toEqual({ status: 'active', city: '杭州', channel: '天猫', created_at: '2026-01-04T00:00:00.000Z', tags: [1], attributes: { plan: 'gold' } });
    await shop.person({ external_id: 'C1' }, { city: '苏州', plan: null }, 5);
    await shop.customers.copier.drain();
    expect(await copyOf(customerNo)).toMatchObject({ city: '苏州', attributes: {} });
    expect(await waiting()).toBe(0);
  });

  it('says of a survivor what the whole lineage says, and of the absorbed that they are merged', async () => {
    const [kept, gone] = [await shop.person({ external_id: 'C2' }, { city: '北京' }, 9, '官网'), await shop.person({ external_id: 'C3' }, { city: '上海', size: 'M' }, 6, '抖音')];
    await shop.ask(mergeCustomers, 'customers.merge', { body: { survivorNo: kept, absorbedNo: gone } });
    expect(await copyOf(kept)).toMatchObject({ status: 'active', city: '北京', channel: '抖音', created_at: '2026-01-06T00:00:00.000Z', attributes: { size: 'M' } });
    expect(await copyOf(gone)).toMatchObject({ status: 'merged' });
  });

  it('keeps a customer in the queue who changes while being copied', async () => {
    const customerNo = await shop.person({ external_id: 'C4' }, { city: '南京' });
    const { clickhouse, pg } = shop.platform;
    const slow = {
      ...shop.platform,
      clickhouse: { ...clickhouse, insertRows: async (table: string, rows: object[]) => {
        await clickhouse.insertRows(table, rows);
        if (table === 'customer') await queueCopies(pg, [customerNo]);
      } },
    };
    const copying = createCopier(slow);
    // The copier goes on until nothing waits; each turn finds the ticket that rose during the one before.
    await Promise.race([copying.drain(), new Promise((resolve) => setTimeout(resolve, 300))]);
    expect(await waiting()).toBe(1);
    await shop.customers.copier.drain();
    expect(await waiting()).toBe(0);
  });

  it('is made anew for a ClickHouse that lost everything, merges included', async () => {
    const { clickhouse } = shop.platform;
    const count = async () => clickhouse.rows(`select status, toUInt32(count()) as n from customer final group by status order by status`);
    const before = await count();
    const pairs = async () => clickhouse.rows(`select absorbed_no, ${canonicalNo('absorbed_no')} as no from merge_pair final order by absorbed_no`);
    const merged = await pairs();
    await clickhouse.command('truncate table customer');
    await clickhouse.command('truncate table merge_pair');
    await shop.customers.copier.queueAll();
    await shop.customers.copier.drain();
    expect(await count()).toEqual(before);
    expect(await pairs()).toEqual(merged);
    expect(merged).not.toEqual([]);
  });

  it('is brought up to date in the background, which survives a failure and ends when told', async () => {
    let turns = 0;
    const background = createBackground('test', async () => {
      turns++;
      if (turns === 1) throw new Error('once');
      await shop.customers.copier.drain();
    }, 5, shop.platform.log);
    await shop.person({ external_id: 'C5' });
    background.start();
    while (await waiting() > 0) await new Promise((resolve) => setTimeout(resolve, 10));
    await background.stop();
    const ended = turns;
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(turns).toBe(ended);
  });
});
