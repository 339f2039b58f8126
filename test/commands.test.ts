import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCommand } from './command-line.ts';
import { startProduct, type Product } from './product.ts';

const orders = `order_id,customer_id,paid_at,sku,quantity,price
A1,c1,2026-03-01 10:00:00,TEA,2,10.50
A2,c2,2026-03-02 11:00:00,TEA,1,10.50
A3,c2,2026-02-30 11:00:00,TEA,1,10.50
A4,c3,2026-03-04 12:00:00,CUP,一打,8
`;
const mapping = {
  version: 1, kind: 'order_lines', timeZone: 'Asia/Shanghai', dateOrder: 'month_first', currency: 'CNY', source: 'shop',
  columns: [['order_id', 'order_id'], ['customer_id', 'external_id'], ['paid_at', 'occurred_at'], ['sku', 'product_id'], ['quantity', 'quantity'], ['price', 'unit_price']]
    .map(([column, field]) => ({ column, field })),
};

describe('the command line', () => {
  let root: string;
  let dataDir: string;
  let product: Product;
  const run = (...words: string[]) => runCommand(dataDir, words, {}, root);

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'perennial-commands-'));
    // Passable, so that a database started by root stays inside and is removed with it.
    await chmod(root, 0o755);
    dataDir = join(root, 'data');
    product = await startProduct(dataDir);
    await writeFile(join(root, 'orders.csv'), orders);
    await writeFile(join(root, 'map.json'), JSON.stringify(mapping));
  });
  afterAll(async () => {
    await product.stop();
    await rm(root, { recursive: true, force: true });
  });

  it('checks a file without importing it', async () => {
    const { code, told } = await run('import', 'orders.csv', '--map', 'map.json', '--dry-run');
    expect(told).toContain('2 rejected');
    expect(told).toContain('Row 4, column “paid_at”');
    expect(code).toBe(0);
    expect((await run('export', 'orders')).out.trim().split('\n')).toHaveLength(1);
  });

  it('imports a file, tells what it brought, and leaves the rejected rows in a file', async () => {
    const { code, out, told } = await run('import', 'orders.csv', '--map', 'map.json');
    expect(told).toMatch(/2 rejected rows .*orders\.csv\.rejected-\d+\.csv/);
    expect(out).toContain('2 orders of 2 customers in 2 lines');
    expect(out).toContain('net 31.5 CNY');
    expect(code).toBe(0);
    const rejects = (await readdir(root)).find((name) => name.startsWith('orders.csv.rejected')) ?? '';
    expect(await readFile(join(root, rejects), 'utf8')).toContain('A3');
  });

  it.each([
    ['a file that is not there', ['import', 'no-such.csv'], 'no-such.csv'],
    ['a mapping that is not one', ['import', 'orders.csv', '--map', 'orders.csv'], 'cannot be read'],
    ['an unknown kind', ['import', 'orders.csv', '--kind', 'weather'], 'order_lines, customers, events, products'],
    ['an unknown export', ['export', 'weather'], 'customers, orders'],
    ['an unknown role', ['staff', 'add', '小王', 'wang@example.com', '--role', 'king'], 'viewer'],
    ['a scope nobody has', ['token', 'create', 'robot', '--scopes', 'weather.make'], 'weather.make'],
    ['a demonstration brand on top of data', ['demo'], 'empty one only'],
    ['a backup into a folder in use', ['backup', '.'], 'not empty'],
    ['a restore over a deployment', ['restore', 'nowhere'], 'no finished backup'],
  ])('refuses %s in a sentence, with exit code 1', async (_what, words, sentence) => {
    const { code, out, told } = await run(...words);
    expect(told).toContain(sentence);
    expect(told).not.toContain('    at ');
    expect([code, out]).toEqual([1, '']);
  });

  it('names what to use instead where PostgreSQL is somebody else\'s', async () => {
    for (const command of ['backup', 'restore']) {
      const { code, told } = await runCommand(dataDir, [command, 'folder'], { DATABASE_URL: 'postgres://user@example.invalid/shop' }, root);
      expect([code, told]).toEqual([1, expect.stringMatching(/DATABASE_URL is set.*own tools/)]);
    }
  });

  it('makes keys, tokens and accounts that work, on standard output only', async () => {
    const key = (await run('key', 'create', 'shop')).out.trim();
    const sent = await fetch(`${product.url}/v1/track`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}`, 'content-type': 'application/json' },
      body: JSON.stringify({ userId: 'c1', event: 'Visited', messageId: 'm1' }),
    });
    expect(sent.status).toBe(200);
    const token = (await run('token', 'create', 'robot', '--scopes', 'customers.read')).out.trim();
    const list = await fetch(`${product.url}/api/customers`, { headers: { authorization: `Bearer ${token}` } });
    expect([list.status, (await list.json()).rows.length > 0]).toEqual([200, true]);
    expect((await run('staff', 'add', '小王', 'wang@example.com')).out).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\S+#\S+\n$/);
    expect((await run('sign-in')).out).toMatch(/^http:\S+\n$/);
  });

  it('finds everything in order, and says what is not', async () => {
    const fine = await run('doctor');
    expect(fine.out).toContain('Everything is in order.');
    expect(fine.code).toBe(0);
    expect((await run('rebuild')).out).toMatch(/^ClickHouse was made anew: \d events, 2 order lines\.\n$/);
  });
});
