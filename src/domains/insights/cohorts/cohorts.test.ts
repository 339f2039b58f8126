import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCohortShop } from '../../../../test/cohort-shop.ts';
import type { InsightsServer } from '../../../../test/insights-server.ts';
import { insertLines, testLine } from '../../../../test/order-lines.ts';
import type { PlainFacts } from '../../../../test/plain-figures.ts';
import { writeBrand } from '../../../platform/settings.ts';
import { readPeople } from '../contract.ts';

describe('cohorts', () => {
  let brand: Awaited<ReturnType<typeof createCohortShop>>;
  let shop: InsightsServer;
  beforeAll(async () => {
    brand = await createCohortShop();
    shop = brand.shop;
  });
  afterAll(() => shop.close());
  const behind = (of: object) =>
    shop.ask(readPeople, { body: { of: { kind: 'cohort_cell', ...of } as never } });

  it('of a brand without orders are empty and say so', async () => {
    const reply = await brand.read({ from: '2026-01-01', to: '2026-02-28' });
    expect(reply).toMatchObject({ until: null, average: [], before: 0, after: 0 });
    expect(reply.rows.map(({ key, size, cells }) => [key, size, cells])).toEqual([
      ['2026-01-01', 0, []],
      ['2026-02-01', 0, []],
    ]);
  });

  describe('of a shop', () => {
    const facts: PlainFacts = {
      timeZone: 'Asia/Shanghai',
      merges: new Map([[9, 1]]),
      lines: [
        { customerNo: 1, order: 'A', at: '2026-01-05T04:00:00.000Z', category: '茶叶', amount: 5 },
        { customerNo: 1, order: 'A', at: '2026-01-05T04:00:00.000Z', category: '茶具', amount: 90 },
        { customerNo: 9, order: 'B', at: '2026-03-05T04:00:00.000Z', amount: 20 },
        { customerNo: 2, order: 'C', at: '2026-01-31T15:59:59.999Z', category: '茶叶', amount: 30 },
        { customerNo: 2, order: 'D', at: '2026-01-31T16:00:00.000Z', category: '茶叶', amount: 40 },
        {
          customerNo: 2,
          order: 'D',
          kind: 'refund' as const,
          at: '2026-02-20T04:00:00.000Z',
          category: '茶叶',
          amount: 40,
        },
        {
          customerNo: 3,
          order: 'E',
          at: '2026-01-20T04:00:00.000Z',
          category: '',
          amount: 10,
          currency: 'GBP',
        },
        { customerNo: 4, order: 'F', at: '1970-01-01T00:00:00.000Z', amount: 10 },
        { customerNo: 4, order: 'G', at: '2026-01-09T00:00:00.000Z', amount: 10 },
        { customerNo: 5, order: 'H', at: '2026-03-31T15:59:59.999Z', amount: 10 },
      ].map(testLine),
    };
    beforeAll(async () => {
      await brand.replaceFacts(facts);
      await shop.platform.pg.query(
        'update customer set status = 1, merged_into = 1, merged_at = now() where customer_no = 9',
      );
    });
    const range = { from: '2026-01-01', to: '2026-01-31' };

    it('count a merged person once, and nobody as new whose order of 1970 came first', async () => {
      const {
        rows: [january],
        before,
        after,
        until,
        linesInOtherCurrency,
        currency,
      } = await brand.read(range);
      expect(january).toMatchObject({ size: 3 });
      expect(january.cells.map(({ active }) => active)).toEqual([3, 1, 1]);
      expect(january.cells.map(({ repurchased }) => repurchased)).toEqual([0, 1, 2]);
      expect(january.cells.map(({ sales, net }) => [sales, net])).toEqual([
        ['135', '135'],
        ['175', '135'],
        ['195', '155'],
      ]);
      expect({ before, after, until, linesInOtherCurrency, currency }).toEqual({
        before: 1,
        after: 1,
        until: '2026-03-31',
        linesInOtherCurrency: 1,
        currency: 'CNY',
      });
    });

    it('tell a first order by its dearest line', async () => {
      const { rows } = await brand.read({ cohort: 'category', ...range });
      expect(rows.map(({ key, size }) => [key, size]).toSorted()).toEqual([
        ['', 1],
        ['茶具', 1],
        ['茶叶', 1],
      ]);
    });

    it('mark the period that is not over', async () => {
      await insertLines(shop.platform.clickhouse, [
        { customerNo: 6, order: 'Z', at: '2026-04-02T00:00:00.000Z' },
      ]);
      await shop.changed();
      const {
        rows: [january],
        average,
      } = await brand.read(range);
      expect(january.cells.map(({ isComplete }) => isComplete)).toEqual([true, true, true, false]);
      expect(average).toHaveLength(3);
    });

    it.each([
      ['active', 2, [1]],
      ['inactive', 2, [2, 3]],
      ['repurchased', 1, [2]],
      ['not_repurchased', 1, [1, 3]],
      ['all', 0, [1, 2, 3]],
    ] as const)(
      'show who is behind a cell, and the rule that means the same people: %s after %i',
      async (part, age, expected) => {
        const cell = { ...range, row: { key: '2026-01-01' }, age, part };
        const found = await behind(cell);
        expect(found.status, found.text).toBe(200);
        expect(found.body.people.map(({ customerNo }) => customerNo).toSorted()).toEqual(expected);
        expect(found.body.sentence).toContain('2026-01');
        const byRule = await shop.ask(readPeople, {
          body: { of: { kind: 'rule', rule: found.body.rule } as never },
        });
        expect(byRule.body.people.map(({ customerNo }) => customerNo).toSorted()).toEqual(expected);
      },
    );

    it('show the people of a value, of the rest, of everybody, and nobody where there is no such row', async () => {
      const sizes = await Promise.all(
        [
          { row: { key: '茶叶' } },
          { row: { key: 'no such' } },
          { row: 'all' },
          { row: { key: null } },
        ].map(async (of) => {
          const { body, text } = await behind({
            cohort: 'category',
            ...range,
            age: 0,
            part: 'all',
            ...of,
          });
          expect(text).not.toContain('cohorts.people');
          return body.size;
        }),
      );
      expect(sizes).toEqual([1, 0, 3, 0]);
    });

    it("move with the brand's time zone", async () => {
      await writeBrand(shop.platform.pg, { name: '常青', timeZone: 'UTC', currency: 'CNY' });
      const {
        rows: [january],
      } = await brand.read({ ...range, fresh: '1' });
      expect(january.cells.map(({ repurchased }) => repurchased)).toEqual([1, 1, 2, 2]);
      await writeBrand(shop.platform.pg, {
        name: '常青',
        timeZone: 'Asia/Shanghai',
        currency: 'CNY',
      });
    });

    it('are taken out as a file', async () => {
      const reply = await shop.server.inject({
        url: '/api/insights/cohorts/export?from=2026-01-01&to=2026-01-31&cohort=channel',
        headers: { 'x-test-permissions': 'insights.export', 'accept-language': 'zh-CN' },
      });
      expect(reply.statusCode, reply.body).toBe(200);
      const lines = reply.body.trim().split('\r\n');
      expect(lines[0]).not.toContain('cohorts.file');
      expect(lines[1]).toBe('天猫旗舰店,3,0,3,3,1.000000,0,0.000000,3,135,135,1');
      const { rows } = await shop.platform.pg.query(
        "select subject from audit_log where action = 'insights.export'",
      );
      expect(rows).toContainEqual({ subject: 'cohorts:channel' });
    });
  });

  it.each([
    'from=2026-02-01&to=2026-01-01',
    'from=1900-01-01&to=2026-01-01',
    'from=2026-01-01',
    'from=2026-01-01&to=2026-02-01&periods=0',
    'from=2026-01-01&to=2026-02-01&unit=hour',
    'from=2026-01-01&to=2026-02-01&cohort=customer_no',
    'from=2026-02-30&to=2026-03-01',
  ])('answer 400 to %s', async (query) => {
    const reply = await shop.server.inject({
      url: `/api/insights/cohorts?${query}`,
      headers: { 'x-test-permissions': 'insights.read' },
    });
    expect(reply.statusCode).toBe(400);
    expect(reply.json().detail).not.toMatch(/^problem\./);
  });
});
