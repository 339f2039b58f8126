import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { readFunnel } from '../src/domains/insights/contract.ts';
import type { EndpointRequest } from '../src/kernel/endpoint.ts';
import { createInsightsServer, type InsightsServer } from './insights-server.ts';
import { insertLines, mergeCustomers } from './order-lines.ts';

export type FunnelBody = NonNullable<EndpointRequest<typeof readFunnel>['body']>;

/** Something that a person of these tests did. */
export interface ShopFact {
  no: number;
  at: number;
  what: 'View' | 'Add' | 'sale' | 'refund';
  price: number;
  channel: string;
  order: string;
}

/** The first moment of 2 March 2026 in Shanghai. */
export const zero = Date.UTC(2026, 2, 1, 16);
export const hourMs = 3_600_000;

/** A fact so many hours after `zero`; an order is another for every hour. */
export const shopFact = (
  no: number,
  hours: number,
  what: ShopFact['what'],
  more: Partial<ShopFact> = {},
): ShopFact => ({
  no,
  at: zero + hours * hourMs,
  what,
  price: 9,
  channel: '',
  order: `${no} ${hours}`,
  ...more,
});

/** Steps as they are asked for. */
export const eventStep = (name: string, ...where: object[]) => ({
  facts: { fact: 'event', name, where },
});
export const orderStep = (of: 'sale' | 'refund' = 'sale', ...where: object[]) => ({
  facts: { fact: 'order', of, where },
});

/** A question about three days, in which a run may take two. */
export const askedFunnel = (steps: object[], more: object = {}): FunnelBody =>
  ({
    steps,
    window: { of: 'whole', amount: 2, unit: 'day' },
    order: 'loose',
    from: '2026-03-02',
    to: '2026-03-04',
    ...more,
  }) as FunnelBody;

/** A brand of thirty customers whose past is put in by the tests. */
export async function createFunnelShop() {
  const shop: InsightsServer = await createInsightsServer();
  const { clickhouse, pg, clock } = shop.platform;
  clock.now = () => new Date(Date.UTC(2026, 5, 1));
  await clickhouse.command(`insert into customer (customer_no, version, status, created_at, gender)
    select number + 1, 1, 'active', '2026-01-01 00:00:00', ['female', 'male', ''][1 + number % 3] from numbers(30)`);
  await pg.query(
    'insert into customer (customer_no, created_at) select n, now() from generate_series(1, 30) n',
  );
  return {
    shop,
    /** Puts these facts in the place of those there are. */
    async replaceFacts(
      facts: readonly ShopFact[],
      merges: ReadonlyMap<number, number> = new Map(),
    ): Promise<void> {
      for (const table of ['order_line', 'event', 'merge_pair', 'customer_summary'])
        await clickhouse.command(`truncate table ${table}`);
      await insertFacts(shop, facts);
      await mergeCustomers(
        clickhouse,
        [...merges].map(([absorbed, survivor]) => ({ absorbed, survivor })),
      );
      await shop.changed();
    },
    async read(body: FunnelBody) {
      const reply = await shop.ask(readFunnel, { body });
      expect(reply.status, reply.text).toBe(200);
      return reply.body;
    },
  };
}

async function insertFacts(
  { platform: { clickhouse } }: InsightsServer,
  facts: readonly ShopFact[],
): Promise<void> {
  const iso = (at: number): string => new Date(at).toISOString();
  const events = facts.filter(({ what }) => what === 'View' || what === 'Add');
  await clickhouse.insertRows(
    'event',
    events.map(({ no, at, what, price, channel }) => ({
      event_id: randomUUID(),
      batch_no: '1',
      import_id: 0,
      customer_no: no,
      occurred_at: iso(at).replace('Z', ''),
      received_at: iso(at).replace('Z', ''),
      kind: 'track',
      name: what,
      properties: { price },
      channel,
      source: 'test',
    })),
  );
  const lines = facts.filter(({ what }) => what === 'sale' || what === 'refund');
  await insertLines(
    clickhouse,
    lines.map(({ no, at, what, channel, order }) => ({
      customerNo: no,
      at: iso(at),
      kind: what as 'sale' | 'refund',
      channel,
      order,
    })),
  );
}
