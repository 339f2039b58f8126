import { execFileSync } from 'node:child_process';
import { existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startProduct, type Product } from '../product.ts';
import { checkFolder, report } from './report.ts';
import { openStores, type Stores } from './stores.ts';
import { until } from './load.ts';
import { untilApplied } from './tracker.ts';

/** What of a person must be nowhere but in the vault: each is told from anything else in any file. */
const planted = {
  name: '欧阳金丝雀',
  phone: '13988887777',
  email: 'canary.person@planted-mail.example',
  address: '金丝雀路七十七号',
};
/** Shown to everybody, but in PostgreSQL only (decision 0003). */
const memberNo = 'MEMBER-CANARY-7788';
const inEvents = { phone: '13988886666', email: 'canary.in.event@planted-mail.example' };
const everything = [...Object.values(planted), ...Object.values(inEvents)];

interface OpenApi {
  paths: Record<string, Record<string, { 'x-access': string; parameters: { name: string; in: string; schema: { enum?: string[]; type?: string } }[] }>>;
}

describe('personal data and secrets', () => {
  let folder: ReturnType<typeof checkFolder>;
  let product: Product;
  let stores: Stores;
  let customerNo: number;
  let endpoints: { method: string; path: string; access: string; query: { name: string; schema: { enum?: string[]; type?: string } }[] }[];
  let writeKey: string;
  let tokens: string[];
  beforeAll(async () => {
    folder = checkFolder('secrets');
    product = await startProduct(folder.path, { PERENNIAL_LOG: 'debug' });
    stores = await openStores(product);
    writeKey = (await product.ask<{ secret: string }>('POST', '/api/write-keys', { name: 'canary' })).secret;
    await track({ type: 'identify', messageId: 'canary-1', userId: 'canary-user', traits: { name: planted.name, phone: planted.phone, email: planted.email, member_no: memberNo, address: planted.address } });
    await track({ type: 'track', event: 'Order Completed', messageId: 'canary-2', userId: 'canary-user', properties: { order_id: 'CANARY-1', total: 9, phone: inEvents.phone, note: `call ${inEvents.phone} or ${inEvents.email}`, products: [{ product_id: 'P1', name: '白茶', price: 9, quantity: 1 }] } });
    await track({ type: 'track', event: `mail ${inEvents.email}`, messageId: 'canary-3', userId: 'canary-user', properties: { email: inEvents.email, deep: { list: [{ mobile: inEvents.phone }] } } });
    // Refused, and kept aside with its reason.
    await track({ type: 'track', messageId: 'canary-4', userId: 'canary-user', properties: { phone: planted.phone } });
    await untilApplied(stores);
    await until('copied', async () => ((await stores.clickhouse.rows('select 1 from customer limit 1')).length > 0));
    customerNo = Number(((await stores.clickhouse.rows('select max(customer_no) as n from event')) as { n: number }[])[0].n);
    const document = await product.ask<OpenApi>('GET', '/openapi.json');
    endpoints = Object.entries(document.paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, { 'x-access': access, parameters }]) => ({
      method: method.toUpperCase(), path, access, query: parameters.filter((p) => p.in === 'query'),
    })));
    tokens = [product.token, writeKey];
  }, 120_000);
  afterAll(async () => {
    await stores.close();
    await product.killTree();
    folder.remove();
  });

  const track = async (event: object): Promise<void> => {
    const reply = await fetch(`${product.url}/v1/batch`, { method: 'POST', body: JSON.stringify({ batch: [event] }), headers: { authorization: `Basic ${Buffer.from(`${writeKey}:`).toString('base64')}` } });
    expect(reply.status).toBe(200);
  };
  const get = async (path: string, token: string, method = 'GET', body?: object): Promise<{ status: number; text: string }> => {
    const reply = await fetch(`${product.url}${path}`, { method, headers: { authorization: `Bearer ${token}`, 'accept-language': 'en', ...(body ? { 'content-type': 'application/json' } : {}) }, body: body && JSON.stringify(body) });
    return { status: reply.status, text: `${await reply.text()} ${JSON.stringify([...reply.headers])}` };
  };
  const fill = (path: string): string => path.replace(/\{customerNo\}/g, String(customerNo)).replace(/\{\w+\}/g, '1');

  it('39: no reply shows a byte of them to who may not reveal them', async () => {
    const scopes = [...new Set(endpoints.map((e) => e.access))].filter((a) => a.includes('.') && !['customers.reveal', 'customers.erase', 'access.tokens', 'access.staff', 'access.roles', 'collect.repair'].includes(a));
    const { secret } = await product.ask<{ secret: string }>('POST', '/api/tokens', { name: 'no reveal', scopes, days: 1 });
    tokens.push(secret);
    const asked: string[] = [];
    const leaks: string[] = [];
    const statuses: Record<string, number> = {};
    for (const { path, query } of endpoints.filter((e) => e.method === 'GET')) {
      const values = (q: (typeof query)[number]): string[] => q.schema.enum ?? (q.schema.type === 'integer' || q.schema.type === 'number' ? ['1'] : [planted.phone, planted.email, 'canary', '欧']);
      const urls = [fill(path), ...query.flatMap((q) => values(q).map((v) => `${fill(path)}?${q.name}=${encodeURIComponent(v)}`))];
      for (const url of urls) {
        const { status, text } = await get(url, secret);
        asked.push(url);
        statuses[status] = (statuses[status] ?? 0) + 1;
        for (const value of everything) if (text.includes(value) || text.includes(encodeURIComponent(value))) leaks.push(`${url}: ${value}`);
      }
    }
    report('39 without the right to reveal', { asked: asked.length, statuses, leaks });
    expect(leaks).toEqual([]);
    expect(Object.keys(statuses).filter((s) => Number(s) >= 500)).toEqual([]);
  }, 180_000);

  it('51: none of them is in ClickHouse, in the fact log, in what was printed or in an error; no secret is anywhere but in its file', async () => {
    // Errors of every kind, with the canaries in them.
    for (const path of ['/api/customers', '/api/customers/search', '/api/orders']) await get(`${path}?q=${encodeURIComponent(planted.email)}&page=${planted.phone}`, product.token);
    const refusal = await get('/api/staff', product.token, 'POST', { email: planted.email, phone: planted.phone });
    expect(refusal.text).not.toContain(planted.email);
    await stores.clickhouse.command('optimize table event final').catch(() => {});
    const exitCode = await product.stop();
    const found: string[] = [];
    const places = ['clickhouse', 'facts', 'run', 'uploads', 'exports'].map((name) => join(folder.path, name)).filter((path) => existsSync(path));
    for (const value of [...everything, memberNo]) {
      for (const place of places) {
        const files = grep(value, place);
        if (files.length > 0) found.push(`${value} in ${files.slice(0, 3).join(', ')}`);
      }
      if (product.output().includes(value)) found.push(`${value} was printed`);
    }
    // ClickHouse and the log compress: what they hold is also asked for. Everything ended already; a start answers.
    product = await startProduct(folder.path);
    await stores.close();
    stores = await openStores(product);
    for (const table of ['event', 'order_line', 'customer']) {
      const rows = JSON.stringify(await stores.clickhouse.rows(`select * from ${table}`));
      for (const value of [...everything, memberNo]) if (rows.includes(value)) found.push(`${value} in the table ${table}`);
    }
    const master = readFileSync(join(folder.path, 'secret'), 'utf8').trim();
    for (const secret of [master, ...tokens]) {
      const at = grep(secret, folder.path).filter((path) => path !== join(folder.path, 'secret') && !path.endsWith('run/server.json'));
      if (at.length > 0 || product.output().includes(secret)) found.push(`a secret in ${at.join(', ') || 'what was printed'}`);
    }
    const bundle = resolve(import.meta.dirname, '..', '..', 'dist', 'web');
    const inBundle = existsSync(bundle) ? grep('postgres://', bundle) : [];
    const inDatabase = everything.filter((value) => grep(value, join(folder.path, 'postgres')).length > 0);
    report('51 canaries', { places: places.length, found, inBundle, exitCode, plainInPostgresFiles: inDatabase });
    expect(found).toEqual([]);
    expect(inBundle).toEqual([]);
    // Neither in tables nor in the write-ahead log, also of what has long been applied.
    expect(inDatabase).toEqual([]);
  }, 120_000);

  it('51: the data folder is closed to others, all the way down', () => {
    const open: string[] = [];
    const visit = (path: string): void => {
      const stat = lstatSync(path);
      if (stat.isSymbolicLink()) return;
      if ((stat.mode & 0o007) !== 0) open.push(`${path} ${(stat.mode & 0o777).toString(8)}`);
      // A closed folder closes what is below it.
      else if (stat.isDirectory() && path === folder.path) for (const name of readdirSync(path)) visit(join(path, name));
    };
    visit(folder.path);
    report('51 modes', { dataFolder: (lstatSync(folder.path).mode & 0o777).toString(8), open });
    expect(open).toEqual([]);
  });

  it('52: what changes something leaves a line in the audit log', async () => {
    const unsafe = endpoints.filter((e) => e.method !== 'GET' && e.access !== 'public' && e.access !== 'signed-in');
    const newest = async (): Promise<number> => Number((await stores.pg.query<{ n: number }>('select coalesce(max(seq), 0)::int as n from audit_log')).rows[0].n);
    const silent: string[] = [];
    const done: string[] = [];
    const bodies: Record<string, object> = {
      '/api/staff': { name: 'Bo', email: 'bo@example.com', roleIds: [1] },
      '/api/roles': { name: 'own', permissions: ['customers.read'] },
      '/api/tokens': { name: 't', scopes: ['customers.read'], days: 1 },
      '/api/settings/brand': { name: '常青', timeZone: 'Asia/Shanghai', currency: 'CNY' },
      '/api/write-keys': { name: 'second' },
      '/api/customers/{customerNo}/tags': { name: '金丝雀' },
      '/api/customers/{customerNo}/consents': { channel: 'sms', purpose: 'marketing', granted: true },
    };
    for (const { method, path } of unsafe) {
      const before = await newest();
      const { status } = await get(fill(path), product.token, method, method === 'DELETE' ? undefined : (bodies[path] ?? {}));
      if (status >= 300) continue;
      done.push(`${method} ${path}`);
      if ((await newest()) === before) silent.push(`${method} ${path}: ${status}`);
    }
    report('52 audit', { unsafe: unsafe.length, succeeded: done.length, done, silent });
    expect(silent.filter((line) => !/verify|check|dry|inspection|mappings/.test(line))).toEqual([]);
  }, 120_000);
});

/** Files below a place that hold a text as its bytes. */
function grep(text: string, place: string): string[] {
  try {
    return execFileSync('grep', ['-rlaF', '--', text, place], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).split('\n').filter(Boolean);
  } catch {
    return [];
  }
}
