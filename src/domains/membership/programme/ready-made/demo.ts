import type pg from 'pg';
import { dayIn, startOfDay } from '../../../../kernel/day.ts';
import { systemActor } from '../../../../kernel/actor.ts';
import { readBrand } from '../../../../platform/settings.ts';
import { recordAudit } from '../../../access/public.ts';
import { demoProgramme } from './ready-made.ts';

/** The demonstration brand has had its programme since its first customers, so that all its orders earned. */
export async function addDemoProgramme(client: pg.PoolClient, { startMs }: { startMs: number }): Promise<void> {
  const { timeZone } = await readBrand(client);
  const startsAt = startOfDay(dayIn(timeZone, new Date(startMs)), timeZone);
  const { rows: [{ versionNo }] } = await client.query<{ versionNo: number }>(
    `insert into programme_version (definition, state, starts_at, edited_by, edited_at, published_by, published_at)
      values ($1, 'published', $2, $3, $2, $3, $2) returning version_no as "versionNo"`, [demoProgramme(), startsAt, systemActor.name]);
  await recordAudit(client, { actor: systemActor, action: 'membership.publish_programme', subject: `programme_version:${versionNo}`, details: { startsAt: startsAt.toISOString() } });
}
