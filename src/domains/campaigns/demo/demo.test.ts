import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { insertCustomers } from '../../../../test/audience-people.ts';
import { createMessagingServer, type MessagingServer } from '../../../../test/messaging-server.ts';
import { insertLines, testLine } from '../../../../test/order-lines.ts';
import { seededRandom } from '../../../kernel/seeded-random.ts';
import { inTransaction } from '../../../platform/postgres/pool.ts';
import { listCampaigns, readCampaignEvolution, readCampaignProgress, readCampaignReport, readCampaignResult } from '../contract.ts';
import { reasons } from '../../messaging/contract.ts';
import { addDemoCampaigns } from './demo.ts';
import { demoCampaigns } from './demo-campaigns.ts';

const people = 3_000;
const end = new Date('2026-06-18T04:00:00Z');

describe('campaigns of the demonstration brand', () => {
  let shop: MessagingServer;
  beforeAll(async () => {
    shop = await createMessagingServer('campaigns.read');
    const { platform } = shop;
    await platform.pg.query(
      "insert into customer (customer_no, created_at) select n, '2025-01-01' from generate_series(1, $1) n",
      [people],
    );
    await insertCustomers(
      platform.clickhouse,
      Array.from({ length: people }, (_, i) => ({
        customerNo: i + 1,
        createdAt: '2025-01-01T00:00:00.000Z',
      })),
    );
    const halfOfThem = Array.from({ length: people / 2 }, (_, i) => 2 * i + 1);
    await inTransaction(platform.pg, (client) =>
      shop.customers.consents.record(client, halfOfThem.map((customerNo) => ({ customerNo, channel: 'sms', purpose: 'marketing', granted: true, at: new Date('2025-01-02'), source: 'test', actor: 'test' }))),
    );
    await platform.pg.query(
      'insert into identifier (kind, hash, customer_no, value) select 2, hash, no, value from unnest($1::uuid[], $2::int[], $3::bytea[]) as i (hash, no, value)',
      [halfOfThem.map((no) => shop.customers.vault.hashOf('phone', '', `+861380000${1_000 + no}`)), halfOfThem, halfOfThem.map((no) => shop.customers.vault.seal('phone', '', `+861380000${1_000 + no}`))],
    );
    const random = seededRandom(4);
    await insertLines(
      platform.clickhouse,
      Array.from({ length: 12_000 }, (_, i) =>
        testLine({
          customerNo: 1 + Math.floor(random() * people),
          order: `O${i}`,
          amount: 10 + Math.floor(random() * 200),
          at: new Date(
            end.getTime() - Math.floor(random() * 400) * 86_400_000,
          ).toISOString(),
        }),
      ),
    );
    await shop.commerce.refreshSummaries('all');
    await inTransaction(platform.pg, (client) =>
      addDemoCampaigns(shop)(client, {
        startMs: 0,
        endMs: end.getTime(),
      }),
    );
  });
  afterAll(() => shop.close());

  it('are there with results out of the orders themselves, and say that nothing was sent', async () => {
    const { body } = await shop.ask(listCampaigns, { query: {} });
    expect(body.total).toBe(demoCampaigns.length);
    const handed: Record<string, number> = {};
    for (const { campaignNo, definition, beganAt } of body.rows) {
      const params = { campaignNo };
      const { body: found } = await shop.ask(readCampaignResult, { params });
      const { result } = found;
      expect(result?.beganAt).toBe(beganAt);
      expect(result?.sampleRatio?.isMismatch).toBe(false);
      expect(result?.arms[0].isControl).toBe(true);
      const all = result?.arms.reduce((sum, arm) => sum + arm.people, 0) ?? 0;
      expect(all).toBeGreaterThan(100);
      expect(
        result?.segments.reduce((sum, s) => sum + s.people + s.control, 0),
      ).toBe(all);
      // Facts of messages come with the worker; what was decided of each is there at once.
      const progress = await shop.ask(readCampaignProgress, { params });
      const [once] = progress.body.occasions;
      expect(once.state).toBe('done');
      expect(once.heldOut + once.handed + once.refusedByGate).toBe(all);
      handed[definition.name] = once.handed;
      expect(definition.note).toContain('没有真的发送');
      const report = await shop.ask(readCampaignReport, { params });
      expect(report.body.sections.length).toBeGreaterThan(3);
      const evolution = await shop.ask(readCampaignEvolution, { params });
      expect(evolution.body.reached + evolution.body.control).toBe(all);
    }
    // Half agreed. Of two on one day nobody gets both: the cap of a day has one place.
    expect(handed['会员日提醒']).toBeGreaterThan(300);
    const { rows } = await shop.platform.pg.query<{ reason: number; n: number }>(
      'select reason, count(*) as n from send_decision where run_no = (select max(run_no) from send_run) group by 1',
    );
    const reasonsOf = Object.fromEntries(rows.map(({ reason, n }) => [reasons[reason], n]));
    expect(reasonsOf.no_consent).toBeGreaterThan(300);
    expect(reasonsOf.frequency_cap).toBeGreaterThan(300);
    const { rows: twice } = await shop.platform.pg.query(
      "select customer_no from send_delivery join send_run using (run_no) where send_run.created_at > $1 group by 1 having count(*) > 1",
      [new Date(end.getTime() - 10 * 86_400_000)],
    );
    expect(twice).toEqual([]);
  });

  it('mean whom their rule meant before they began: nobody is in one for what they did later', async () => {
    const { body } = await shop.ask(listCampaigns, { query: { q: '沉睡' } });
    const began = new Date(body.rows[0].beganAt ?? '');
    const { rows } = await shop.platform.pg.query<{ no: number }>(
      'select experiment_no as no from campaign where campaign_no = $1',
      [body.rows[0].campaignNo],
    );
    const arms = await shop.messaging.experiments.peopleOf(rows[0].no);
    const latest = (await shop.platform.reader.rows(
      "select toUInt32(customer_no) as no, toString(max(occurred_at)) as last from order_line where kind = 'sale' and occurred_at < {began:DateTime64(3, 'UTC')} group by no",
      { began: began.toISOString().replace('T', ' ').slice(0, 23) },
    )) as { no: number; last: string }[];
    const last = new Map(latest.map((each) => [each.no, each.last]));
    const days = arms.people
      .flatMap((arm) => [...arm])
      .map(
        (no) =>
          (began.getTime() - Date.parse(`${last.get(no)?.replace(' ', 'T')}Z`)) /
          86_400_000,
      );
    expect(Math.min(...days)).toBeGreaterThan(88);
    expect(Math.max(...days)).toBeLessThan(273);
  });
});
