import type pg from 'pg';
import type { Platform } from '../../../platform/platform.ts';
import { countOfEveryBatch, countOfTable } from './analytics/row-counts.ts';
import { deleteBatches, settleBatch } from './apply.ts';
import { factTables, type FactTable } from './fact-tables.ts';
import { findBatches } from './register.ts';

/** Beyond this many differing batches, making everything anew is quicker than repairing. */
const repairAtMost = 2_000;

/** What a comparison of the log with ClickHouse found. */
export interface FactCheck {
  logged: Record<FactTable, number>;
  found: Record<FactTable, number>;
  repairedBatches: number;
  rebuilt: boolean;
}

/** Rows that ClickHouse has to have by the register. */
export async function loggedCounts(pool: pg.Pool): Promise<Record<FactTable, number>> {
  const sums = factTables.map((table) =>
    `coalesce(sum(coalesce((row_counts->>'${table}')::bigint, 0) - coalesce((left_out->>'${table}')::bigint, 0)), 0)::bigint as ${table}`);
  const { rows } = await pool.query<Record<FactTable, number>>(
    `select ${sums.join(', ')} from fact_batch where applied_at is not null and undone_at is null`);
  return rows[0];
}

/** Rows that ClickHouse has. */
export async function foundCounts({ clickhouse }: Platform): Promise<Record<FactTable, number>> {
  const [event, orderLine] = await Promise.all(factTables.map((table) => countOfTable(clickhouse, table)));
  return { event, order_line: orderLine };
}

/** True when ClickHouse has fewer rows than it was given. It may have more: what was given and not yet marked. */
export async function hasLostFacts(platform: Platform): Promise<boolean> {
  const [logged, found] = await Promise.all([loggedCounts(platform.pg), foundCounts(platform)]);
  return factTables.some((table) => found[table] < logged[table]);
}

/**
 * Compares the register with ClickHouse. Where they differ, batches are put right one by one; when that would be
 * too many, `rebuild` makes everything anew. The comparison is recorded either way.
 * To be called by the writer, while nothing is being applied.
 */
export async function checkFacts(platform: Platform, rebuild: () => Promise<void>): Promise<FactCheck> {
  const logged = await loggedCounts(platform.pg);
  const found = await foundCounts(platform);
  const check: FactCheck = { logged, found, repairedBatches: 0, rebuilt: false };
  if (factTables.some((table) => logged[table] !== found[table])) {
    const { wrong, alien } = await differingBatches(platform);
    platform.log.warn({ logged, found, batches: wrong.length }, 'ClickHouse and the fact log differ; repairing');
    if (wrong.length > repairAtMost) {
      await rebuild();
      check.rebuilt = true;
    } else {
      if (alien.length > 0) for (const table of factTables) await deleteBatches(platform.clickhouse, table, alien);
      for (const batch of await findBatches(platform.pg, wrong)) await settleBatch(platform, batch);
      check.repairedBatches = wrong.length + alien.length;
    }
  }
  await platform.pg.query('insert into fact_check (logged, found, repaired_batches, rebuilt) values ($1, $2, $3, $4)',
    [JSON.stringify(logged), JSON.stringify(found), check.repairedBatches, check.rebuilt]);
  await platform.pg.query('delete from fact_check where check_no <= (select max(check_no) - 200 from fact_check)');
  return check;
}

interface Expected {
  batch_no: number;
  applied: boolean;
  event: number;
  order_line: number;
}

/** Batches of which ClickHouse has another number of rows than it should, and those it should not have at all. */
async function differingBatches(platform: Platform): Promise<{ wrong: number[]; alien: number[] }> {
  const { rows } = await platform.pg.query<Expected>(`select batch_no, applied_at is not null as applied,
      coalesce((row_counts->>'event')::bigint, 0) - coalesce((left_out->>'event')::bigint, 0) as event,
      coalesce((row_counts->>'order_line')::bigint, 0) - coalesce((left_out->>'order_line')::bigint, 0) as order_line
    from fact_batch where undone_at is null`);
  const expected = new Map(rows.map((row) => [row.batch_no, row]));
  const wrong = new Set<number>();
  const alien = new Set<number>();
  for (const table of factTables) {
    const found = await countOfEveryBatch(platform.clickhouse, table);
    for (const row of rows) if (row.applied && (found.get(row.batch_no) ?? 0) !== row[table]) wrong.add(row.batch_no);
    for (const batchNo of found.keys()) if (!expected.has(batchNo)) alien.add(batchNo);
  }
  return { wrong: [...wrong], alien: [...alien] };
}
