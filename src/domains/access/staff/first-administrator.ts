import type pg from 'pg';
import { systemActor } from '../../../kernel/actor.ts';
import type { Platform } from '../../../platform/platform.ts';
import { inTransaction } from '../../../platform/postgres/pool.ts';
import { recordAudit } from '../audit/record.ts';
import { insertStaff } from './store.ts';

const firstEmail = 'admin@perennial.localhost';

/** The oldest administrator who is not disabled; made when there is none. Two programs that ask at once get the same. */
export async function firstAdministrator({ pg, clock }: Pick<Platform, 'pg' | 'clock'>): Promise<{ staffId: number; hasSignedIn: boolean }> {
  return inTransaction(pg, async (client) => {
    await client.query("select from role where key = 'administrator' for update");
    const found = await oldestAdministrator(client);
    if (found) return found;
    const staffId = await insertStaff(client, firstEmail, '管理员 Admin', clock.now());
    await client.query("insert into staff_role select $1, role_id from role where key = 'administrator'", [staffId]);
    await recordAudit(client, { actor: systemActor, action: 'access.invite', subject: `staff:${staffId}`, details: { role: 'administrator' } });
    return { staffId, hasSignedIn: false };
  });
}

async function oldestAdministrator(client: pg.PoolClient): Promise<{ staffId: number; hasSignedIn: boolean } | undefined> {
  const { rows } = await client.query<{ staffId: number; hasSignedIn: boolean }>(
    `select staff_id as "staffId", exists (select from staff_role join role using (role_id) join staff using (staff_id)
         where key = 'administrator' and disabled_at is null and last_sign_in_at is not null) as "hasSignedIn"
       from staff_role join role using (role_id) join staff using (staff_id)
      where key = 'administrator' and disabled_at is null order by staff_id limit 1`);
  return rows[0];
}
