import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestServer } from '../../../../../test/harness.ts';
import { createMembershipServer, type MembershipServer } from '../../../../../test/membership-server.ts';
import { publishSample, sampleProgramme } from '../../../../../test/sample-programme.ts';

describe('reports of members', () => {
  let shop: MembershipServer;
  beforeAll(async () => {
    shop = await createMembershipServer('membership.read');
    const { pg, clickhouse } = shop.platform;
    await publishSample(pg, sampleProgramme(), '2026-01-01T00:00:00Z');
    const row = (customer_no: number, tier: string, tier_rank: number, joined_at: string | null, points: number) => ({ customer_no, tier, tier_rank, joined_at, review_days: null, points, points_ending: 0 });
    await clickhouse.insertRows('member_standing', [
      row(1, 'gold', 2, '2026-06-10 04:00:00.000', 30), row(2, 'silver', 1, '2026-06-11 04:00:00.000', 5), row(3, 'silver', 1, '2026-01-11 04:00:00.000', 0), row(4, '', 0, null, 7),
    ]);
  });
  afterAll(() => shop.close());

  it('can be asked for by when people joined, how many there are, what points they have, and by tier', async () => {
    const server = await createTestServer(shop.platform, shop.insights.routes);
    const reply = await server.inject({
      method: 'POST', url: '/api/insights/questions', headers: { 'x-test-permissions': 'insights.read', 'accept-language': 'en' },
      payload: { question: { metrics: ['membership.joined', 'membership.members', 'membership.points'], dimensions: ['membership.tier'], period: { from: '2026-06-01', to: '2026-06-17' } } },
    });
    expect(reply.statusCode, reply.body.slice(0, 400)).toBe(200);
    const { rows } = reply.json() as { rows: { labels: string[]; figures: Record<string, unknown> }[] };
    const text = JSON.stringify(rows);
    expect(rows, text).toHaveLength(2);
    const gold = rows.find((each) => JSON.stringify(each).includes('gold'));
    expect(JSON.stringify(gold), text).toMatch(/"membership\.joined":"?1\b.*"membership\.members":"?1\b.*"membership\.points":"?30\b/);
    await server.close();
  });
});
