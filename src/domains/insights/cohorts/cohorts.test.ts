import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createInsightsServer, type InsightsServer } from '../../../../test/insights-server.ts';
import { insertLines, mergeCustomers, type TestLine, testLine } from '../../../../test/order-lines.ts';
import { plainCell, plainPeople, plainPeriods, type PlainUnit } from '../../../../test/plain-cohorts.ts';
import type { PlainFacts } from '../../../../test/plain-figures.ts';
import { dayIn } from '../../../kernel/day.ts';
import { writeBrand } from '../../../platform/settings.ts';
import { readCohorts, readPeople } from '../contract.ts';

const zones = ['Asia/Shanghai', 'America/New_York', 'Asia/Kolkata'];
const anyLine: fc.Arbitrary<TestLine> = fc.record({
  customerNo: fc.integer({ min: 0, max: 12 }),
  at: fc.oneof(
    fc.constantFrom('2026-01-31T16:00:00.000Z', '2026-01-31T15:59:59.999Z', '2026-02-01T04:59:59.999Z', '2026-02-01T05:00:00.000Z', '2026-03-08T18:30:00.000Z', '1970-01-01T00:00:00.000Z'),
    fc.integer({ min: 0, max: 150 * 86_400 }).map((second) => new Date(Date.UTC(2025, 11, 1) + second * 1000).toISOString()),
  ),
  kind: fc.constantFrom('sale', 'sale', 'sale', 'refund'),
  order: fc.integer({ min: 1, max: 30 }).map((n) => `O${n}`),
  product: fc.constantFrom('P1', 'P2', "P'3", ''),
  category: fc.constantFrom('茶叶', '茶具', ''),
  channel: fc.constantFrom('天猫旗舰店', '门店', "Joe's \\ shop"),
  quantity: fc.integer({ min: 0, max: 5 }),
  amount: fc.oneof({ weight: 9, arbitrary: fc.integer({ min: 0, max: 99_999 }).map((n) => n / 100) }, { weight: 1, arbitrary: fc.constantFrom(0, 99_999_999_999) }),
  currency: fc.constantFrom('CNY', 'CNY', 'GBP'),
}).map(testLine);
const anyMerges = fc.uniqueArray(fc.integer({ min: 7, max: 12 }), { maxLength: 3 })
  .chain((absorbed) => fc.tuple(...absorbed.map((no) => fc.integer({ min: 1, max: 4 }).map((survivor) => [no, survivor] as const))))
  .map((pairs) => new Map(pairs));
const anyFacts: fc.Arbitrary<PlainFacts> = fc.record({ lines: fc.array(anyLine, { minLength: 1, maxLength: 90 }), merges: anyMerges, timeZone: fc.constantFrom(...zones) });

describe('cohorts', () => {
  let shop: InsightsServer;
  beforeAll(async () => {
    shop = await createInsightsServer();
    await shop.platform.clickhouse.command("insert into customer (customer_no, version, status, created_at) select number + 1, 1, 'active', '2026-01-01 00:00:00' from numbers(30)");
    await shop.platform.pg.query('insert into customer (customer_no, created_at) select n, now() from generate_series(1, 30) n');
  });
  afterAll(() => shop.close());
  const replaceFacts = async ({ lines, merges, timeZone }: PlainFacts): Promise<void> => {
    const { clickhouse, pg } = shop.platform;
    for (const table of ['order_line', 'merge_pair']) await clickhouse.command(`truncate table ${table}`);
    await insertLines(clickhouse, lines);
    await mergeCustomers(clickhouse, [...merges].map(([absorbed, survivor]) => ({ absorbed, survivor })));
    await writeBrand(pg, { name: '常青', timeZone, currency: 'CNY' });
    await shop.changed();
  };
  const read = async (query: Parameters<typeof shop.ask<typeof readCohorts>>[1] extends { query?: infer Q } | undefined ? Q : never) => {
    const reply = await shop.ask(readCohorts, { query });
    expect(reply.status, reply.text).toBe(200);
    return reply.body;
  };
  const behind = (of: object) => shop.ask(readPeople, { body: { of: { kind: 'cohort_cell', ...of } as never } });

  it('of a brand without orders are empty and say so', async () => {
    const reply = await read({ from: '2026-01-01', to: '2026-02-28' });
    expect(reply).toMatchObject({ until: null, average: [], before: 0, after: 0 });
    expect(reply.rows.map(({ key, size, cells }) => [key, size, cells])).toEqual([['2026-01-01', 0, []], ['2026-02-01', 0, []]]);
  });

  it.each<PlainUnit>(['month', 'week'])('by %s of the first order agree with a second computation in plain code', { timeout: 120_000 }, async (unit) => {
    await fc.assert(fc.asyncProperty(anyFacts, fc.boolean(), async (facts, isFiltered) => {
      await replaceFacts(facts);
      const filter = isFiltered ? { channel: ['天猫旗舰店', "Joe's \\ shop"], priced: '1' as const } : {};
      const reply = await read({ unit, from: '2025-12-15', to: '2026-02-10', periods: '5', ...filter });
      const people = plainPeople(facts, unit, (line) => !isFiltered || (line.channel !== '门店' && line.amount > 0 && line.quantity > 0));
      for (const { key, size, cells } of reply.rows) {
        const own = people.filter(({ start }) => start === key);
        expect(size).toBe(own.length);
        for (const { isComplete: _, ...cell } of cells) expect(cell).toEqual(plainCell(facts, own, unit, cell.age));
      }
      expect(reply.before).toBe(people.filter(({ start }) => start < (reply.rows[0].key ?? '')).length);
      expect(reply.after).toBe(people.filter(({ start }) => start > (reply.rows.at(-1)?.key ?? '')).length);
    }), { numRuns: 25 });
  });

  it('by the value of the first order count whole periods of each person', { timeout: 120_000 }, async () => {
    await fc.assert(fc.asyncProperty(anyFacts, async (facts) => {
      await replaceFacts(facts);
      const { rows, until, average } = await read({ cohort: 'channel', from: '2025-12-01', to: '2026-04-30', periods: '4' });
      const people = plainPeople(facts, 'month', () => true).filter(({ start }) => start >= '2025-12-01' && start < '2026-05-01');
      const last = facts.lines.map(({ at }) => dayIn(facts.timeZone, new Date(at))).sort().at(-1) ?? '';
      expect(until).toBe(last);
      const lookedAt = (age: number, start: string): boolean => {
        let end = start;
        for (let i = 0; i <= age; i++) end = plainPeriods.month.next(end);
        return end <= plainPeriods.month.next(last.slice(0, 8) + '01') && (end <= last || isLastOfMonth(last) && end <= nextDay(last));
      };
      const channelOf = (person: (typeof people)[number]): Set<string> => {
        const first = person.lines.filter((line) => line.kind === 'sale' && `${line.source} ${line.order}` === person.orders[0].key);
        const most = Math.max(...first.map(({ amount }) => amount));
        return new Set(first.filter(({ amount }) => amount === most).map(({ channel }) => channel));
      };
      // Where orders begin at the same moment, or lines are equally dear, either channel is right: such facts are left to the sums.
      const isClear = people.every((person) => channelOf(person).size === 1 && (person.orders.length < 2 || person.orders[0].at !== person.orders[1].at));
      if (isClear) {
        for (const { key, size, cells } of rows) {
          const own = people.filter((person) => channelOf(person).has(key ?? ''));
          expect(size).toBe(own.length);
          for (const { isComplete, ...cell } of cells) {
            expect(isComplete).toBe(true);
            expect(cell).toEqual(plainCell(facts, own.filter(({ start }) => lookedAt(cell.age, start)), 'month', cell.age));
          }
        }
      }
      expect(rows.reduce((sum, { size }) => sum + size, 0)).toBe(people.length);
      for (const { isComplete: _, ...cell } of average) expect(cell).toEqual(plainCell(facts, people.filter(({ start }) => lookedAt(cell.age, start)), 'month', cell.age));
    }), { numRuns: 30 });
  });

  describe('of a shop', () => {
    const facts: PlainFacts = {
      timeZone: 'Asia/Shanghai', merges: new Map([[9, 1]]),
      lines: [
        { customerNo: 1, order: 'A', at: '2026-01-05T04:00:00.000Z', category: '茶叶', amount: 5 },
        { customerNo: 1, order: 'A', at: '2026-01-05T04:00:00.000Z', category: '茶具', amount: 90 },
        { customerNo: 9, order: 'B', at: '2026-03-05T04:00:00.000Z', amount: 20 },
        { customerNo: 2, order: 'C', at: '2026-01-31T15:59:59.999Z', category: '茶叶', amount: 30 },
        { customerNo: 2, order: 'D', at: '2026-01-31T16:00:00.000Z', category: '茶叶', amount: 40 },
        { customerNo: 2, order: 'D', kind: 'refund' as const, at: '2026-02-20T04:00:00.000Z', category: '茶叶', amount: 40 },
        { customerNo: 3, order: 'E', at: '2026-01-20T04:00:00.000Z', category: '', amount: 10, currency: 'GBP' },
        { customerNo: 4, order: 'F', at: '1970-01-01T00:00:00.000Z', amount: 10 },
        { customerNo: 4, order: 'G', at: '2026-01-09T00:00:00.000Z', amount: 10 },
        { customerNo: 5, order: 'H', at: '2026-03-31T15:59:59.999Z', amount: 10 },
      ].map(testLine),
    };
    beforeAll(async () => {
      await replaceFacts(facts);
      await shop.platform.pg.query('update customer set status = 1, merged_into = 1, merged_at = now() where customer_no = 9');
    });
    const range = { from: '2026-01-01', to: '2026-01-31' };

    it('count a merged person once, and nobody as new whose order of 1970 came first', async () => {
      const { rows: [january], before, after, until, linesInOtherCurrency, currency } = await read(range);
      expect(january).toMatchObject({ size: 3 });
      expect(january.cells.map(({ active }) => active)).toEqual([3, 1, 1]);
      expect(january.cells.map(({ repurchased }) => repurchased)).toEqual([0, 1, 2]);
      expect(january.cells.map(({ sales, net }) => [sales, net])).toEqual([['135', '135'], ['175', '135'], ['195', '155']]);
      expect({ before, after, until, linesInOtherCurrency, currency }).toEqual({ before: 1, after: 1, until: '2026-03-31', linesInOtherCurrency: 1, currency: 'CNY' });
    });

    it('tell a first order by its dearest line', async () => {
      const { rows } = await read({ cohort: 'category', ...range });
      expect(rows.map(({ key, size }) => [key, size]).toSorted()).toEqual([['', 1], ['茶具', 1], ['茶叶', 1]]);
    });

    it('mark the period that is not over', async () => {
      await insertLines(shop.platform.clickhouse, [{ customerNo: 6, order: 'Z', at: '2026-04-02T00:00:00.000Z' }]);
      await shop.changed();
      const { rows: [january], average } = await read(range);
      expect(january.cells.map(({ isComplete }) => isComplete)).toEqual([true, true, true, false]);
      expect(average).toHaveLength(3);
    });

    it.each([['active', 2, [1]], ['inactive', 2, [2, 3]], ['repurchased', 1, [2]], ['not_repurchased', 1, [1, 3]], ['all', 0, [1, 2, 3]]] as const)(
      'show who is behind a cell, and the rule that means the same people: %s after %i', async (part, age, expected) => {
        const cell = { ...range, row: { key: '2026-01-01' }, age, part };
        const found = await behind(cell);
        expect(found.status, found.text).toBe(200);
        expect(found.body.people.map(({ customerNo }) => customerNo).toSorted()).toEqual(expected);
        expect(found.body.sentence).toContain('2026-01');
        const byRule = await shop.ask(readPeople, { body: { of: { kind: 'rule', rule: found.body.rule } as never } });
        expect(byRule.body.people.map(({ customerNo }) => customerNo).toSorted()).toEqual(expected);
      });

    it('show the people of a value, of the rest, of everybody, and nobody where there is no such row', async () => {
      const sizes = await Promise.all([{ row: { key: '茶叶' } }, { row: { key: 'no such' } }, { row: 'all' }, { row: { key: null } }].map(async (of) => {
        const { body, text } = await behind({ cohort: 'category', ...range, age: 0, part: 'all', ...of });
        expect(text).not.toContain('cohorts.people');
        return body.size;
      }));
      expect(sizes).toEqual([1, 0, 3, 0]);
    });

    it('move with the brand\'s time zone', async () => {
      await writeBrand(shop.platform.pg, { name: '常青', timeZone: 'UTC', currency: 'CNY' });
      const { rows: [january] } = await read({ ...range, fresh: '1' });
      expect(january.cells.map(({ repurchased }) => repurchased)).toEqual([1, 1, 2, 2]);
      await writeBrand(shop.platform.pg, { name: '常青', timeZone: 'Asia/Shanghai', currency: 'CNY' });
    });

    it('are taken out as a file', async () => {
      const reply = await shop.server.inject({ url: '/api/insights/cohorts/export?from=2026-01-01&to=2026-01-31&cohort=channel', headers: { 'x-test-permissions': 'insights.export', 'accept-language': 'zh-CN' } });
      expect(reply.statusCode, reply.body).toBe(200);
      const lines = reply.body.trim().split('\r\n');
      expect(lines[0]).not.toContain('cohorts.file');
      expect(lines[1]).toBe('天猫旗舰店,3,0,3,3,1.000000,0,0.000000,3,135,135,1');
      const { rows } = await shop.platform.pg.query("select subject from audit_log where action = 'insights.export'");
      expect(rows).toContainEqual({ subject: 'cohorts:channel' });
    });
  });

  it.each(['from=2026-02-01&to=2026-01-01', 'from=1900-01-01&to=2026-01-01', 'from=2026-01-01', 'from=2026-01-01&to=2026-02-01&periods=0', 'from=2026-01-01&to=2026-02-01&unit=hour',
    'from=2026-01-01&to=2026-02-01&cohort=customer_no', 'from=2026-02-30&to=2026-03-01'])('answer 400 to %s', async (query) => {
    const reply = await shop.server.inject({ url: `/api/insights/cohorts?${query}`, headers: { 'x-test-permissions': 'insights.read' } });
    expect(reply.statusCode).toBe(400);
    expect(reply.json().detail).not.toMatch(/^problem\./);
  });
});

const nextDay = (day: string): string => new Date(Date.parse(`${day}T12:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
const isLastOfMonth = (day: string): boolean => nextDay(day).endsWith('-01');
