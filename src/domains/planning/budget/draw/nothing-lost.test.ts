import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDrawingBrand, type DrawingBrand } from '../../../../../test/drawing-brand.ts';
import { formatDecimal, parseDecimal } from '../../../../kernel/decimal.ts';
import { seededRandom } from '../../../../kernel/seeded-random.ts';
import { type BenefitDefinition, createBenefit } from '../../../membership/contract.ts';
import { editItem, listItems, readBudget } from '../../contract.ts';

const exact = (text: string): bigint => parseDecimal(text) ?? 0n;
const lines = [
  { name: '停', cap: '40', overCap: 'stop' }, { name: '停，小', cap: '5', overCap: 'stop' }, { name: '停，已过', cap: '30', overCap: 'stop', untilMonth: '2026-05' }, { name: '停，未到', cap: '30', overCap: 'stop', fromMonth: '2026-08' },
  { name: '提醒', cap: '10', overCap: 'warn' }, { name: '放行', cap: '10', overCap: 'ignore' }, { name: '提醒，已过', cap: '10', overCap: 'warn', untilMonth: '2026-05' },
] as const;

describe('what programs cost', () => {
  let drawing: DrawingBrand;
  beforeAll(async () => void (drawing = await createDrawingBrand(10)));
  afterAll(() => drawing.close());

  it.each([1, 2, 3])('is on their lines or told as being on none, to the last cent, whatever is given, used, undone and ended and whatever becomes of lines (%i)', async (seed) => {
    const { brand: { platform: { pg } }, ask, plan, follow, place } = drawing;
    const random = seededRandom(seed);
    const below = (n: number): number => Math.floor(random() * n);
    const query = (sql: string, values: unknown[]) => pg.query(sql, values);
    const lineNos: number[] = [];
    for (const line of lines) lineNos.push(await plan.line({ ...line, name: `${line.name} ${seed}`, purpose: 'gifts' }));
    const promise: BenefitDefinition['promise'] = { kind: 'free_shipping', from: '0' };
    const benefits: number[] = [];
    for (let n = 0; n < 4; n++) {
      const { body } = await ask(createBenefit, { body: { names: { en: `Gift ${seed} ${n}` }, notes: '', tiers: ['silver'], promise, cost: '5', validDays: null, limits: { perMember: null, inAll: n % 2 ? 50 : null }, startsAt: '2026-06-01T00:00:00Z', endsAt: null } });
      benefits.push(body.benefitId);
      // The last one has no lines to begin with.
      if (n < 3) await place(`benefit:${body.benefitId}`, lineNos.filter(() => below(2) === 0));
    }
    const draw = async (benefitId: number, lineNosNow: number[]): Promise<void> => {
      const { body: { items } } = await ask(listItems, { params: { planNo: plan.planNo }, query: { kinds: 'program_place' } });
      const found = items.find((item) => item.kind === 'program_place' && item.body.program === `benefit:${benefitId}`);
      if (!found) return place(`benefit:${benefitId}`, lineNosNow);
      expect((await ask(editItem, { params: { planNo: plan.planNo, itemNo: found.itemNo }, body: { version: found.version, changes: { lineNos: lineNosNow } } })).status).toBe(200);
    };
    const some = (): number => benefits[below(benefits.length)];
    const steps: (() => Promise<unknown>)[] = [
      () => query(`insert into benefit_grant (key, benefit_id, benefit_version, customer_no, gifts, cost, derivation, occurred_at, recorded_at, state) select gen_random_uuid(), $1, 1, n, '[]', 5, '{}', '2026-06-02', '2026-06-02', 'given' from generate_series(1, $2) n`, [some(), 1 + below(4)]),
      () => query(`update benefit_grant set used_at = '2026-06-03' where grant_no in (select grant_no from benefit_grant where benefit_id = $1 and used_at is null and expires_at is null order by grant_no limit $2)`, [some(), 1 + below(3)]),
      () => query('update benefit_grant set used_at = null where grant_no in (select grant_no from benefit_grant where benefit_id = $1 and used_at is not null order by grant_no limit 1)', [some()]),
      () => query(`update benefit_grant set expires_at = '2026-06-05' where grant_no in (select grant_no from benefit_grant where benefit_id = $1 and used_at is null order by grant_no desc limit $2)`, [some(), 1 + below(2)]),
      () => query(`insert into benefit_use (benefit_id, customer_no, cost, used_at, key, input_hash, document, used_by) values ($1, 1, 2.5, '2026-06-04', gen_random_uuid(), '\\x00', '', 'a')`, [some()]),
      () => query("update budget_line set until_month = case when until_month < '2026-06-01' then date '2026-12-01' else date '2026-05-01' end where line_no = $1 and from_month < '2026-05-01'", [lineNos[below(lineNos.length)]]),
      () => draw(some(), lineNos.filter(() => below(3) === 0)),
    ];
    for (let step = 0; step < 40; step++) {
      await steps[below(steps.length)]();
      await follow();
      const { body: budget } = await ask(readBudget, { params: { planNo: plan.planNo }, query: { year: 2026 } });
      const { rows } = await pg.query<{ program: string; cost: string; redeemed: string; used: string; spent: string; hasLine: boolean }>(
        `select 'benefit:' || b.benefit_id as program,
            (select coalesce(sum(cost) filter (where used_at is not null or expires_at is null), 0) from benefit_grant g where g.benefit_id = b.benefit_id) + (select coalesce(sum(cost), 0) from benefit_use u where u.benefit_id = b.benefit_id) as cost,
            (select coalesce(sum(cost) filter (where used_at is not null), 0) from benefit_grant g where g.benefit_id = b.benefit_id) + (select coalesce(sum(cost), 0) from benefit_use u where u.benefit_id = b.benefit_id) as redeemed,
            (select coalesce(sum(committed + spent), 0) from budget_claim where program = 'benefit:' || b.benefit_id) as used, (select coalesce(sum(spent), 0) from budget_claim where program = 'benefit:' || b.benefit_id) as spent,
            exists (select from plan_item i join plan p using (plan_no), jsonb_array_elements_text(i.body -> 'lineNos') n join budget_line l on l.line_no = n::int
              where p.is_current and i.kind = 'program_place' and i.removed_at is null and i.body ->> 'program' = 'benefit:' || b.benefit_id and l.from_month < '2026-07-01') as "hasLine"
          from benefit b where benefit_id = any($1::int[])`, [benefits]);
      for (const { program, cost, redeemed, used, spent, hasLine } of rows) {
        const none = budget.unbooked.programs.find((each) => each.program === program);
        if (hasLine) expect([step, program, none]).toEqual([step, program, undefined]);
        expect([step, program, formatDecimal(exact(used) + exact(none?.amount ?? '0')), formatDecimal(exact(spent) + exact(none?.spent ?? '0'))]).toEqual([step, program, formatDecimal(exact(cost)), formatDecimal(exact(redeemed))]);
      }
      const { rows: [{ differ }] } = await pg.query<{ differ: number }>(
        `select count(*)::int as differ from budget_line l left join (select line_no, sum(reserved) as r, sum(committed) as c, sum(spent) as s from budget_claim group by 1) c using (line_no)
          where (l.reserved, l.committed, l.spent) is distinct from (coalesce(r, 0), coalesce(c, 0), coalesce(s, 0))`);
      expect(differ).toBe(0);
    }
  }, 120_000);
});
