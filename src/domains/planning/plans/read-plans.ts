import type pg from 'pg';
import type { Plan } from '../contract.ts';

/** Plans, the current one first, then the newest; one of them where a number is given. */
export async function readPlans(connection: pg.Pool | pg.PoolClient, planNo: number | null = null): Promise<Plan[]> {
  const { rows } = await connection.query<Omit<Plan, 'createdAt'> & { createdAt: Date }>(
    `select plan_no as "planNo", name, starts_on::text as "startsOn", years, is_current as "isCurrent", change_no as "changeNo", created_at as "createdAt", created_by as "createdBy"
      from plan where $1::int is null or plan_no = $1 order by is_current desc, plan_no desc`, [planNo]);
  return rows.map((row) => ({ ...row, createdAt: row.createdAt.toISOString() }));
}
