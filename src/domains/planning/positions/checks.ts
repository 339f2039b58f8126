import type pg from 'pg';
import type { Day } from '../../../kernel/day.ts';
import { conflict, Problem } from '../../../kernel/problem.ts';
import type { ItemBody, ItemKindName } from '../contract.ts';
import type { ItemCheck, Items } from '../items/items.ts';
import { demandAccounts, demandOfPlan, demandOrder, refused } from '../projects/items/checks.ts';
import { busiestDay } from './rules/shares.ts';

/** What positions, who fills them and who does what have to be beyond their shape. */
export function registerChecks(items: Items): void {
  const check = <K extends ItemKindName>(kind: K, demand: (body: ItemBody<K>, at: { client: pg.PoolClient; planNo: number; itemNo: number; parentNo: number | null }) => Promise<void>): void => {
    const asked: ItemCheck = async ({ itemNo, parentNo, body }, client, planNo) => {
      await demand(body as ItemBody<K>, { client, planNo, itemNo, parentNo });
      return [];
    };
    items.registerCheck(kind, asked);
  };
  check('position', async ({ opens, closes, reportsToNo, becomesNo }, { client, planNo, itemNo }) => {
    if (closes !== null) demandOrder(opens, closes, 'closes');
    if (becomesNo === itemNo) throw refused('planning.becomes_itself', 'becomesNo');
    if (becomesNo !== null) await demandOfPlan(client, planNo, [becomesNo], ['position'], 'becomesNo');
    if (reportsToNo !== null) await demandHead(client, planNo, itemNo, reportsToNo);
  });
  check('responsibility', async ({ positionNo, letter }, { client, planNo, itemNo, parentNo }) => {
    await demandOfPlan(client, planNo, [positionNo], ['position'], 'positionNo');
    const { rowCount } = await client.query(
      `select from plan_item where parent_no = $1 and item_no <> $2 and removed_at is null and kind = 'responsibility' and (body ->> 'positionNo')::int = $3 and body ->> 'letter' = $4`, [parentNo, itemNo, positionNo, letter]);
    if (rowCount !== 0) throw conflict('planning.responsible_already');
  });
  check('assignment', async ({ person, from, to }, { client, planNo }) => {
    if (to !== null) demandOrder(from, to);
    await demandAccounts(client, [person], 'person');
    await demandTime(client, planNo, person);
  });
}

/** A position does not report to itself, by however long a way. */
async function demandHead(client: pg.PoolClient, planNo: number, itemNo: number, reportsToNo: number): Promise<void> {
  await demandOfPlan(client, planNo, [reportsToNo], ['position'], 'reportsToNo');
  const { rows: [{ isCycle }] } = await client.query<{ isCycle: boolean }>(
    `with recursive head as (
        select $1::int as item_no
        union select (i.body ->> 'reportsToNo')::int from head h join plan_item i using (item_no) where i.body ->> 'reportsToNo' is not null)
      select exists (select from head where item_no = $2) as "isCycle"`, [reportsToNo, itemNo]);
  if (isCycle) throw refused('planning.reports_to_itself', 'reportsToNo');
}

/** On no day somebody gives more than the whole of their time. */
async function demandTime(client: pg.PoolClient, planNo: number, { staffId, name }: ItemBody<'assignment'>['person']): Promise<void> {
  const { rows } = await client.query<{ sharePercent: number; from: Day; to: Day | null; position: string }>(
    `select (a.body ->> 'sharePercent')::int as "sharePercent", a.body ->> 'from' as "from", a.body ->> 'to' as "to", p.body ->> 'name' as position
      from plan_item a join plan_item p on p.item_no = a.parent_no
      where a.plan_no = $1 and a.kind = 'assignment' and a.removed_at is null
        and case when $2::int is null then a.body #>> '{person,staffId}' is null and a.body #>> '{person,name}' = $3 else (a.body #>> '{person,staffId}')::int = $2 end
      order by a.item_no`, [planNo, staffId, name]);
  const busiest = busiestDay(rows);
  if (busiest === null || busiest.percent <= 100) return;
  throw new Problem('planning.time_over_whole', {
    status: 422, params: { name, day: busiest.day, percent: busiest.percent, positions: busiest.of.map(({ position }) => position) }, fields: [{ path: 'body.sharePercent', code: 'time_over_whole' }],
  });
}
