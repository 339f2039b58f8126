import { systemActor, type Actor } from '../../../kernel/actor.ts';
import { forbidden, notFound } from '../../../kernel/problem.ts';
import type { Platform } from '../../../platform/platform.ts';
import { inTransaction } from '../../../platform/postgres/pool.ts';
import { recordAudit } from '../audit/record.ts';
import { insertLink, type NewLink } from '../links/store.ts';
import { firstAdministrator } from './first-administrator.ts';

type World = Pick<Platform, 'pg' | 'clock'>;

/** A link, good once and for half an hour, that signs an account in. For whoever runs the server, never for another account. */
export async function signInLink({ pg, clock }: World, staffId: number): Promise<NewLink> {
  return inTransaction(pg, async (client) => {
    const { rowCount } = await client.query('select from staff where staff_id = $1 and disabled_at is null', [staffId]);
    if (rowCount === 0) throw notFound('access.staff_not_found');
    await recordAudit(client, { actor: systemActor, action: 'access.create_sign_in_link', subject: `staff:${staffId}` });
    return insertLink(client, staffId, 'sign_in', clock.now());
  });
}

/** The same for the command line of the server: by address, or for the first administrator. */
export async function commandLineLink(world: World, actor: Actor, email: string | undefined): Promise<NewLink> {
  if (actor.kind !== 'system') throw forbidden('access.command_line_only');
  if (email === undefined) return signInLink(world, (await firstAdministrator(world)).staffId);
  const { rows } = await world.pg.query<{ staff_id: number }>('select staff_id from staff where email = $1', [email]);
  return signInLink(world, rows.at(0)?.staff_id ?? 0);
}

/** For a start: a link for the first administrator, who is made when missing; null once an administrator has signed in. */
export async function firstSignInLink(world: World): Promise<NewLink | null> {
  const { staffId, hasSignedIn } = await firstAdministrator(world);
  return hasSignedIn ? null : signInLink(world, staffId);
}
