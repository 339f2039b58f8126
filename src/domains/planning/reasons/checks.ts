import { conflict, Problem } from '../../../kernel/problem.ts';
import { type ItemBody, sidesOf } from '../contract.ts';
import type { Items } from '../items/items.ts';

/** What notes, strategies, the conclusion and lanes have to be beyond their shape. */
export function registerReasonChecks(items: Items): void {
  items.registerCheck('strategy', async ({ body }, client, planNo) => {
    const { kind, noteNos } = body as ItemBody<'strategy'>;
    // A note that was moved to another side, or taken out, stays named: its strategy is shown as one to be thought over.
    const { rows } = await client.query<{ itemNo: number; quadrant: string }>(
      `select item_no as "itemNo", body ->> 'quadrant' as quadrant from plan_item where plan_no = $1 and kind = 'swot_note' and item_no = any($2::int[])`, [planNo, noteNos]);
    if (new Set(noteNos).size !== rows.length) throw new Problem('planning.not_of_plan', { status: 422, fields: [{ path: 'body.noteNos', code: 'not_of_plan' }] });
    const isOf = (quadrant: string): boolean => sidesOf[kind].some((side) => side === quadrant);
    if (rows.length > 0 && !rows.some(({ quadrant }) => isOf(quadrant))) throw new Problem('planning.strategy_of_other_sides', { status: 422, fields: [{ path: 'body.noteNos', code: 'strategy_of_other_sides' }] });
    return [];
  });
  items.registerCheck('conclusion', async ({ itemNo }, client, planNo) => {
    const { rowCount } = await client.query(`select from plan_item where plan_no = $1 and kind = 'conclusion' and removed_at is null and item_no <> $2 limit 1`, [planNo, itemNo]);
    if (rowCount) throw conflict('planning.concluded');
    return [];
  });
  items.registerCheck('lane_plan', async ({ itemNo, body }, client, planNo) => {
    const { rowCount } = await client.query(`select from plan_item where plan_no = $1 and kind = 'lane_plan' and removed_at is null and item_no <> $2 and body ->> 'lane' = $3 limit 1`, [planNo, itemNo, body.lane]);
    if (rowCount) throw conflict('planning.lane_planned');
    return [];
  });
}
