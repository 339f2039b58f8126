import type pg from 'pg';
import type { Actor } from '../../../kernel/actor.ts';
import { conflict, notFound, Problem } from '../../../kernel/problem.ts';
import type { Platform } from '../../../platform/platform.ts';
import { inTransaction } from '../../../platform/postgres/pool.ts';
import { recordAudit } from '../../access/public.ts';
import { queueCopies } from '../copies/queue.ts';
import { lockCustomers } from '../identities/store.ts';
import { absorbMany, subtreesOf } from './absorb.ts';
import { rootOf } from './lineage.ts';

const statuses = { active: 0, merged: 1, erased: 2 } as const;

/** Makes one active customer part of another, on a person's word. Returns the merge's id. */
export async function mergeCustomers({ pg: pool, clock }: Platform, survivorNo: number, absorbedNo: number, actor: Actor): Promise<number> {
  if (survivorNo === absorbedNo) throw new Problem('customers.merge_with_itself');
  return inTransaction(pool, async (client) => {
    await lockCustomers(client, [survivorNo, absorbedNo]);
    await requireActive(client, survivorNo);
    await requireActive(client, absorbedNo);
    const [mergeId] = await absorbMany(client, [{ survivorNo, absorbedNo, at: clock.now(), reason: 'staff', actor: actor.name }]);
    await recordAudit(client, { actor, action: 'customers.merge', subject: `customer:${survivorNo}`, details: { absorbedNo, mergeId } });
    return mergeId;
  });
}

async function requireActive(client: pg.PoolClient, customerNo: number): Promise<void> {
  const { rows } = await client.query<{ status: number; merged_into: number | null }>('select status, merged_into from customer where customer_no = $1', [customerNo]);
  if (rows.length === 0) throw notFound('customers.not_found', { customerNo });
  if (rows[0].status === statuses.erased) throw conflict('customers.erased', { customerNo });
  if (rows[0].status === statuses.merged) throw conflict('customers.merged_already', { customerNo, survivorNo: rows[0].merged_into });
}

interface OpenMerge {
  survivor_no: number;
  absorbed_no: number;
  undone_at: Date | null;
  status: number;
}

/**
 * Takes a merge apart. The absorbed customer, with everybody who had become part of them, stands
 * alone again and has the identifiers they came with; what came to the survivor since stays there.
 * Merges of a chain can be undone in any order.
 */
export function undoMerge({ pg: pool, clock }: Platform, mergeId: number, actor: Actor): Promise<{ survivorNo: number; absorbedNo: number }> {
  return inTransaction(pool, async (client) => {
    const { rows } = await client.query<OpenMerge>(
      `select survivor_no, absorbed_no, undone_at, status from customer_merge join customer on customer_no = absorbed_no
        where merge_id = $1 for update of customer_merge`, [mergeId]);
    const merge = rows.at(0);
    if (!merge) throw notFound('customers.merge_not_found', { mergeId });
    if (merge.undone_at) throw conflict('customers.merge_undone', { mergeId });
    if (merge.status === statuses.erased) throw conflict('customers.erased', { customerNo: merge.absorbed_no });
    const rootNo = await lockedRoot(client, merge.absorbed_no);
    const part = await detach(client, merge.absorbed_no, rootNo);
    await client.query('update customer_merge set undone_at = $2, undone_by = $3, changed_in = pg_current_xact_id() where merge_id = $1', [mergeId, clock.now(), actor.name]);
    await noteDifferent(client, merge.survivor_no, merge.absorbed_no, clock.now(), actor.name);
    await queueCopies(client, [...part, rootNo]);
    const [survivorNo, absorbedNo] = [merge.survivor_no, merge.absorbed_no];
    await recordAudit(client, { actor, action: 'customers.undo_merge', subject: `customer:${absorbedNo}`, details: { survivorNo, mergeId } });
    return { survivorNo, absorbedNo };
  });
}

/** Who a customer counts as now, kept from becoming part of somebody else until the transaction ends. */
async function lockedRoot(client: pg.PoolClient, customerNo: number): Promise<number> {
  for (;;) {
    const before = (await rootOf(client, customerNo)) ?? customerNo;
    await lockCustomers(client, [before, customerNo]);
    if ((await rootOf(client, customerNo)) === before) return before;
  }
}

/** Cuts the edge above a customer; their part of the tree takes its identifiers home. Returns that part. */
async function detach(client: pg.PoolClient, absorbedNo: number, rootNo: number): Promise<number[]> {
  const part = await subtreesOf(client, [absorbedNo]);
  await client.query('update customer set status = 0, merged_into = null, merged_at = null where customer_no = $1', [absorbedNo]);
  await client.query(
    'update identifier set customer_no = $1, home_no = nullif(home_no, $1) where customer_no = $2 and home_no = any($3::int[])',
    [absorbedNo, rootNo, part]);
  return part;
}

/** Two people whom somebody took apart are not suggested as one again. */
async function noteDifferent(client: pg.PoolClient, aNo: number, bNo: number, at: Date, by: string): Promise<void> {
  await client.query(
    `insert into possible_duplicate (low_no, high_no, kind, found_at, dismissed_at, dismissed_by)
      values (least($1::int, $2::int), greatest($1::int, $2::int), 0, $3, $3, $4)
      on conflict (low_no, high_no) do update set dismissed_at = excluded.dismissed_at, dismissed_by = excluded.dismissed_by`,
    [aNo, bNo, at, by]);
}
