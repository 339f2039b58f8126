import type pg from 'pg';
import { type Actor, systemActor } from '../../../kernel/actor.ts';
import { forbidden } from '../../../kernel/problem.ts';
import type { Platform } from '../../../platform/platform.ts';
import { inTransaction } from '../../../platform/postgres/pool.ts';
import { recordAudit } from '../audit/record.ts';
import { grantableRoles, refuseStronger } from '../staff/service.ts';
import type { PermissionBook } from './held.ts';
import { rolesByNumber } from './store.ts';

/** A role that somebody holds for as long as they are assigned to something. */
export interface ChartRole {
  staffId: number;
  roleId: number;
}

/** Roles that follow an organisation chart. */
export interface RolesByChart {
  /** Every role with whether the actor may put it on a chart. The administrator's never is. */
  list(actor: Actor): Promise<{ roleId: number; key: string | null; name: string | null; isGrantable: boolean }[]>;
  /** Refuses who may not give or take these roles: without `access.staff`, beyond what they hold themselves, or of an administrator. */
  refuse(client: pg.PoolClient, actor: Actor, roleIds: readonly number[]): Promise<void>;
  /** Gives what the chart says now and nobody holds by it yet; takes what it says no longer, where it was given by it. */
  follow(wanted: readonly ChartRole[]): Promise<void>;
}

export function rolesByChart(platform: Pick<Platform, 'pg' | 'clock'>, book: PermissionBook): RolesByChart {
  return {
    list: async (actor) => (await grantableRoles(platform, book, actor)).map(({ roleId, key, name, grantable }) => ({ roleId, key, name, isGrantable: grantable && key !== 'administrator' && holds(actor) })),
    async refuse(client, actor, roleIds) {
      if (roleIds.length === 0) return;
      if (!holds(actor)) throw forbidden('access.chart_needs_staff');
      const roles = await rolesByNumber(client, roleIds);
      if (roles.some(({ key }) => key === 'administrator')) throw forbidden('access.chart_without_administrators');
      await refuseStronger(client, book, actor, roles);
    },
    follow: (wanted) => inTransaction(platform.pg, (client) => follow(client, wanted, platform.clock.now())),
  };
}

const holds = (actor: Actor): boolean => actor.kind === 'system' || actor.permissions.has('access.staff');

async function follow(client: pg.PoolClient, wanted: readonly ChartRole[], now: Date): Promise<void> {
  const pairs = [wanted.map(({ staffId }) => staffId), wanted.map(({ roleId }) => roleId)];
  const { rows: ended } = await client.query<ChartRole & { isGiven: boolean }>(
    `delete from staff_role_by_chart where (staff_id, role_id) not in (select * from unnest($1::int[], $2::int[]))
      returning staff_id as "staffId", role_id as "roleId", is_given as "isGiven"`, pairs);
  const taken = ended.filter(({ isGiven }) => isGiven);
  await client.query('delete from staff_role where (staff_id, role_id) in (select * from unnest($1::int[], $2::int[]))', [taken.map(({ staffId }) => staffId), taken.map(({ roleId }) => roleId)]);
  const { rows: given } = await client.query<ChartRole>(
    `with wanted as (
        select distinct w.* from unnest($1::int[], $2::int[]) w (staff_id, role_id) join staff using (staff_id) join role using (role_id)
          where key is distinct from 'administrator' and not exists (select from staff_role_by_chart c where (c.staff_id, c.role_id) = (w.staff_id, w.role_id))
      ), given as (insert into staff_role (staff_id, role_id) select * from wanted on conflict do nothing returning staff_id, role_id)
      , noted as (
        insert into staff_role_by_chart (staff_id, role_id, is_given, since)
          select staff_id, role_id, exists (select from given g where (g.staff_id, g.role_id) = (wanted.staff_id, wanted.role_id)), $3 from wanted)
      select staff_id as "staffId", role_id as "roleId" from given`, [...pairs, now]);
  for (const [action, roles] of [['access.take_by_chart', taken], ['access.give_by_chart', given]] as const) {
    for (const { staffId, roleId } of roles) await recordAudit(client, { actor: systemActor, action, subject: `staff:${staffId}`, details: { roleId } });
  }
}
