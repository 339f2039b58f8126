import { may } from '../../../kernel/actor.ts';
import { forbidden, Problem } from '../../../kernel/problem.ts';
import { route } from '../../../platform/http/route.ts';
import { type ItemBody, listPrograms } from '../contract.ts';
import type { Items } from '../items/items.ts';
import type { PlanningDoors, PlanningPart } from '../part.ts';

/** Shows the register, and sees to it that a program stands in one place of a plan. */
export function createProgramPlaces({ platform: { clock }, items, programs }: PlanningDoors): PlanningPart {
  registerPlaceCheck(items);
  return {
    routes: [route(listPrograms, async ({ actor: { locale } }) => ({ programs: await programs.list(locale), computedAt: clock.now().toISOString() }))],
  };
}

function registerPlaceCheck(items: Items): void {
  // Off its lines a program is limited by nobody: where it stands anybody who plans may say, what it draws on only who keeps the budget.
  items.registerGuard('program_place', async ({ before, after }, _client, actor) => {
    const [had, has] = [before, after].map((item) => (item?.body as ItemBody<'program_place'> | undefined)?.lineNos ?? []);
    if (String(had) !== String(has) && !may(actor, 'planning.budget')) throw forbidden('planning.lines_by_budget');
  });
  items.registerCheck('program_place', async ({ itemNo, body }, client, planNo) => {
    const { rowCount: others } = await client.query(
      `select from plan_item where plan_no = $1 and kind = 'program_place' and removed_at is null and item_no <> $2 and body ->> 'program' = $3 limit 1`, [planNo, itemNo, body.program]);
    if (others) throw new Problem('planning.program_placed', { status: 409, fields: [{ path: 'body.program', code: 'program_placed' }] });
    const lineNos = body.lineNos as number[];
    const { rowCount: known } = await client.query('select from budget_line where plan_no = $1 and line_no = any($2::int[])', [planNo, lineNos]);
    return known === new Set(lineNos).size ? [] : [{ path: 'body.lineNos', code: 'not_of_plan' }];
  });
}
