import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createInsightsServer, type InsightsServer } from '../../../../test/insights-server.ts';
import { readFunnel } from '../contract.ts';

const path = join(
  import.meta.dirname,
  '..',
  '..',
  '..',
  '..',
  '..',
  'shared',
  'data',
  'tmall_orders',
  'tmall_order_report.csv.gz',
);
const present = existsSync(path);
if (!present) console.warn(`SKIPPED: no funnel of the Tmall orders, for there is no ${path}`);

/**
 * The report names no customers, and an order that was not paid is no order here: so the file is read as events, each order as
 * a person of its own, who creates, pays, and keeps what was paid for.
 */
describe.skipIf(!present)('the funnel of the Tmall orders of February 2020', () => {
  let shop: InsightsServer;
  beforeAll(async () => {
    shop = await createInsightsServer();
    const rows = gunzipSync(readFileSync(path))
      .toString('utf8')
      .trim()
      .split(/\r?\n/)
      .slice(1)
      .map((line) => line.split(','));
    const events = rows.flatMap(([order, , actual, , created, paid, refunded]) => {
      const at = (text: string): number => Date.parse(`${text.replace(' ', 'T')}+08:00`);
      const event = (name: string, ms: number, properties: object) => {
        const moment = new Date(ms).toISOString().replace('Z', '');
        return {
          event_id: randomUUID(),
          batch_no: '1',
          import_id: 0,
          customer_no: Number(order),
          occurred_at: moment,
          received_at: moment,
          kind: 'track',
          name,
          properties,
          channel: 'tmall',
          source: 'file',
        };
      };
      // Some are paid in the very second in which they are created: what comes after must be later.
      const paidAt = paid && Math.max(at(paid), at(created) + 1);
      return [
        event('Order Created', at(created), {}),
        ...(paidAt
          ? [
              event('Order Paid', paidAt, { amount: Number(actual), refunded: Number(refunded) }),
              event('Order Settled', paidAt + 1, {
                amount: Number(actual),
                refunded: Number(refunded),
              }),
            ]
          : []),
      ];
    });
    await shop.platform.clickhouse.insertRows('event', events);
    await shop.changed();
  }, 120_000);
  afterAll(() => shop.close());

  it('has the figures that the file tells', async () => {
    const event = (name: string, where: object[] = []) => ({
      facts: { fact: 'event', name, where },
    });
    const paidFor = { property: 'amount', test: 'compare', compare: { is: 'more_than', value: 0 } };
    const kept = { property: 'refunded', test: 'compare', compare: { is: 'equals', value: 0 } };
    const read = async (...steps: object[]) => {
      const body = {
        steps,
        window: { of: 'whole', amount: 60, unit: 'day' },
        from: '2020-02-01',
        to: '2020-02-29',
        by: 'week',
      } as never;
      const reply = await shop.ask(readFunnel, { body });
      expect(reply.status, reply.text).toBe(200);
      return reply.body.steps.map(({ reached }) => reached);
    };
    expect(await read(event('Order Created'), event('Order Paid'))).toEqual([28_010, 24_087]);
    expect(
      await read(
        event('Order Created'),
        event('Order Paid', [paidFor]),
        event('Order Settled', [paidFor, kept]),
      ),
    ).toEqual([28_010, 18_955, 18_441]);
  });
});
