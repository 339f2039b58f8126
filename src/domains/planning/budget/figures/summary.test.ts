import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { budgetPlan } from '../../../../../test/budget-plan.ts';
import { insertCustomers } from '../../../../../test/audience-people.ts';
import { beginCampaign } from '../../../../../test/begun-campaign.ts';
import { insertLines, testLine } from '../../../../../test/order-lines.ts';
import {
  createPlanningServer,
  type PlanningServer,
} from '../../../../../test/planning-server.ts';
import { seededRandom } from '../../../../kernel/seeded-random.ts';
import { keepResults } from '../../../campaigns/results/programs.ts';
import { type Lane, lanes, listPrograms, readBudget } from '../../contract.ts';
import { addUp } from './returned.ts';

const everything =
  'planning.read planning.edit planning.budget planning.approve planning.people';
type Money = { planned: number; reserved: number; committed: number; spent: number };

describe('the budget in figures', () => {
  let team: PlanningServer;
  beforeAll(async () => {
    team = await createPlanningServer(everything);
  });
  afterAll(() => team.close());

  it('adds up to what a plain book kept beside it says, by line, lane and month, whatever was done', async () => {
    const plan = await budgetPlan(team);
    const random = seededRandom(11);
    const below = (n: number): number => Math.floor(random() * n);
    const lines: { lineNo: number; lane: Lane; from: number; until: number; cap: number }[] = [];
    for (let n = 0; n < 12; n++) {
      const from = 1 + below(12);
      const until = from + below(13 - from);
      const cap = 1_000 + below(9_000) / 4;
      const lane = lanes[below(lanes.length)];
      const two = (month: number): string => String(month).padStart(2, '0');
      const lineNo = await plan.line({
        lane,
        cap: String(cap),
        fromMonth: `2026-${two(from)}`,
        untilMonth: `2026-${two(until)}`,
      });
      lines.push({ lineNo, lane, from, until, cap });
    }
    const kept = new Map(lines.map(({ lineNo }) => [lineNo, { reserved: 0, committed: 0, spent: 0 }]));
    const spentIn = new Map<number, number>();
    for (let n = 0; n < 60; n++) {
      const month = 1 + Math.floor(n / 10);
      team.setTime(new Date(Date.UTC(2026, month - 1, 15)));
      const { lineNo } = lines[below(lines.length)];
      const mine = kept.get(lineNo)!;
      const amount = (1 + below(400)) / 4;
      const kind = (['reserve', 'commit', 'spend'] as const)[below(3)];
      const { status } =
        kind === 'spend'
          ? await plan.invoice(lineNo, String(amount))
          : await plan.order(lineNo, kind, String(amount));
      if (status !== 201) continue;
      const fromCommitted = kind === 'spend' ? Math.min(amount, mine.committed) : 0;
      const fromReserved =
        kind === 'reserve' ? 0 : Math.min(amount - fromCommitted, mine.reserved);
      mine.committed -= fromCommitted;
      mine.reserved -= fromReserved;
      if (kind === 'reserve') mine.reserved += amount;
      if (kind === 'commit') mine.committed += amount;
      if (kind === 'spend') {
        mine.spent += amount;
        spentIn.set(month, (spentIn.get(month) ?? 0) + amount);
      }
    }
    team.setTime('2026-06-18T04:00:00Z');
    const { body } = await team.ask(readBudget, { params: { planNo: plan.planNo }, query: { year: 2026 } });
    const sum = (of: (line: (typeof lines)[number]) => number, some = lines): number =>
      some.reduce((all, line) => all + of(line), 0);
    const expected = (some: typeof lines): Money => ({
      planned: sum(({ cap }) => cap, some),
      reserved: sum(({ lineNo }) => kept.get(lineNo)!.reserved, some),
      committed: sum(({ lineNo }) => kept.get(lineNo)!.committed, some),
      spent: sum(({ lineNo }) => kept.get(lineNo)!.spent, some),
    });
    const numbers = ({ planned, reserved, committed, spent }: Record<keyof Money, string>): Money => ({
      planned: Number(planned),
      reserved: Number(reserved),
      committed: Number(committed),
      spent: Number(spent),
    });
    expect(numbers(body)).toEqual(expected(lines));
    for (const { key, ...group } of body.groups.lane)
      expect(numbers(group), key).toEqual(expected(lines.filter(({ lane }) => lane === key)));
    const months = body.groups.month.map(({ key, spent }) => [Number(key.slice(5)), Number(spent)]);
    expect(months).toEqual(
      Array.from({ length: 12 }, (_, i) => [i + 1, spentIn.get(i + 1) ?? 0]),
    );
    for (const { key, planned } of body.groups.month) {
      const month = Number(key.slice(5));
      const on = lines.filter(({ from, until }) => from <= month && month <= until);
      expect(Number(planned)).toBeCloseTo(sum(({ cap, from, until }) => cap / (until - from + 1), on), 2);
    }
    expect(Number(body.forecast)).toBeGreaterThanOrEqual(
      Number(body.spent) + Number(body.committed) + Number(body.reserved),
    );
    expect(Number(body.free)).toBeCloseTo(
      Number(body.planned) - Number(body.reserved) - Number(body.committed) - Number(body.spent),
      4,
    );
  });

  it('is of the year that is asked for, and says which lines are near their caps', async () => {
    const plan = await budgetPlan(team);
    const long = await plan.line({ cap: '240', fromMonth: '2026-07', untilMonth: '2027-06' });
    const [near, far] = [await plan.line({ cap: '100' }), await plan.line({ cap: '100' })];
    await plan.order(near, 'reserve', '95');
    await plan.order(far, 'reserve', '10');
    const year = async (of: number) =>
      (await team.ask(readBudget, { params: { planNo: plan.planNo }, query: { year: of } })).body;
    expect(await year(2026)).toMatchObject({ planned: '320', lines: 3, years: [2026, 2027, 2028, 2029, 2030] });
    expect(await year(2027)).toMatchObject({ planned: '120', lines: 1 });
    expect((await year(2026)).nearCap).toMatchObject([{ lineNo: near, share: 0.95, isOver: false }]);
    expect((await plan.read(long)).line.free).toBe('240');
  });

  it('sets what programs earned against the lines that paid for them, by their shares, and says how sure that is', async () => {
    const plan = await budgetPlan(team);
    const people = 400;
    const { pg, clickhouse } = team.platform;
    await pg.query("insert into customer (customer_no, created_at) select n, '2026-01-01' from generate_series(1, $1) n", [people]);
    await insertCustomers(clickhouse, Array.from({ length: people }, (_, i) => ({ customerNo: i + 1 })));
    const { campaignNo, arms } = await beginCampaign(team, new Date('2026-05-01T02:00:00Z'), people);
    await insertLines(
      clickhouse,
      [...arms[1]].map((customerNo) =>
        testLine({ customerNo, at: '2026-05-02T02:00:00.000Z', order: `${customerNo}`, amount: 10 + (customerNo % 7) }),
      ),
    );
    await keepResults({ ...team, dataVersion: async () => 0 });
    const program = `campaign:${campaignNo}`;
    const [one, other] = [await plan.line(), await plan.line()];
    await plan.order(one, 'commit', '30', program);
    await plan.order(other, 'commit', '10', program);
    const { lift } = (await team.ask(listPrograms)).body.programs.find(({ key }) => key === program)!;
    const { difference, low, high } = lift!.revenue;
    expect(difference).toBeGreaterThan(1_000);
    const [first, second] = [(await plan.read(one)).line, (await plan.read(other)).line];
    expect(first.returned!.difference).toBeCloseTo(difference * 0.75, 6);
    expect(second.returned!.difference).toBeCloseTo(difference * 0.25, 6);
    expect([first.programs, second.programs]).toEqual([[program], [program]]);
    // Both parts together are the program again, and as uncertain as it.
    const { body } = await team.ask(readBudget, { params: { planNo: plan.planNo } });
    expect(body.returned!.difference).toBeCloseTo(difference, 6);
    expect(body.returned!.high! - body.returned!.low!).toBeCloseTo(high! - low!, 6);
  });

  it('has every amount in one year of its line, and expects of each year what is of that year', async () => {
    const plan = await budgetPlan(team);
    const long = await plan.line({ cap: '360', fromMonth: '2026-01', untilMonth: '2028-12' });
    const short = await plan.line({ cap: '50', untilMonth: '2026-12' });
    for (const at of ['2026-10-15', '2026-11-15', '2026-12-15', '2027-01-15', '2027-02-15', '2027-03-15']) {
      team.setTime(new Date(`${at}T04:00:00Z`));
      expect((await plan.invoice(long, '10')).status).toBe(201);
    }
    // What came in December is typed in in April.
    team.setTime(new Date('2027-04-15T04:00:00Z'));
    await plan.invoice(short, '50', { invoicedOn: '2026-12-30' });
    const year = async (of: number) => {
      const { planned, spent, forecast } = (await team.ask(readBudget, { params: { planNo: plan.planNo }, query: { year: of } })).body;
      return { planned, spent, forecast };
    };
    expect(await year(2026)).toEqual({ planned: '170', spent: '80', forecast: '80' });
    // Ten in each month to come.
    expect(await year(2027)).toEqual({ planned: '120', spent: '30', forecast: '120' });
    expect(await year(2028)).toEqual({ planned: '120', spent: '0', forecast: '120' });
    expect((await plan.read(long)).line).toMatchObject({ spent: '60', forecast: '150' });
  });

  it('adds independent estimates as they add: the squares of what is uncertain', () => {
    expect(addUp([])).toBeNull();
    expect(addUp([{ difference: 10, low: 7, high: 13 }, { difference: -2, low: -6, high: 2 }])).toEqual({ difference: 8, low: 3, high: 13 });
    expect(addUp([{ difference: 10, low: 7, high: 13 }, { difference: 1, low: null, high: null }])).toEqual({ difference: 11, low: null, high: null });
  });
});
