import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestPlatform, type TestPlatform } from '../../../../test/harness.ts';
import { seededRandom } from '../../../kernel/seeded-random.ts';
import { formatDecimal, parseDecimal } from '../../../kernel/decimal.ts';
import { inTransaction } from '../../../platform/postgres/pool.ts';
import { type BudgetBook, type BudgetDone, type BudgetOrder, createBudgetBook } from './book.ts';
import type { BudgetCommand, LineState } from './rules/decide.ts';

const money = (text: string): bigint => parseDecimal(text) ?? 0n;

describe('the budget’s book', () => {
  let test: TestPlatform;
  /** Two of them, as in two processes. */
  let books: [BudgetBook, BudgetBook];
  let planNo = 0;
  const line = async (cap: string, overCap: LineState['overCap'] = 'stop'): Promise<number> => (await test.platform.pg.query<{ lineNo: number }>(
    `insert into budget_line (plan_no, name, from_month, until_month, cap, over_cap, created_at, created_by) values ($1, gen_random_uuid(), '2026-01-01', '2026-12-01', $2, $3, now(), '林') returning line_no as "lineNo"`, [planNo, cap, overCap])).rows[0].lineNo;
  const order = (lineNo: number, key: string, kind: 'reserve' | 'commit' | 'spend', amount: string, program = 'campaign 1'): BudgetOrder => ({ lineNo, program, key, by: '林', command: { kind, amount: money(amount) } });
  const totals = async (lineNo: number) => (await test.platform.pg.query(
    `select l.reserved::float as reserved, l.committed::float as committed, l.spent::float as spent,
        (select coalesce(sum(c.reserved + c.committed + c.spent), 0)::float from budget_claim c where c.line_no = l.line_no) as claimed,
        (select coalesce(sum(e.reserved + e.committed + e.spent), 0)::float from budget_entry e where e.line_no = l.line_no) as entered
      from budget_line l where line_no = $1`, [lineNo])).rows[0];
  beforeAll(async () => {
    test = await createTestPlatform();
    books = [createBudgetBook(test.platform), createBudgetBook(test.platform)];
    ({ rows: [{ planNo }] } = await test.platform.pg.query<{ planNo: number }>(`insert into plan (name, starts_on, years, created_at, created_by) values ('2026', '2026-01-01', 5, now(), '林') returning plan_no as "planNo"`));
  });
  afterAll(() => test.close());

  it('carries an order out once, however often and wherever it is sent at the same time', async () => {
    const lineNo = await line('100');
    const sent = await Promise.all(Array.from({ length: 50 }, (_, n) => books[n % 2].execute(order(lineNo, `once ${lineNo}`, 'reserve', '60'))));
    expect(new Set(sent.map(({ entryNo }) => entryNo)).size).toBe(1);
    expect(await totals(lineNo)).toEqual({ reserved: 60, committed: 0, spent: 0, claimed: 60, entered: 60 });
    await expect(books[0].execute(order(lineNo, `once ${lineNo}`, 'reserve', '61'))).rejects.toMatchObject({ code: 'planning.budget_key_used', status: 409 });
    await expect(books[1].execute(order(lineNo, `once ${lineNo}`, 'commit', '60'))).rejects.toMatchObject({ code: 'planning.budget_key_used' });
  });

  it('case 49: lets no more through than the cap, of 200 who come at once through two processes', async () => {
    const lineNo = await line('1000.5');
    const outcomes = await Promise.allSettled(Array.from({ length: 200 }, (_, n) => books[n % 2].execute(order(lineNo, `rush ${n}`, 'commit', '10', `campaign ${n % 7}`))));
    const refused = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as { code: string; params: object }] : []));
    expect([outcomes.length - refused.length, refused[0]]).toEqual([100, expect.objectContaining({ code: 'planning.budget_over_cap', status: 409, params: { lineNo, free: '0.5' } })]);
    expect(await totals(lineNo)).toEqual({ reserved: 0, committed: 1_000, spent: 0, claimed: 1_000, entered: 1_000 });
  });

  it('tells whoever goes beyond a cap that only warns, and takes an order into a transaction of others, or not at all', async () => {
    const lineNo = await line('10', 'warn');
    expect(await books[0].execute(order(lineNo, `warn ${lineNo}`, 'spend', '12'))).toMatchObject({ isOver: true });
    await expect(inTransaction(test.platform.pg, async (client) => {
      await books[0].carryOut(client, order(lineNo, `gone ${lineNo}`, 'spend', '1'));
      throw new Error('something else failed');
    })).rejects.toThrow('something else failed');
    expect(await totals(lineNo)).toMatchObject({ spent: 12, entered: 12 });
    await expect(books[0].execute(order(999_999, 'nowhere', 'spend', '1'))).rejects.toMatchObject({ code: 'planning.budget_line_not_found', status: 404 });
    await expect(books[0].execute(order(lineNo, 'nothing', 'spend', '0'))).rejects.toMatchObject({ code: 'planning.budget_not_positive' });
  });

  it('is guarded by the database too, whoever writes', async () => {
    const lineNo = await line('10');
    await expect(test.platform.pg.query('update budget_line set spent = 11 where line_no = $1', [lineNo])).rejects.toMatchObject({ code: '23514' });
  });

  it('is the same as a plain book kept beside it, over random orders of many programs', async () => {
    const random = seededRandom(7);
    const below = (n: number): number => Math.floor(random() * n);
    const lineNos = [await line('300'), await line('120.75'), await line('0')];
    const caps = [300, 120.75, 0];
    const plain = lineNos.map(() => Array.from({ length: 3 }, () => ({ reserved: 0, committed: 0, spent: 0 })));
    for (let n = 0; n < 300; n++) {
      const [at, who, amount] = [below(3), below(3), (1 + below(400)) / 4];
      const kind = (['reserve', 'commit', 'spend', 'release'] as const)[below(4)];
      const mine = plain[at][who];
      const used = plain[at].reduce((total, each) => total + each.reserved + each.committed + each.spent, 0);
      const command: BudgetCommand = kind === 'release' ? { kind, amount: null } : { kind, amount: money(String(amount)) };
      const sent: Promise<BudgetDone | null> = books[n % 2].execute({ lineNo: lineNos[at], program: `p${who}`, key: `plain ${n}`, by: '林', command }).catch(() => null);
      const took = await sent;
      if (kind === 'release') {
        Object.assign(mine, { reserved: 0, committed: 0 });
        expect(took).not.toBeNull();
        continue;
      }
      const own = kind === 'reserve' ? 0 : kind === 'commit' ? Math.min(amount, mine.reserved) : Math.min(amount, mine.committed + mine.reserved);
      expect(took !== null).toBe(used + amount - own <= caps[at]);
      if (!took) continue;
      const ofCommitted = kind === 'spend' ? Math.min(amount, mine.committed) : 0;
      mine.committed -= ofCommitted;
      mine.reserved -= own - ofCommitted;
      mine[({ reserve: 'reserved', commit: 'committed', spend: 'spent' } as const)[kind]] += amount;
    }
    const { rows } = await test.platform.pg.query<{ lineNo: number; program: string; reserved: string; committed: string; spent: string }>(
      'select line_no as "lineNo", program, reserved, committed, spent from budget_claim where line_no = any($1::int[])', [lineNos]);
    const kept = rows.map(({ lineNo, program, ...amounts }) => [lineNos.indexOf(lineNo), program, ...Object.values(amounts).map((text) => formatDecimal(money(text)))].join(' '));
    const expected = plain.flatMap((programs, at) => programs.map(({ reserved, committed, spent }, who) => `${at} p${who} ${reserved} ${committed} ${spent}`));
    expect(kept.sort()).toEqual(expected.filter((text) => kept.includes(text) || !text.endsWith(' 0 0 0')).sort());
  }, 60_000);
});
