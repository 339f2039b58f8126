import type pg from 'pg';
import { dayIn } from '../../../kernel/day.ts';
import { readBrand } from '../../../platform/settings.ts';
import type { ItemBody } from '../contract.ts';
import type { PlanningDoors } from '../part.ts';

/** Who changes which role a position carries, or who is assigned to it, gives and takes roles: only who may do that may. */
export function guardRoles({ items, rolesByChart }: Pick<PlanningDoors, 'items' | 'rolesByChart'>): void {
  items.registerGuard('position', async ({ before, after }, client, actor) => {
    const [had, has] = [before, after].map((item) => (item?.body as ItemBody<'position'> | undefined)?.roleId ?? null);
    if (had !== has) await rolesByChart.refuse(client, actor, [had, has].filter((roleId) => roleId !== null));
  });
  items.registerGuard('assignment', async ({ before, after }, client, actor) => {
    const accounts = [before, after].filter((item) => (item?.body as ItemBody<'assignment'> | undefined)?.person.staffId);
    await rolesByChart.refuse(client, actor, await carriedBy(client, accounts.flatMap((item) => item?.parentNo ?? [])));
  });
}

async function carriedBy(client: pg.PoolClient, positionNos: number[]): Promise<number[]> {
  const { rows } = await client.query<{ roleId: number }>(`select distinct (body ->> 'roleId')::int as "roleId" from plan_item where item_no = any($1::int[]) and body ->> 'roleId' is not null`, [positionNos]);
  return rows.map(({ roleId }) => roleId);
}

/** Has accounts hold what the current plan's positions carry today. Of a position that is not there yet, or no longer, nobody holds anything. */
export async function followChart({ platform: { pg: pool, clock }, rolesByChart }: Pick<PlanningDoors, 'platform' | 'rolesByChart'>): Promise<void> {
  const today = dayIn((await readBrand(pool)).timeZone, clock.now());
  const { rows } = await pool.query<{ staffId: number; roleId: number }>(
    `select distinct (a.body #>> '{person,staffId}')::int as "staffId", (p.body ->> 'roleId')::int as "roleId"
      from plan join plan_item p using (plan_no) join plan_item a on a.parent_no = p.item_no
      where is_current and p.kind = 'position' and a.kind = 'assignment' and p.removed_at is null and a.removed_at is null
        and p.body ->> 'roleId' is not null and a.body #>> '{person,staffId}' is not null
        and p.body ->> 'opens' <= $1 and coalesce(p.body ->> 'closes', $1) >= $1 and a.body ->> 'from' <= $1 and coalesce(a.body ->> 'to', $1) >= $1`, [today]);
  await rolesByChart.follow(rows);
}
