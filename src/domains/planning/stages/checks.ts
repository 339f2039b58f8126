import type pg from 'pg';
import { Problem } from '../../../kernel/problem.ts';
import { type ItemBody, stageFacts } from '../contract.ts';
import type { Items } from '../items/items.ts';

/** What stages and their criteria have to be beyond their shape. */
export function registerStageChecks(items: Items): void {
  items.registerCheck('stage', async ({ itemNo, body }, client, planNo) => {
    const { stage, from, to } = body as ItemBody<'stage'>;
    if (to < from) throw refused('planning.ends_before_start', 'to');
    if (await isThere(client, { planNo, itemNo, kind: 'stage', parentNo: null, field: 'stage', value: stage })) throw refused('planning.stage_placed', 'stage', 409);
    return [];
  });
  items.registerCheck('criterion', async ({ itemNo, parentNo, body }, client, planNo) => {
    const { name, fact, by } = body as ItemBody<'criterion'>;
    if (fact === null) {
      if (by.kind === 'target') throw refused('planning.target_of_nothing', 'fact');
      if (name === '') throw refused('planning.criterion_unnamed', 'name');
      return [];
    }
    if (by.kind === 'target' && stageFacts[fact].path === null) throw refused('planning.not_in_product', 'by');
    const { rows: [{ stage }] } = await client.query<{ stage: string }>(`select body ->> 'stage' as stage from plan_item where item_no = $1`, [parentNo]);
    if (stageFacts[fact].stage !== stage) throw refused('planning.fact_of_other_stage', 'fact');
    if (await isThere(client, { planNo, itemNo, kind: 'criterion', parentNo, field: 'fact', value: fact })) throw refused('planning.fact_replaced', 'fact', 409);
    return [];
  });
}

const refused = (code: string, field: string, status = 422): Problem => new Problem(code, { status, fields: [{ path: `body.${field}`, code: code.split('.')[1] }] });

async function isThere(client: pg.PoolClient, { planNo, itemNo, kind, parentNo, field, value }: { planNo: number; itemNo: number; kind: string; parentNo: number | null; field: string; value: string }): Promise<boolean> {
  const { rowCount } = await client.query(
    `select from plan_item where plan_no = $1 and kind = $2 and parent_no is not distinct from $3 and removed_at is null and item_no <> $4 and body ->> $5 = $6 limit 1`, [planNo, kind, parentNo, itemNo, field, value]);
  return rowCount !== 0;
}
