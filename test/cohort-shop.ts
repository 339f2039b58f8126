import { expect } from 'vitest';
import { readCohorts } from '../src/domains/insights/contract.ts';
import type { EndpointRequest } from '../src/kernel/endpoint.ts';
import { writeBrand } from '../src/platform/settings.ts';
import { createInsightsServer } from './insights-server.ts';
import { insertLines, mergeCustomers } from './order-lines.ts';
import type { PlainFacts } from './plain-figures.ts';

/** A brand of thirty customers whose order lines are put in by the tests. */
export async function createCohortShop() {
  const shop = await createInsightsServer();
  const { clickhouse, pg } = shop.platform;
  await clickhouse.command(
    "insert into customer (customer_no, version, status, created_at) select number + 1, 1, 'active', '2026-01-01 00:00:00' from numbers(30)",
  );
  await pg.query(
    'insert into customer (customer_no, created_at) select n, now() from generate_series(1, 30) n',
  );
  return {
    shop,
    /** Puts these facts in the place of those there are. */
    async replaceFacts({ lines, merges, timeZone }: PlainFacts): Promise<void> {
      for (const table of ['order_line', 'merge_pair'])
        await clickhouse.command(`truncate table ${table}`);
      await insertLines(clickhouse, lines);
      await mergeCustomers(
        clickhouse,
        [...merges].map(([absorbed, survivor]) => ({ absorbed, survivor })),
      );
      await writeBrand(pg, { name: '常青', timeZone, currency: 'CNY' });
      await shop.changed();
    },
    async read(query: NonNullable<EndpointRequest<typeof readCohorts>['query']>) {
      const reply = await shop.ask(readCohorts, { query });
      expect(reply.status, reply.text).toBe(200);
      return reply.body;
    },
  };
}
