import { readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startProduct, type Product } from '../product.ts';
import { loopDelayMs, residentMiB, startLoad, quantileOf } from './load.ts';
import { checkFolder, report } from './report.ts';
import { openStores } from './stores.ts';

const mebibyte = 2 ** 20;
const head = 'order_id,customer_id,paid_at,product_id,product_name,quantity,unit_price,amount\n';
const good = (n: number): string => `absurd-${n},buyer-${n % 50},2026-03-01 10:00:00,P${n % 40},茶,1,9.5,9.5\n`;
const jsonLine = (n: number, more = ''): string => `{"order_id":"line-${n}","customer_id":"buyer-${n}","paid_at":"2026-03-01 10:00:00","product_id":"P1","quantity":1,"amount":"9.5"${more}}\n`;
const goodLines = Array.from({ length: 1_000 }, (_, n) => jsonLine(n)).join('');

/** A text that is nothing but noughts when it is unpacked, as members one after the other: 4 MB for 4 GB. */
const bomb = Buffer.concat(Array<Buffer>(64).fill(gzipSync(Buffer.alloc(64 * mebibyte, '0'))));
/** The last four bytes of a gzip member say how long it is unpacked. */
const lying = (packed: Buffer, length: number): Buffer => {
  const copy = Buffer.from(packed);
  copy.writeUInt32LE(length, copy.length - 4);
  return copy;
};
const parquet = (footerBytes: number): Buffer => {
  const end = Buffer.alloc(8);
  end.writeUInt32LE(footerBytes);
  end.write('PAR1', 4);
  return Buffer.concat([Buffer.from('PAR1'), Buffer.alloc(4_096), end]);
};

/** Files by name: what is in them, and the status that answers them. */
const files: Record<string, [content: string | Buffer, status: number]> = {
  'four gigabytes in four megabytes.csv.gz': [bomb, 422],
  'four gigabytes behind a good beginning.csv.gz': [Buffer.concat([gzipSync(head + Array.from({ length: 100 }, (_, n) => good(n)).join('')), bomb]), 422],
  'says it is empty inside.csv.gz': [lying(gzipSync(head + good(1)), 0), 422],
  'says it is huge inside.csv.gz': [lying(gzipSync(head + good(1)), 0xffff_ffff), 422],
  'packed twice.csv.gz': [gzipSync(gzipSync(head + good(1))), 422],
  'a million columns.csv': [`${'c,'.repeat(1_000_000)}\n1\n`, 422],
  'one line of fifty megabytes.csv': [Buffer.alloc(50 * mebibyte, 'x'), 422],
  'a quote that never ends.csv': [`${head}"${'x\n'.repeat(10 * mebibyte)}`, 201],
  'nested without end.jsonl': [goodLines + jsonLine(1_001, `,"deep":${'['.repeat(400_000)}${']'.repeat(400_000)}`) + jsonLine(1_002, `,"deep":${'{"a":'.repeat(150_000)}1${'}'.repeat(150_000)}`), 201],
  'a list of a million.jsonl': [goodLines + jsonLine(1_003, `,"many":[${'1,'.repeat(1_000_000)}1]`) + jsonLine(1_004, `,"many":[${'1,'.repeat(400_000)}1]`), 201],
  'nothing but brackets.json': ['['.repeat(20 * mebibyte), 422],
  'a footer of two gigabytes.parquet': [parquet(0x7fff_ffff), 422],
  'a footer of nothing.parquet': [parquet(0), 422],
  'a workbook.xlsx': [Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), Buffer.from('[Content_Types].xml xl/workbook.xml'), Buffer.alloc(mebibyte)]), 422],
};

/** JSON bodies for an address that takes them, and the status that answers them. */
const bodies: Record<string, [path: string, body: string, status: number]> = {
  'a rule nested without end': ['/api/audiences/preview', `{"rule":${'{"kind":"group","match":"all","parts":['.repeat(20_000)}${']}'.repeat(20_000)}}`, 400],
  'brackets to the limit of a body': ['/api/audiences/preview', '['.repeat(mebibyte - 10), 400],
  'a list of half a million': ['/api/audiences/preview', `{"rule":{"kind":"tag","tags":[${'1,'.repeat(400_000)}1]}}`, 400],
  'a list of a million': ['/api/personal-properties', `{"names":[${'"a",'.repeat(1_000_000)}"a"]}`, 413],
  'half a million keys': ['/api/roles', `{${Array.from({ length: 90_000 }, (_, n) => `"k${n}":1`).join()}}`, 400],
  'four thousand wrong values in each of ten conditions': ['/api/audiences/preview', JSON.stringify({ rule: { kind: 'group', match: 'all', parts: Array.from({ length: 10 }, () => ({ kind: 'tag', tags: Array<string>(4_000).fill('x') })) } }), 400],
  'a list of people of thirty megabytes': ['/api/audiences/lists', JSON.stringify({ name: 'long', kind: 'customer_no', text: '1\n'.repeat(10 * mebibyte) }), 400],
};

describe('absurd input', () => {
  let folder: ReturnType<typeof checkFolder>;
  let product: Product;
  beforeAll(async () => {
    folder = checkFolder('absurd');
    product = await startProduct(folder.path);
    // What is used the first time takes memory that stays.
    await upload('warm.csv', head + good(0));
    await sleep(2_000);
  });
  afterAll(async () => {
    await product.killTree();
    folder.remove();
  });

  async function upload(name: string, content: string | Buffer): Promise<{ status: number; body: { code?: string; importId?: number } }> {
    const form = new FormData();
    form.append('file', new Blob([Buffer.from(content)]), name);
    const reply = await fetch(`${product.url}/api/imports`, { method: 'POST', body: form, headers: { authorization: `Bearer ${product.token}` } });
    return { status: reply.status, body: (await reply.json()) as { code?: string; importId?: number } };
  }

  /** Does something while others ask for pages, and says what it cost the program. */
  async function costOf(work: () => Promise<void>): Promise<{ tookMs: number; loopDelayMs: number; growthMiB: number; othersP99Ms: number }> {
    const before = residentMiB(product.pid);
    let peak = before;
    const watch = setInterval(() => (peak = Math.max(peak, residentMiB(product.pid))), 50);
    await loopDelayMs(product);
    const others = startLoad(product, ['/api/session'], { clients: 1, pauseMs: 20 });
    const startedMs = performance.now();
    await work();
    const tookMs = Math.round(performance.now() - startedMs);
    await others.stop();
    clearInterval(watch);
    return { tookMs, loopDelayMs: await loopDelayMs(product), growthMiB: peak - before, othersP99Ms: Math.round(quantileOf(others.tookMs, 0.99)) };
  }
  const tooMuch = (costs: Record<string, Awaited<ReturnType<typeof costOf>>>): string[] => Object.entries(costs)
    .filter(([, { tookMs, loopDelayMs: delayMs, growthMiB }]) => tookMs > 5_000 || delayMs >= 100 || growthMiB >= 100).map(([name, cost]) => `${name}: ${JSON.stringify(cost)}`);

  it('48: files that lie and files without measure are refused at once, or their good rows are taken, and cost next to nothing', async () => {
    const costs: Record<string, Awaited<ReturnType<typeof costOf>>> = {};
    const answers: string[] = [];
    const taken: { name: string; importId: number }[] = [];
    for (const [name, [content, status]] of Object.entries(files)) {
      costs[name] = await costOf(async () => {
        const reply = await upload(name, content);
        if (reply.status !== status || reply.body.code?.startsWith('platform.')) answers.push(`${name}: ${reply.status} ${reply.body.code}`);
        if (reply.body.importId) taken.push({ name, importId: reply.body.importId });
      });
    }
    const stores = await openStores(product);
    const outcomes: Record<string, unknown> = {};
    for (const { name, importId } of taken) {
      const { guess } = await product.ask<{ guess: { draft: unknown } }>('GET', `/api/imports/${importId}/inspection`);
      await product.ask('POST', `/api/imports/${importId}/start`, { mapping: guess.draft });
      let view: { state: string; failure: { code: string } | null; summary: { counts: { accepted: number; rejected: number } } | null };
      do {
        await sleep(100);
        view = await product.ask('GET', `/api/imports/${importId}`);
      } while (!['done', 'failed'].includes(view.state));
      outcomes[name] = view.failure?.code ?? view.summary?.counts;
    }
    await stores.close();
    report('48 absurd files', { costs, outcomes });
    expect(answers).toEqual([]);
    expect(outcomes).toMatchObject({
      'nested without end.jsonl': { accepted: 1_000, rejected: 2 },
      'a list of a million.jsonl': { accepted: 1_001, rejected: 1 },
    });
    expect(tooMuch(costs)).toEqual([]);
  }, 600_000);

  it('48: a request that announces more than is taken is refused before it is sent, and one that breaks off leaves nothing', async () => {
    const { hostname, port } = new URL(product.url);
    const announce = async (bytes: number, body: string): Promise<string> => {
      const socket = connect(Number(port), hostname);
      socket.write(`POST /api/imports HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${product.token}\r\ncontent-type: multipart/form-data; boundary=b\r\ncontent-length: ${bytes}\r\nconnection: close\r\n\r\n${body}`);
      setTimeout(() => socket.destroy(), 2_000);
      return text(socket).catch(() => '');
    };
    const before = readdirSync(join(folder.path, 'uploads')).length;
    expect(await announce(1e12, '')).toMatch(/^HTTP\/1\.1 413 /);
    expect(await announce(10e9, '--b\r\ncontent-disposition: form-data; name="file"; filename="a.csv"\r\n\r\nonly a little')).toBe('');
    await sleep(1_000);
    expect(readdirSync(join(folder.path, 'uploads'))).toHaveLength(before);
  }, 60_000);

  it('50: bodies without measure are refused at once', async () => {
    const costs: Record<string, Awaited<ReturnType<typeof costOf>>> = {};
    const answers: string[] = [];
    for (const [name, [path, body, status]] of Object.entries(bodies)) {
      costs[name] = await costOf(async () => {
        const method = path === '/api/personal-properties' ? 'PUT' : 'POST';
        const reply = await fetch(`${product.url}${path}`, { method, body, headers: { authorization: `Bearer ${product.token}`, 'content-type': 'application/json' } });
        if (reply.status !== status) answers.push(`${name}: ${reply.status} ${(await reply.text()).slice(0, 200)}`);
        else await reply.arrayBuffer();
      });
    }
    report('50 absurd bodies', { costs });
    expect(answers).toEqual([]);
    expect(tooMuch(costs)).toEqual([]);
  }, 300_000);

  it('50: a list of a million addresses, twenty megabytes of them, is taken while others go on', async () => {
    const text = Array.from({ length: 1_000_000 }, (_, n) => `p${String(n).padStart(7, '0')}@mail.example`).join('\n');
    const answers: unknown[] = [];
    const cost = await costOf(async () => {
      const reply = await product.ask<{ lines: number; size: number; unknown: number }>('POST', '/api/audiences/lists', { name: 'a million', kind: 'email', text });
      answers.push(reply.lines, reply.size, reply.unknown);
    });
    report('50 a list of twenty megabytes', { megabytes: Math.round(text.length / 1e6), ...cost });
    expect(answers).toEqual([1_000_000, 0, 1_000_000]);
    expect(cost.loopDelayMs).toBeLessThan(300);
    expect(cost.othersP99Ms).toBeLessThan(500);
  }, 120_000);
});
