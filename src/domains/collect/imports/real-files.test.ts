import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestImports, type TestImports } from '../../../../test/imports-server.ts';

const folder = join(import.meta.dirname, '..', '..', '..', '..', '..', 'shared', 'data');
const present = existsSync(folder);
if (!present) console.warn(`SKIPPED: real files are not imported, for there is no ${folder}`);

describe.skipIf(!present)('real files', () => {
  let test: TestImports;
  beforeAll(async () => {
    test = await createTestImports();
  });
  afterAll(() => test.close());

  it('brings in Online Retail with the figures everybody finds in it', async () => {
    const done = await test.bringIn('online_retail.csv.gz', readFileSync(join(folder, 'online_retail', 'online_retail.csv.gz')));
    expect(done.state).toBe('done');
    expect(done.summary?.counts).toMatchObject({ rows: 541_909, accepted: 541_909, rejected: 0 });
    expect(done.summary?.newCustomers).toBe(4_372);
    expect(done.summary?.orders).toMatchObject({
      lines: 541_909, customers: 4_372, orders: 25_900, refundOrders: 3_836, refundsAlone: 3_836, net: '9747747.934', linesWithoutCustomer: 135_080,
    });
    const { rows } = await test.platform.pg.query('select count(*) as n from customer where import_id = $1', [done.importId]);
    expect(rows[0].n).toBe(4_372);
    expect((await test.platform.pg.query("select count(*) as n, max(name) filter (where product_id = '85123A') as name from product")).rows).toEqual([{ n: 4_070, name: 'CREAM HANGING HEART T-LIGHT HOLDER' }]);
    const summed = await test.platform.clickhouse.rows('select count() as n from customer_summary final where orders > 0');
    expect(summed).toEqual([{ n: expect.any(String) }]);
  });

  it('brings in the Tmall report: Chinese names, orders without a customer, refunds in a column', async () => {
    const done = await test.bringIn('tmall_order_report.csv.gz', readFileSync(join(folder, 'tmall_orders', 'tmall_order_report.csv.gz')));
    expect(done.state).toBe('done');
    expect(done.summary?.counts).toMatchObject({ rows: 28_010, rejected: 0 });
    expect(done.summary?.orders?.net).toBe('1902487.15');
  });

  it('brings in the Taobao trade history: days without a time, no price', async () => {
    const done = await test.bringIn('tianchi_mum_baby_trade_history.csv.gz',
      readFileSync(join(folder, 'taobao_mum_baby', 'tianchi_mum_baby_trade_history.csv.gz')));
    expect(done.state).toBe('done');
    expect(done.summary?.counts).toMatchObject({ rows: 29_971, rejected: 0 });
    expect(done.summary?.orders).toMatchObject({ lines: 29_971, customers: 29_944, net: '0' });
  });

  it('brings in the children of Taobao customers as attributes of their parents', async () => {
    const done = await test.bringIn('tianchi_mum_baby.csv', readFileSync(join(folder, 'taobao_mum_baby', 'tianchi_mum_baby.csv')));
    expect(done).toMatchObject({ state: 'done', kind: 'customers' });
    expect(done.summary?.counts).toMatchObject({ rows: 953, accepted: 953, rejected: 0 });
  });
});
