import type pg from 'pg';
import type { Actor } from '../../../kernel/actor.ts';
import { dayIn } from '../../../kernel/day.ts';
import { readBrand } from '../../../platform/settings.ts';
import type { ItemBody } from '../contract.ts';
import type { PlanningDoors } from '../part.ts';

/** Who changes which role a position carries and from when until when, or who is assigned to it, gives and takes roles: only who may do that may. */
export function guardRoles({ items, rolesByChart }: Pick<PlanningDoors, 'items' | 'rolesByChart'>): void {
  items.registerGuard('position', async ({ before, after }, client, actor) => {
    const [had, has] = [before, after].map((item) => item?.body as ItemBody<'position'> | undefined);
    const isSame = had?.roleId === has?.roleId && had?.opens === has?.opens && had?.closes === has?.closes;
    if (!isSame) await rolesByChart.refuse(client, actor, [had, has].flatMap((body) => body?.roleId ?? []));
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

/** Another plan that is made the current one gives and takes what its positions carry, and those of the one before. */
export async function refuseOtherChart(client: pg.PoolClient, rolesByChart: Pick<PlanningDoors['rolesByChart'], 'refuse'>, planNo: number, actor: Actor): Promise<void> {
  const { rows } = await client.query<{ positionNo: number }>(
    `select distinct a.parent_no as "positionNo" from plan join plan_item a on a.plan_no = plan.plan_no join plan_item p on p.item_no = a.parent_no
      where is_current <> (plan.plan_no = $1) and a.kind = 'assignment' and a.removed_at is null and p.removed_at is null and a.body #>> '{person,staffId}' is not null`, [planNo]);
  await rolesByChart.refuse(client, actor, await carriedBy(client, rows.map(({ positionNo }) => positionNo)));
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
