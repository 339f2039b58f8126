import type pg from 'pg';
import { notFound } from '../../../kernel/problem.ts';

/** Closer than this, those beside each other are put apart again: a double has room for some fifty halvings. */
const closest = 1e-9;

/** A place behind one of those under the same parent, or before all of them. */
export async function placeBehind(client: pg.PoolClient, planNo: number, parentNo: number | null, afterNo: number | null): Promise<number> {
  const siblings = 'plan_no = $1 and parent_no is not distinct from $2 and removed_at is null';
  const find = async (): Promise<{ before: number | null; behind: number | null }> => {
    const { rows: [after] } = afterNo === null ? { rows: [null] } : await client.query<{ place: number }>(`select place from plan_item where ${siblings} and item_no = $3`, [planNo, parentNo, afterNo]);
    if (afterNo !== null && !after) throw notFound('planning.item_not_found', { itemNo: afterNo });
    const { rows: [next] } = await client.query<{ place: number }>(
      `select place from plan_item where ${siblings} and ($3::float8 is null or place > $3) order by place limit 1`, [planNo, parentNo, after?.place ?? null]);
    return { before: after?.place ?? null, behind: next?.place ?? null };
  };
  let { before, behind } = await find();
  if (before !== null && behind !== null && behind - before < closest) {
    await client.query(
      `update plan_item i set place = o.place from (select item_no, row_number() over (order by place, item_no) as place from plan_item where ${siblings}) o where o.item_no = i.item_no`, [planNo, parentNo]);
    ({ before, behind } = await find());
  }
  if (before === null) return behind === null ? 1 : behind - 1;
  return behind === null ? before + 1 : (before + behind) / 2;
}
