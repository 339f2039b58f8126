import type pg from 'pg';
import type { Actor } from '../../../kernel/actor.ts';
import { type Day, startOfDay } from '../../../kernel/day.ts';
import { conflict, notFound, type Problem } from '../../../kernel/problem.ts';
import type { Platform } from '../../../platform/platform.ts';
import { inTransaction } from '../../../platform/postgres/pool.ts';
import { readBrand } from '../../../platform/settings.ts';
import { recordAudit } from '../../access/public.ts';
import type { ShownPause } from '../contract/programme-design.ts';
import { lockProgramme } from './versions/store.ts';

export interface PauseRow {
  pauseNo: number;
  from: Date;
  until: Date | null;
  reason: string;
  pausedBy: string;
  resumedBy: string | null;
}

const columns = 'pause_no as "pauseNo", paused_at as "from", resumed_at as "until", reason, paused_by as "pausedBy", resumed_by as "resumedBy"';

/** Pauses, the latest first. */
export async function readPauses(connection: pg.Pool | pg.PoolClient): Promise<PauseRow[]> {
  const { rows } = await connection.query<PauseRow>(`select ${columns} from programme_pause order by paused_at desc`);
  return rows;
}

export const shownPause = ({ from, until, ...row }: PauseRow, now: Date): ShownPause => ({
  ...row, from: from.toISOString(), until: until?.toISOString() ?? null, phase: from > now ? 'coming' : until && until <= now ? 'over' : 'now',
});

/** Why the programme cannot stand still from then until then: what happened already stays, and pauses do not overlap. */
export function refusalOfPause({ from, until }: { from: Date; until: Date | null }, pauses: readonly Pick<PauseRow, 'from' | 'until'>[], now: Date): Problem | null {
  if (from < now) return conflict('membership.pause_in_past');
  if (until && until <= from) return conflict('membership.pause_ends_first');
  const overlaps = pauses.some((other) => (until === null || other.from < until) && (other.until === null || other.until > from));
  return overlaps ? conflict('membership.pause_overlaps') : null;
}

/** Stops the programme: from the first moment of a day, or from now on. */
export async function pause({ pg, clock }: Platform, { fromDay, untilDay, reason }: { fromDay: Day | null; untilDay: Day | null; reason: string }, actor: Actor): Promise<ShownPause> {
  const now = clock.now();
  return inTransaction(pg, async (client) => {
    await lockProgramme(client);
    const { timeZone } = await readBrand(client);
    const wanted = { from: fromDay === null ? now : startOfDay(fromDay, timeZone), until: untilDay === null ? null : startOfDay(untilDay, timeZone) };
    const refusal = refusalOfPause(wanted, await readPauses(client), now);
    if (refusal) throw refusal;
    const { rows: [row] } = await client.query<PauseRow>(
      `insert into programme_pause (paused_at, resumed_at, reason, paused_by) values ($1, $2, $3, $4) returning ${columns}`, [wanted.from, wanted.until, reason, actor.name]);
    await recordAudit(client, { actor, action: 'membership.pause_programme', subject: `programme_pause:${row.pauseNo}`, details: { from: wanted.from, until: wanted.until, reason } });
    return shownPause(row, now);
  });
}

/** Goes on at once; a pause that has not begun is called off. */
export async function endPause({ pg, clock }: Platform, pauseNo: number, actor: Actor): Promise<void> {
  const now = clock.now();
  await inTransaction(pg, async (client) => {
    await lockProgramme(client);
    const row = (await readPauses(client)).find((each) => each.pauseNo === pauseNo);
    if (!row) throw notFound('membership.pause_not_found', { pauseNo });
    if (row.until && row.until <= now) throw conflict('membership.pause_is_over');
    if (row.from >= now) await client.query('delete from programme_pause where pause_no = $1', [pauseNo]);
    else await client.query('update programme_pause set resumed_at = $2, resumed_by = $3 where pause_no = $1', [pauseNo, now, actor.name]);
    await recordAudit(client, { actor, action: 'membership.resume_programme', subject: `programme_pause:${pauseNo}`, details: { hadBegun: row.from < now } });
  });
}
