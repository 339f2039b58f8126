import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCustomersServer, type CustomersServer } from '../../../../test/customers-server.ts';
import { inTransaction } from '../../../platform/postgres/pool.ts';
import { mergeCustomers, readTimeline, undoMerge, type TimelineKind } from '../contract.ts';
import type { TimelineSource } from '../sources.ts';

/** Orders as another domain would bring them: many at the same moments. */
const orders = (count: number): TimelineSource => {
  const all = Array.from({ length: count }, (_, i) => ({ at: new Date(Date.UTC(2026, 0, 1 + Math.floor(i / 4))).toISOString(), id: String(1000 + i) })).reverse();
  return {
    kinds: ['order'],
    async page(_numbers, { order: before }, limit) {
      const rest = before ? all.filter((o) => o.at < before.at.toISOString() || (o.at === before.at.toISOString() && o.id < before.id)) : all;
      return rest.slice(0, limit).map((o) => ({ kind: 'order', ...o, text: 'commerce:timeline.order', params: {}, facts: [] }));
    },
  };
};

describe('the timeline', () => {
  let shop: CustomersServer;
  let customerNo: number;
  beforeAll(async () => {
    shop = await createCustomersServer();
    shop.customers.registerTimelineSource(orders(23));
    customerNo = await shop.person({ external_id: 'T1' });
    await inTransaction(shop.platform.pg, async (client) => {
      const day = (n: number) => new Date(Date.UTC(2026, 0, n));
      await shop.customers.tags.add(client, ['a', 'b', 'c'].map((name) => ({ customerNo, name, at: day(3), by: 'test' })));
      await shop.customers.consents.record(client, [1, 3, 5].map((n) => ({ customerNo, channel: 'sms', purpose: 'marketing', granted: n !== 3, at: day(n), source: '小程序', actor: 'tracker' })));
    });
  });
  afterAll(() => shop.close());

  const readAll = async (limit: number, kinds: TimelineKind[] = []) => {
    const entries: string[] = [];
    const moments: string[] = [];
    for (let cursor: string | undefined, turn = 0; turn < 100; turn++) {
      const { body } = await shop.ask(readTimeline, 'customers.read', { params: { customerNo }, query: { limit, cursor, kinds } });
      for (const entry of body.entries) {
        entries.push(`${entry.kind} ${entry.id}`);
        moments.push(entry.at);
      }
      if (body.cursor === null) return { entries, moments };
      cursor = body.cursor;
    }
    throw new Error('the timeline does not end');
  };

  it('gives everything once, newest first, whatever the size of a page', async () => {
    const whole = await readAll(100);
    expect(whole.entries).toHaveLength(23 + 3 + 3);
    expect(new Set(whole.entries).size).toBe(29);
    expect(whole.moments).toEqual([...whole.moments].sort().reverse());
    for (const limit of [1, 3, 7, 29]) expect((await readAll(limit)).entries.sort(), String(limit)).toEqual([...whole.entries].sort());
  });

  it('shows only the kinds asked for', async () => {
    expect((await readAll(2, ['tag', 'consent'])).entries).toHaveLength(6);
  });

  it('refuses a cursor that is none of ours', async () => {
    for (const cursor of ['x', Buffer.from('{"tag":{"at":"2026-01-01T00:00:00Z","id":"1 or 1=1"}}').toString('base64url'), Buffer.from('{"other":1}').toString('base64url')]) {
      expect(await shop.ask(readTimeline, 'customers.read', { params: { customerNo }, query: { cursor } })).toMatchObject({ status: 400, code: 'customers.bad_cursor' });
    }
  });

  it('tells of merges and their undoing, and of what happened to everybody merged', async () => {
    const other = await shop.person({ external_id: 'T2' });
    await inTransaction(shop.platform.pg, (client) => shop.customers.tags.add(client, [{ customerNo: other, name: 'theirs', at: new Date(Date.UTC(2026, 1, 1)), by: 'test' }]));
    const { body } = await shop.ask(mergeCustomers, 'customers.merge', { body: { survivorNo: customerNo, absorbedNo: other } });
    const seen = async () => (await shop.ask(readTimeline, 'customers.read', { params: { customerNo }, query: { kinds: ['tag', 'merge'] } })).body.entries.map((e) => e.text.split('.')[1]);
    expect(await seen()).toEqual(['merged', 'tagAdded', 'tagAdded', 'tagAdded', 'tagAdded']);
    await shop.ask(undoMerge, 'customers.merge', { params: { mergeId: body.mergeId } });
    expect(await seen()).toEqual(['mergeUndone', 'merged', 'tagAdded', 'tagAdded', 'tagAdded']);
  });
});
