import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestPlatform, type TestPlatform } from '../../../../test/harness.ts';
import { readBrand } from '../../../platform/settings.ts';
import { createCustomers, createCustomerWriter, type Customers } from '../../customers/public.ts';
import { demoBrand } from '../demo/brand.ts';
import { createFactLog, type FactLog } from '../facts/fact-log.ts';
import { isEmpty, loadDemo, wantsDemo, type DemoDoors, type DemoOptions } from './load.ts';
import { readProgress } from './progress.ts';

const options: DemoOptions = { customers: 300, seed: 11, endMs: Date.parse('2026-06-18T04:00:00Z'), customersAtOnce: 100 };

/** What the generator says there should be. */
function expected() {
  const sum = { customers: 0, identifiers: 0, consents: 0, order_lines: 0, refund_lines: 0, events: 0, net: 0n };
  for (const account of demoBrand({ customers: 300, seed: 11, endMs: options.endMs as number }).accounts()) {
    const refunds = account.orders.flatMap((order) => order.refunds);
    sum.customers += 1;
    sum.identifiers += account.customer.identifiers.length;
    sum.consents += account.consents().length;
    sum.order_lines += account.orders.reduce((n, order) => n + order.lines.length, 0);
    sum.refund_lines += refunds.reduce((n, refund) => n + refund.lines.length, 0);
    sum.events += account.events().length;
    sum.net += account.orders.reduce((n, order) => n + order.total, 0n) - refunds.reduce((n, refund) => n + refund.total, 0n);
  }
  return sum;
}

describe('the demonstration brand', () => {
  let test: TestPlatform;
  let facts: FactLog;
  let customers: Customers;
  let doors: DemoDoors;
  let products: string[];

  beforeEach(async () => {
    test = await createTestPlatform();
    facts = createFactLog(test.platform);
    customers = createCustomers(test.platform);
    await facts.start();
    products = [];
    doors = {
      facts,
      customers: createCustomerWriter(customers.vault, customers.nameKeys),
      writeProducts: async (_client, written) => void products.push(...written.map((p) => p.productId)),
      refresh: async () => void (await customers.copier.drain()),
      // A second time, it would be refused.
      additions: ['addition', 'another'].map((name) => async (client, history) => void (await client.query('insert into setting (name, value) values ($1, $2)', [name, history]))),
    };
  });
  afterEach(async () => {
    await facts.stop();
    await test.close();
  });

  async function stored() {
    const { pg, clickhouse } = test.platform;
    const { rows: [vault] } = await pg.query<{ customers: number; identifiers: number; consents: number }>(`select
      (select count(*) from customer) as customers, (select count(*) from identifier) as identifiers, (select count(*) from consent) as consents`);
    const [lines] = (await clickhouse.rows(`select countIf(kind = 'sale') as order_lines, countIf(kind = 'refund') as refund_lines,
      sum(amount) * 10000 as net from order_line`)) as { order_lines: string; refund_lines: string; net: string }[];
    const [events] = (await clickhouse.rows('select count() as events from event')) as { events: string }[];
    return { ...vault, order_lines: Number(lines.order_lines), refund_lines: Number(lines.refund_lines), events: Number(events.events),
      net: BigInt(lines.net.split('.')[0]) };
  }

  it('stands in both stores as it was generated, and again after a rebuild', async () => {
    expect(await wantsDemo(test.platform.pg)).toBe(true);
    await loadDemo(test.platform, doors, options);
    expect(await stored()).toEqual(expected());
    expect(products).toHaveLength(120);
    expect(await readBrand(test.platform.pg)).toEqual({ name: '常青生活', language: 'zh-CN', timeZone: 'Asia/Shanghai', currency: 'CNY' });
    const [copies] = (await test.platform.clickhouse.rows("select uniqExact(customer_no) as n, countIf(gender = 'female') > 0 as women from customer")) as object[];
    expect(copies).toMatchObject({ n: '300' });
    const { rows: [addition] } = await test.platform.pg.query("select value from setting where name = 'addition'");
    expect(addition).toMatchObject({ value: { endMs: options.endMs } });
    expect(addition.value.startMs).toBeLessThan(addition.value.endMs);

    await facts.rebuild();
    expect(await stored()).toEqual(expected());
  });

  it('has customers whom everything else knows by their phone', async () => {
    await loadDemo(test.platform, doors, options);
    const { customer } = [...demoBrand({ customers: 300, seed: 11, endMs: options.endMs as number }).accounts()]
      .find((account) => account.customer.identifiers.some((i) => i.kind === 'phone')) ?? { customer: undefined };
    const phone = customer?.identifiers.find((i) => i.kind === 'phone')?.value ?? '';
    const client = await test.platform.pg.connect();
    try {
      const [no] = await customers.identities.resolve(client, [{ identifiers: [{ kind: 'phone', namespace: '', value: `+86${phone}` }], at: new Date() }]);
      const { rows } = await client.query('select name, birth_date::text, city from customer_profile where customer_no = $1', [no]);
      expect(customers.vault.decrypt(`name ${no}`, rows[0].name)).toBe(customer?.name);
      expect(rows[0]).toMatchObject({ birth_date: customer?.birthday, city: customer?.city });
    } finally {
      client.release();
    }
  });

  it('is refused where it is already, and where anybody else is', async () => {
    await loadDemo(test.platform, doors, options);
    expect(await wantsDemo(test.platform.pg)).toBe(false);
    await expect(loadDemo(test.platform, doors, options)).rejects.toMatchObject({ code: 'collect.demo_not_empty', status: 409 });
    await test.platform.pg.query("delete from setting where name = 'demo'");
    expect(await isEmpty(test.platform.pg)).toBe(false);
    await expect(loadDemo(test.platform, doors, options)).rejects.toMatchObject({ code: 'collect.demo_not_empty' });
  });

  it.each([
    ['while a portion is written', (broken: DemoDoors) => {
      let portions = 0;
      const { write } = broken.customers;
      broken.customers = { write: async (...given) => {
        await write(...given);
        if (++portions === 2) throw new Error('the power went');
      } };
    }],
    ['before ClickHouse has what is sealed', (broken: DemoDoors) => {
      let batches = 0;
      broken.facts = { ...facts, apply: async (batch) => {
        if (++batches === 2) throw new Error('the power went');
        await facts.apply(batch);
      } };
    }],
    ['before it is refreshed', (broken: DemoDoors) => {
      broken.refresh = async () => {
        throw new Error('the power went');
      };
    }],
    ['while others added to it', (broken: DemoDoors) => {
      const [first, second] = broken.additions;
      broken.additions = [first, async (...given) => {
        await second(...given);
        throw new Error('the power went');
      }];
    }],
  ])('goes on after it was cut off %s, each customer once', async (when, cutOff) => {
    const broken = { ...doors };
    cutOff(broken);
    await expect(loadDemo(test.platform, broken, options)).rejects.toThrow('the power went');
    expect(await readProgress(test.platform.pg)).toMatchObject(when === 'while others added to it' ? { state: 'adding', added: 1, seed: 11 } : { state: 'loading', added: 0, seed: 11 });
    await facts.stop();
    await facts.start();

    expect(await wantsDemo(test.platform.pg)).toBe(true);
    // What a later start would have chosen does not count: it goes on with what was begun.
    await loadDemo(test.platform, doors, { customers: 5, seed: 99 });
    expect(await stored()).toEqual(expected());
    expect(await readProgress(test.platform.pg)).toMatchObject({ state: 'done', loaded: 300, added: 2 });
  });

  it('is loaded once when two ask for it at the same time', async () => {
    const both = await Promise.allSettled([loadDemo(test.platform, doors, options), loadDemo(test.platform, doors, options)]);
    expect(both.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await stored()).toEqual(expected());
  });
});
