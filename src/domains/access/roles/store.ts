import type pg from 'pg';
import type { Permission } from '../../../kernel/actor.ts';
import type { StoredRole } from './held.ts';

type Connection = pg.Pool | pg.PoolClient;

/** A role as stored, with its number and how many people have it. */
export interface RoleRow extends StoredRole {
  roleId: number;
  name: string | null;
  staffCount: number;
}

const selectRoles = `select role_id as "roleId", key, name,
    coalesce((select jsonb_object_agg(permission, granted) from role_permission where role_permission.role_id = role.role_id), '{}') as changes,
    (select count(*)::int from staff_role where staff_role.role_id = role.role_id) as "staffCount"
  from role`;

/** Every role: the built-in ones in their order, then own ones by name. */
export async function allRoles(connection: Connection): Promise<RoleRow[]> {
  const { rows } = await connection.query<RoleRow>(`${selectRoles} order by key is null, case when key is not null then role_id end, lower(name)`);
  return rows;
}

/** The roles with these numbers; unknown ones are left out. */
export async function rolesByNumber(connection: Connection, roleIds: readonly number[]): Promise<RoleRow[]> {
  const { rows } = await connection.query<RoleRow>(`${selectRoles} where role_id = any($1)`, [roleIds]);
  return rows;
}

/** Locks a role against another change of it and reads it. */
export async function lockRole(client: pg.PoolClient, roleId: number): Promise<RoleRow | undefined> {
  await client.query('select from role where role_id = $1 for update', [roleId]);
  return (await rolesByNumber(client, [roleId])).at(0);
}

/** Replaces how a role differs from its default. */
export async function replaceChanges(client: pg.PoolClient, roleId: number, changes: Map<Permission, boolean>): Promise<void> {
  await client.query('delete from role_permission where role_id = $1', [roleId]);
  await client.query('insert into role_permission (role_id, permission, granted) select $1, * from unnest($2::text[], $3::bool[])',
    [roleId, [...changes.keys()], [...changes.values()]]);
}

/** Makes an own role. A name that is taken violates `role_name`. */
export async function insertRole(client: pg.PoolClient, name: string): Promise<number> {
  const { rows } = await client.query<{ role_id: number }>('insert into role (name) values ($1) returning role_id', [name]);
  return rows[0].role_id;
}
