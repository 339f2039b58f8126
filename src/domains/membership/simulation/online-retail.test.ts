import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestPlatform, type TestPlatform } from '../../../../test/harness.ts';
import { hasOnlineRetail, readOnlineRetail, type RetailLine } from '../../../../test/online-retail.ts';
import { sampleProgramme } from '../../../../test/sample-programme.ts';
import type { ProgrammeDefinition } from '../contract/programme.ts';
import { simulate, type Simulated } from './walk/simulate.ts';

const present = hasOnlineRetail('no programme is tried on a real year');

describe.skipIf(!present)('a real year of a real shop', () => {
  let test: TestPlatform;
  let lines: RetailLine[];
  let found: Simulated;
  const now = Date.parse('2011-12-31T12:00:00Z');
  const programme = (goldFrom: number, months: number): ProgrammeDefinition =>
    sampleProgramme({
      tiers: sampleProgramme().tiers.map((tier) =>
        tier.key === 'gold' ? { ...tier, entry: goldFrom, keep: goldFrom } : tier,
      ),
      tierRules: { drop: 'none' },
      points: { expiry: { kind: 'duration', months, roundTo: 'month' } },
    });
  const [draft, inForce] = [programme(2_000, 6), programme(1_000, 3)];
  beforeAll(async () => {
    test = await createTestPlatform();
    lines = readOnlineRetail();
    await test.platform.clickhouse.insertRows(
      'order_line',
      lines.map(({ invoice, product, quantity, price, atMs, customerNo }, i) => ({
        fact_id: String(i + 1),
        batch_no: '1',
        import_id: 0,
        customer_no: customerNo,
        occurred_at: new Date(atMs).toISOString().replace('Z', ''),
        kind: quantity < 0 ? 'refund' : 'sale',
        order_id: invoice,
        product_id: product,
        quantity,
        unit_price: price,
        amount: (quantity * price).toFixed(4),
        currency: 'GBP',
        source: 'online_retail',
      })),
    );
    found = await simulate(
      test.platform,
      {
        trialNo: 1,
        draft,
        present: inForce,
        now,
        timeZone: 'Europe/London',
        hasPayments: false,
        hasBirthdays: false,
        allowed: { draft: null, present: null },
        grants: [],
      },
      async () => undefined,
    );
  }, 120_000);
  afterAll(() => test.close());

  /** Whole pounds of each invoice of each customer, by a map. */
  const invoices = (): { customerNo: number; pounds: number; atMs: number }[] =>
    [
      ...Map.groupBy(
        lines.filter(({ quantity }) => quantity > 0),
        ({ invoice, customerNo }) => `${invoice} ${customerNo}`,
      ).values(),
    ].map((of) => ({
      customerNo: of[0].customerNo,
      pounds: Math.floor(
        of.reduce((sum, { quantity, price }) => sum + Math.round(quantity * price * 100), 0) / 100,
      ),
      atMs: Math.min(...of.map(({ atMs }) => atMs)),
    }));

  it('makes a member of everybody who bought, with a point for each whole pound of an invoice', () => {
    const all = invoices();
    expect(found.totals.draft.members).toBe(new Set(all.map(({ customerNo }) => customerNo)).size);
    expect(found.totals.draft.earned).toBe(all.reduce((sum, { pounds }) => sum + pounds, 0));
    expect(found.totals.draft.growth).toBe(found.totals.draft.earned);
  });

  it('lets points end with the month that is so many months later', () => {
    const endOf = (atMs: number, months: number): number => {
      const at = new Date(atMs);
      return Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + months + 1, 1);
    };
    for (const [side, months] of [
      ['draft', 6],
      ['present', 3],
    ] as const) {
      const outstanding = invoices()
        .filter(({ atMs }) => endOf(atMs, months) > now + 3_600_000)
        .reduce((sum, { pounds }) => sum + pounds, 0);
      expect(
        Math.abs(found.totals[side].outstanding - outstanding) / outstanding,
        side,
      ).toBeLessThan(0.01);
      expect(found.totals[side].outstanding + found.totals[side].expired).toBe(
        found.totals[side].earned,
      );
    }
  });

  it('moves those down who reach one standard and not the other: what they bought in twelve months says so', () => {
    const most = (
      customerNo: number,
      own: { pounds: number; atMs: number }[],
    ): [number, number] => {
      const sums = own.map(({ atMs }) =>
        own
          .filter((each) => each.atMs <= atMs && each.atMs > atMs - 365 * 86_400_000)
          .reduce((sum, { pounds }) => sum + pounds, 0),
      );
      return [customerNo, Math.max(...sums)];
    };
    const reached = [...Map.groupBy(invoices(), ({ customerNo }) => customerNo)].map(
      ([customerNo, own]) => most(customerNo, own),
    );
    const down = reached
      .filter(([, growth]) => growth >= 1_000 && growth < 2_000)
      .map(([customerNo]) => customerNo)
      .sort((a, b) => a - b);
    const said = [...(found.cells.get('1/2')?.toArray() ?? [])];
    expect(down.length).toBeGreaterThan(500);
    // A year and a day at its edge is all that the two may tell apart.
    expect(
      said.filter((no) => !down.includes(no)).length +
        down.filter((no) => !said.includes(no)).length,
    ).toBeLessThanOrEqual(3);
    expect(found.worst).toHaveLength(20);
    for (const { draft: would, present: is } of found.worst)
      expect([would.lastChange?.to ?? 'silver', is.lastChange?.to]).not.toEqual(['gold', 'gold']);
  });
});
