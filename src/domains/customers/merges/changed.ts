import type pg from 'pg';

/** How far somebody has come who follows merges. */
export interface MergePosition {
  transactionId: string;
  mergeId: number;
}

export interface ChangedMerges {
  /** The numbers that became one person, or two again. */
  customerNos: number[];
  until: MergePosition;
  isMore: boolean;
}

/**
 * Merges that were made or taken apart since, some at a time: each once its transaction and all before it have ended, so that none is
 * passed over which becomes visible late.
 */
export async function changedMerges(client: pg.PoolClient, { transactionId, mergeId }: MergePosition, most: number): Promise<ChangedMerges> {
  const { rows } = await client.query<MergePosition & { customerNos: number[] }>({
    name: 'customers.changed-merges',
    text: `select changed_in::text as "transactionId", merge_id as "mergeId", array[survivor_no, absorbed_no] as "customerNos" from customer_merge
      where (changed_in, merge_id) > ($1::xid8, $2) and changed_in < pg_snapshot_xmin(pg_current_snapshot()) order by changed_in, merge_id limit $3`,
    values: [transactionId, mergeId, most],
  });
  const last = rows.at(-1) ?? { transactionId, mergeId };
  return {
    customerNos: [...new Set(rows.flatMap(({ customerNos }) => customerNos))],
    until: { transactionId: last.transactionId, mergeId: last.mergeId },
    isMore: rows.length === most,
  };
}
