import type pg from 'pg';
import { type Actor, may } from '../../../kernel/actor.ts';
import type { Day } from '../../../kernel/day.ts';
import type { Doer, ReviewScore } from '../contract.ts';

/**
 * Frozen scores of people who worked for a project, of periods that its days are part of. Everybody's for who may see people, else one's own.
 * They are read, never kept with the figures of a closing: those are for all.
 */
export async function scoresOf(pool: pg.Pool, planNo: number, people: readonly (Doer | null)[], { from, until }: { from: Day; until: Day }, actor: Actor): Promise<ReviewScore[]> {
  const known = people.filter((one) => one !== null);
  const { rows } = await pool.query<Omit<ReviewScore, 'frozenAt'> & { frozenAt: Date }>(
    `select card_no as "cardNo", period, from_day::text as from, until_day::text as until, person_name as name, position_name as position, trim_scale(total)::text as total, f.at as "frozenAt", f.by_name as "frozenBy"
      from kpi_card c join kpi_freeze f using (card_no)
      where plan_no = $1 and reopened_at is null and from_day <= $3 and until_day >= $2 and (staff_id = any($4::int[]) or (staff_id is null and person_name = any($5::text[]))) and ($6 or staff_id = $7)
      order by until_day desc, person_name, from_day limit 500`,
    [planNo, from, until, known.flatMap(({ staffId }) => staffId ?? []), known.flatMap(({ staffId, name }) => (staffId === null ? [name] : [])), may(actor, 'planning.people'), actor.kind === 'staff' ? actor.id : 0]);
  return rows.map(({ frozenAt, ...row }) => ({ ...row, frozenAt: frozenAt.toISOString() }));
}
