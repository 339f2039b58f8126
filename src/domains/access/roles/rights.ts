import type pg from 'pg';
import { may, type Actor, type Permission } from '../../../kernel/actor.ts';
import { forbidden } from '../../../kernel/problem.ts';

type Connection = pg.Pool | pg.PoolClient;

/** Refuses to give, or take, a permission that the actor does not hold: nobody rises by another's account or role. */
export function refuseBeyondOwn(actor: Actor, permissions: Iterable<Permission>): void {
  const missing = [...permissions].filter((permission) => !may(actor, permission));
  if (missing.length > 0) throw forbidden('access.beyond_own', { permissions: missing.slice(0, 5) });
}

/** Whether the actor is an administrator in person. A token is not, however wide its scopes. */
export async function isAdministrator(connection: Connection, actor: Actor): Promise<boolean> {
  if (actor.kind !== 'staff') return actor.kind === 'system';
  const { rowCount } = await connection.query(
    "select from staff_role join role using (role_id) join staff using (staff_id) where staff_id = $1 and key = 'administrator' and disabled_at is null", [actor.id]);
  return rowCount === 1;
}

/** Refuses what only an administrator may do: to make another, or to touch one's account. */
export async function refuseUnlessAdministrator(connection: Connection, actor: Actor): Promise<void> {
  if (!(await isAdministrator(connection, actor))) throw forbidden('access.administrators_only');
}
