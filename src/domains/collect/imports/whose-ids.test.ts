import { readFileSync } from 'node:fs';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestServer } from '../../../../test/harness.ts';
import { createTestImports, type TestImports } from '../../../../test/imports-server.ts';
import { inTransaction } from '../../../platform/postgres/pool.ts';
import { createCustomers } from '../../customers/public.ts';
import { createIntake, type Intake } from '../intake/intake.ts';

const ownIds = readFileSync(new URL('../../../../migrations/postgres/0085_own_ids.sql', import.meta.url), 'utf8');

/** A brand that brings files in and is told events at the same time. */
interface Brand extends TestImports {
  intake: Intake;
  tracking: FastifyInstance;
  authorization: string;
}

async function createBrand(): Promise<Brand> {
  const test = await createTestImports();
  const { commerce } = test.deps;
  const intake = createIntake(test.platform, test.facts, { customers: test.customers, upsertProducts: commerce.products.upsert, refreshSummaries: commerce.refreshSummaries });
  const tracking = await createTestServer(test.platform, intake.routes, intake.trackingApi);
  const { secret } = await intake.writeKeys.create('shop');
  return { ...test, intake, tracking, authorization: `Basic ${Buffer.from(`${secret}:`).toString('base64')}` };
}

const at = new Date('2026-01-01T00:00:00Z');

function toolsOf(brand: () => Brand) {
  /** A file of orders of these customers, of the source that is named. */
  const bringIn = async (ids: string[], source?: string): Promise<void> => {
    const lines = ids.map((id, row) => `${id}-${row}-${source ?? 'own'}-${crypto.randomUUID()},${id},2025-03-01 10:00:00,10.50`);
    const done = await brand().bringIn('orders.csv', `order_id,customer_id,paid_at,amount\n${lines.join('\n')}\n`, (draft) => { if (source !== undefined) draft.source = source; });
    expect(done).toMatchObject({ state: 'done', summary: { counts: { accepted: ids.length } } });
  };
  const track = async (...calls: Record<string, unknown>[]): Promise<void> => {
    const reply = await brand().tracking.inject({
      method: 'POST', url: '/v1/batch', headers: { authorization: brand().authorization },
      payload: { batch: calls.map((call) => ({ type: 'track', event: 'Visited', messageId: crypto.randomUUID(), ...call })) },
    });
    expect(reply.statusCode).toBe(200);
    await brand().intake.worker.drain();
  };
  /** Who has an order and who an event, by the customer numbers of the facts. */
  const facts = async (table: 'order_line' | 'event'): Promise<number[]> =>
    ((await brand().platform.clickhouse.rows(`select customer_no as no from ${table} group by no order by no`)) as { no: number }[]).map(({ no }) => Number(no));
  const people = async (): Promise<number> => (await brand().platform.pg.query<{ n: number }>('select count(*)::int as n from customer where status = 0')).rows[0].n;
  const duplicates = async (): Promise<number[][]> =>
    (await brand().platform.pg.query<{ low: number; high: number }>('select low_no as low, high_no as high from possible_duplicate order by 1, 2')).rows.map(({ low, high }) => [low, high]);
  return { bringIn, track, facts, people, duplicates };
}

async function close(brand: Brand): Promise<void> {
  await brand.tracking.close();
  await brand.close();
}

describe("the shop's own customer numbers", () => {
  let brand: Brand;
  beforeAll(async () => {
    brand = await createBrand();
  });
  afterAll(() => close(brand));
  const { bringIn, track, facts, people } = toolsOf(() => brand);

  it('name one person, whether a file or a tracker tells them, and whichever was first', async () => {
    await bringIn(['U1', 'U2']);
    await track({ userId: 'U1' }, { userId: 'U3' });
    await bringIn(['U1', 'U2', 'U3']);
    await track({ userId: 'U2' });
    expect(await people()).toBe(3);
    expect(await facts('event')).toEqual(await facts('order_line'));
  });

  it('are others in each system that a file names', async () => {
    const before = await people();
    await bringIn(['N1'], 'erp');
    await bringIn(['N1'], 'tmall');
    await track({ userId: 'N1' });
    await bringIn(['N1'], 'erp');
    await bringIn(['N1']);
    expect(await people()).toBe(before + 3);
  });

  it('stay one with the tracker where the open ids of the same file belong to an app', async () => {
    const before = await people();
    const done = await brand.bringIn('members.csv', 'user_id,openid\nU1,o-1\n', (draft) => { draft.openIdsOf = 'wx-1'; });
    expect(done).toMatchObject({ state: 'done', summary: { counts: { accepted: 1 } } });
    expect(await people()).toBe(before);
    const { rows } = await brand.platform.pg.query('select namespace from identifier where kind = 6');
    expect(rows).toEqual([{ namespace: 'wx-1' }]);
  });
});

describe('a brand whose files kept their own numbers apart', () => {
  let brand: Brand;
  let numbers: number[];
  beforeAll(async () => {
    brand = await createBrand();
    // As it was: A of a file, B of the tracker, C of both without anybody having noticed; D was brought in and erased.
    const pool = brand.platform.pg;
    const before = createCustomers(brand.platform);
    const said = [['default', 'A'], ['', 'B'], ['default', 'C'], ['', 'C'], ['default', 'D']];
    numbers = await inTransaction(pool, (client) => before.identities.resolve(client, said.map(([namespace, value]) => ({ at, identifiers: [{ kind: 'external_id', namespace, value }] }))));
    await pool.query(`with gone as (delete from identifier where customer_no = $1 returning kind, namespace, hash)
      insert into erased_identifier (kind, namespace, hash) select kind, namespace, hash from gone`, [numbers[4]]);
    await pool.query('update customer set status = 2 where customer_no = $1', [numbers[4]]);
    await pool.query('alter table identifier_namespace drop column is_own');
    await pool.query(ownIds);
  });
  afterAll(() => close(brand));
  const { bringIn, track, facts, people, duplicates } = toolsOf(() => brand);

  it('is told of those who are two people already', async () => {
    expect(await duplicates()).toEqual([[numbers[2], numbers[3]].sort((one, other) => one - other)]);
  });

  it('goes on matching whom it matched, and makes nobody twice', async () => {
    const [a, b, c, other] = numbers;
    await bringIn(['A', 'B', 'C', 'D', 'E']);
    const e = (await facts('order_line')).at(-1)!;
    expect(await facts('order_line')).toEqual([0, a, b, c, e].sort((one, two) => one - two));
    await track({ userId: 'A' }, { userId: 'B' }, { userId: 'C' }, { userId: 'D' }, { userId: 'E' }, { userId: 'F' });
    const f = Math.max(...await facts('event'));
    expect(await facts('event')).toEqual([a, b, other, e, f].sort((one, two) => one - two));
    await bringIn(['F', 'F', 'B']);
    expect(await facts('order_line')).toEqual([0, a, b, c, e, f].sort((one, two) => one - two));
    expect(await people()).toBe(6);
    expect(await duplicates()).toHaveLength(1);
  });

  it('joins by a shared phone no people whose numbers differ in the same place, and those of two places as before', async () => {
    const before = await people();
    const file = async (id: string, phone: string) => brand.bringIn('people.csv', `user_id,手机号\n${id},${phone}\n`);
    await file('G', '13800138001');
    await file('H', '13800138001');
    expect(await people()).toBe(before + 2);
    await track({ type: 'identify', userId: 'K', traits: {} });
    await file('K', '13800138002');
    expect(await people()).toBe(before + 3);
  });
});
