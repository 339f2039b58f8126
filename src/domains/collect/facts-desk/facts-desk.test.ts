import { readdir, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestPlatform, createTestServer, type TestPlatform } from '../../../../test/harness.ts';
import { eventRows } from '../facts/event-rows.ts';
import { createFactLog, type FactLog } from '../facts/fact-log.ts';
import { makeFrame } from '../facts/frame.ts';
import { createFactsDesk } from './facts-desk.ts';

let test: TestPlatform;
let facts: FactLog;
let server: FastifyInstance;
const headers = { 'x-test-permissions': 'collect.maintain' };
const read = async () => (await server.inject({ method: 'GET', url: '/api/facts', headers })).json();

beforeAll(async () => {
  test = await createTestPlatform();
  facts = createFactLog(test.platform);
  const desk = createFactsDesk(test.platform, facts);
  await facts.start();
  await test.platform.jobs.start(true);
  server = await createTestServer(test.platform, desk.routes);
  const [batchNo] = await facts.reserve();
  const rows = eventRows(batchNo);
  for (let n = 1; n <= 3; n++) {
    rows.add({ eventId: Buffer.alloc(16, n), customerNo: n, occurredAtMs: Date.UTC(2026, 2, n), receivedAtMs: 0, kind: 'track', name: '浏览', properties: '{}', channel: '', source: '' });
  }
  const batch = await facts.seal(async (_client, append) => append([await makeFrame(batchNo, 0, rows)]));
  if (batch) await facts.apply(batch);
});
afterAll(async () => {
  await server.close();
  await facts.stop();
  await test.close();
});

it('shows whether ClickHouse has what the log says', async () => {
  expect(await read()).toMatchObject({ state: 'ready', batches: 1, unapplied: 0, logged: { event: 3, order_line: 0 }, found: { event: 3, order_line: 0 }, damagedFiles: [], detachedParts: 0, rebuild: null });
  await test.platform.clickhouse.command('delete from event where customer_no = 1');
  expect(await read()).toMatchObject({ logged: { event: 3 }, found: { event: 2 } });
});

it('has the worker make ClickHouse anew, notes it in the audit log, and shows how far it is', async () => {
  const asked = await server.inject({ method: 'POST', url: '/api/facts/rebuild', headers });
  expect([asked.statusCode, asked.json().state]).toEqual([202, 'waiting']);
  await expect.poll(async () => (await read()).rebuild.state, { timeout: 20_000 }).toBe('done');
  expect(await read()).toMatchObject({ state: 'ready', found: { event: 3 }, rebuild: { done: 3, total: 3 } });
  const { rows } = await test.platform.pg.query("select subject from audit_log where action = 'collect.rebuild'");
  expect(rows).toEqual([{ subject: 'facts' }]);
});

it('names files of the log that are not whole', async () => {
  const [file] = (await readdir(test.platform.folders.facts)).filter((name) => name.endsWith('.facts'));
  await truncate(join(test.platform.folders.facts, file), 10);
  expect((await read()).damagedFiles).toEqual([file]);
});

it('is for who may maintain the stores', async () => {
  expect((await server.inject({ method: 'GET', url: '/api/facts', headers: { 'x-test-permissions': 'collect.read' } })).statusCode).toBe(403);
  expect((await server.inject({ method: 'POST', url: '/api/facts/rebuild' })).statusCode).toBe(401);
});
