import type pg from 'pg';
import { dayIn } from '../../../../kernel/day.ts';
import { Problem } from '../../../../kernel/problem.ts';
import type { Platform } from '../../../../platform/platform.ts';
import { readBrand } from '../../../../platform/settings.ts';
import type { ItemBody, ItemKindName } from '../../contract.ts';
import type { ItemCheck, Items } from '../../items/items.ts';

/** What projects, milestones, tasks and meetings have to be beyond their shape. */
export function registerChecks(items: Items, { clock }: Platform): void {
  const demandNotAhead = async (client: pg.PoolClient, doneOn: string | null): Promise<void> => {
    const { timeZone } = await readBrand(client);
    if (doneOn !== null && doneOn > dayIn(timeZone, clock.now())) throw refused('planning.done_ahead', 'doneOn');
  };
  const check = <K extends ItemKindName>(kind: K, demand: (body: ItemBody<K>, at: { client: pg.PoolClient; planNo: number; itemNo: number }) => Promise<void>): void => {
    const asked: ItemCheck = async ({ itemNo, body }, client, planNo) => {
      await demand(body as ItemBody<K>, { client, planNo, itemNo });
      return [];
    };
    items.registerCheck(kind, asked);
  };
  check('project', async ({ from, to, owner, sourceNo, lineNos }, { client, planNo }) => {
    demandOrder(from, to);
    await demandAccounts(client, [owner], 'owner');
    if (sourceNo !== null) await demandOfPlan(client, planNo, [sourceNo], null, 'sourceNo');
    const { rowCount } = await client.query('select from budget_line where plan_no = $1 and line_no = any($2::int[])', [planNo, lineNos]);
    if (rowCount !== lineNos.length) throw refused('planning.not_of_plan', 'lineNos');
  });
  check('milestone', async ({ doneOn, owner, dependsOn }, { client, planNo, itemNo }) => {
    await demandNotAhead(client, doneOn);
    await demandAccounts(client, [owner], 'owner');
    await demandNoCycle(client, planNo, itemNo, dependsOn);
  });
  check('task', async ({ from, to, state, doneOn, owner, dependsOn, meetingNo }, { client, planNo, itemNo }) => {
    if (from !== null && to !== null) demandOrder(from, to);
    if ((state === 'done') !== (doneOn !== null)) throw refused('planning.done_without_day', 'doneOn');
    await demandNotAhead(client, doneOn);
    await demandAccounts(client, [owner], 'owner');
    if (meetingNo !== null) await demandOfPlan(client, planNo, [meetingNo], ['meeting'], 'meetingNo');
    await demandNoCycle(client, planNo, itemNo, dependsOn);
  });
  check('meeting', ({ participants }, { client }) => demandAccounts(client, participants, 'participants'));
}

export const refused = (code: string, field: string): Problem => new Problem(code, { status: 422, fields: [{ path: `body.${field}`, code: code.split('.')[1] }] });

export function demandOrder(from: string, to: string, field = 'to'): void {
  if (to < from) throw refused('planning.ends_before_start', field);
}

/** Somebody who left keeps what they did: an account that was shut is an account. */
export async function demandAccounts(client: pg.PoolClient, people: readonly ({ staffId: number | null } | null)[], field: string): Promise<void> {
  const wanted = [...new Set(people.flatMap((one) => one?.staffId ?? []))];
  if (wanted.length === 0) return;
  const { rowCount } = await client.query('select from staff where staff_id = any($1)', [wanted]);
  if (rowCount !== wanted.length) throw refused('planning.no_such_account', field);
}

/** What was taken out of the plan may be named still, so that it is there again when that is taken back. */
export async function demandOfPlan(client: pg.PoolClient, planNo: number, itemNos: readonly number[], kinds: readonly ItemKindName[] | null, field: string): Promise<void> {
  const { rowCount } = await client.query('select from plan_item where plan_no = $1 and item_no = any($2::int[]) and ($3::text[] is null or kind = any($3))', [planNo, itemNos, kinds]);
  if (rowCount !== itemNos.length) throw refused('planning.not_of_plan', field);
}

/** Follows what has to be done before, and before that, until nothing new comes; it must never come back to where it began. */
async function demandNoCycle(client: pg.PoolClient, planNo: number, itemNo: number, dependsOn: readonly number[]): Promise<void> {
  if (dependsOn.length === 0) return;
  await demandOfPlan(client, planNo, [...new Set(dependsOn)], ['task', 'milestone'], 'dependsOn');
  const { rows: [{ isCycle }] } = await client.query<{ isCycle: boolean }>(
    `with recursive before as (
        select unnest($1::int[]) as item_no
        union select d.item_no::int from before b join plan_item i using (item_no), jsonb_array_elements_text(i.body -> 'dependsOn') d (item_no))
      select exists (select from before where item_no = $2) as "isCycle"`, [dependsOn, itemNo]);
  if (isCycle) throw refused('planning.depends_on_itself', 'dependsOn');
}
