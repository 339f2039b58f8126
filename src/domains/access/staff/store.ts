import type pg from 'pg';
import { parseSort } from '../../../kernel/page.ts';
import type { StoredRole } from '../roles/held.ts';
import { staffSorts } from './contract.ts';

type Connection = pg.Pool | pg.PoolClient;

export interface StaffRow {
  staffId: number;
  email: string;
  name: string;
  status: 'active' | 'invited' | 'disabled';
  createdAt: Date;
  lastSignInAt: Date | null;
  roles: (StoredRole & { roleId: number; name: string | null })[];
}

const status = "case when disabled_at is not null then 'disabled' when password_hash is null and last_sign_in_at is null then 'invited' else 'active' end";

const selectStaff = `select staff_id as "staffId", email, staff.name, ${status} as status, staff.created_at as "createdAt", last_sign_in_at as "lastSignInAt",
    (select coalesce(jsonb_agg(jsonb_build_object('roleId', role.role_id, 'key', key, 'name', role.name, 'changes', coalesce(
        (select jsonb_object_agg(permission, granted) from role_permission where role_permission.role_id = role.role_id), '{}')) order by role.role_id), '[]')
       from staff_role join role using (role_id) where staff_role.staff_id = staff.staff_id) as roles
  from staff`;

export interface StaffQuery {
  page: number;
  pageSize: number;
  sort?: string;
  q?: string;
  status?: string;
  roleId?: number;
}

const sortColumns: Record<(typeof staffSorts)[number], string> = { name: 'staff.name', email: 'email', createdAt: 'staff.created_at', lastSignInAt: 'last_sign_in_at' };

/** One page of accounts; `q` is part of a name or an address. */
export async function pageOfStaff(connection: Connection, query: StaffQuery): Promise<{ rows: StaffRow[]; total: number }> {
  const where = `where ($1::text is null or position(lower($1) in lower(staff.name)) > 0 or position(lower($1) in email) > 0)
    and ($2::text is null or ${status} = $2)
    and ($3::int is null or exists (select from staff_role where staff_role.staff_id = staff.staff_id and role_id = $3))`;
  const filters = [query.q ?? null, query.status ?? null, query.roleId ?? null];
  const sort = parseSort(query.sort, staffSorts) ?? { field: 'name', descending: false };
  const order = `${sortColumns[sort.field]} ${sort.descending ? 'desc nulls last' : 'asc nulls first'}, staff_id`;
  const [counted, found] = await Promise.all([
    connection.query<{ total: number }>(`select count(*)::int as total from staff ${where}`, filters),
    connection.query<StaffRow>(`${selectStaff} ${where} order by ${order} limit $4 offset $5`, [...filters, query.pageSize, (query.page - 1) * query.pageSize]),
  ]);
  return { rows: found.rows, total: counted.rows[0].total };
}

/** One account with its roles. */
export async function findStaff(connection: Connection, staffId: number): Promise<StaffRow | undefined> {
  return (await connection.query<StaffRow>(`${selectStaff} where staff_id = $1`, [staffId])).rows[0];
}

/** Locks an account against another change of it and reads it. */
export async function lockStaff(client: pg.PoolClient, staffId: number): Promise<StaffRow | undefined> {
  await client.query('select from staff where staff_id = $1 for update', [staffId]);
  return findStaff(client, staffId);
}

/** Makes an account without a password. An address that is taken violates `staff_email`. */
export async function insertStaff(client: pg.PoolClient, email: string, name: string, now: Date): Promise<number> {
  const { rows } = await client.query<{ staff_id: number }>('insert into staff (email, name, created_at) values ($1, $2, $3) returning staff_id', [email, name, now]);
  return rows[0].staff_id;
}

/** Gives a person exactly these roles. What stays is not touched: the last administrator may keep the role. */
export async function replaceRoles(client: pg.PoolClient, staffId: number, roleIds: readonly number[]): Promise<void> {
  await client.query('insert into staff_role (staff_id, role_id) select $1, * from unnest($2::int[]) on conflict do nothing', [staffId, roleIds]);
  await client.query('delete from staff_role where staff_id = $1 and role_id <> all($2)', [staffId, roleIds]);
}
