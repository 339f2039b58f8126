import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestImports, type TestImports } from '../../../../test/imports-server.ts';
import { hasOnlineRetail, onlineRetailFile } from '../../../../test/online-retail.ts';
import { createTestServer } from '../../../../test/harness.ts';
import { createInsightsOn } from '../../../../test/insights-server.ts';
import type { CohortRow } from '../contract.ts';

const present = hasOnlineRetail('cohorts are not counted on Online Retail');

describe.skipIf(!present)('cohorts of Online Retail', () => {
  let test: TestImports;
  let rows: CohortRow[];
  beforeAll(async () => {
    test = await createTestImports();
    await test.bringIn('online_retail.csv.gz', onlineRetailFile());
    const { insights } = createInsightsOn(test.platform);
    const server = await createTestServer(test.platform, insights.routes);
    // Of the published table lines count that were sold, at a price; lines that stand twice do not change who came back.
    const reply = await server.inject({
      url: '/api/insights/cohorts?from=2010-12-01&to=2011-12-31&priced=1',
      headers: { 'x-test-permissions': 'insights.read' },
    });
    rows = reply.json().rows as CohortRow[];
    await server.close();
    await insights.stop();
  }, 120_000);
  afterAll(() => test.close());

  it('are those of the published table', () => {
    const active = (key: string) =>
      rows.find((row) => row.key === key)?.cells.map((cell) => cell.active);
    expect(active('2010-12-01')).toEqual([
      885, 324, 286, 340, 321, 352, 321, 309, 313, 350, 331, 445, 235,
    ]);
    expect(active('2011-01-01')).toEqual([417, 92, 111, 96, 134, 120, 103, 101, 125, 136, 152, 49]);
    expect(rows.reduce((sum, { size }) => sum + size, 0)).toBe(4_338);
  });

  it('end with a month that is not over', () => {
    expect(rows[0].cells.map(({ isComplete }) => isComplete)).toEqual([
      ...Array<boolean>(12).fill(true),
      false,
    ]);
  });
});
