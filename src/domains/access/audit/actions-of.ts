import type pg from 'pg';

/** Actions of somebody within a time; `until` does not belong to it. */
export interface ActionsAsked {
  staffId: number;
  actions: readonly string[];
  from: Date;
  until: Date;
}

export interface ActionsFound {
  count: number;
  /** The first of them. */
  rows: { seq: number; at: Date }[];
}

/** How often people did things, by the audit log, with the first rows of each; in the order asked, by one question. */
export async function actionsOf(connection: pg.Pool | pg.PoolClient, asked: readonly ActionsAsked[], mostRows: number): Promise<ActionsFound[]> {
  if (asked.length === 0) return [];
  const { rows } = await connection.query<{ count: number; rows: { seq: number; at: string }[] }>(
    `select count(l.seq)::int as count, coalesce((array_agg(jsonb_build_object('seq', l.seq, 'at', l.at) order by l.seq) filter (where l.seq is not null))[1:$5], '{}') as rows
      from jsonb_to_recordset($1::jsonb) as a (place int, actions text[], staff_id int)
      join unnest($2::int[], $3::timestamptz[], $4::timestamptz[]) as t (place, from_at, until_at) using (place)
      left join audit_log l on l.actor_kind = 'staff' and l.actor_id = a.staff_id and l.at >= t.from_at and l.at < t.until_at and l.action = any(a.actions)
      group by a.place order by a.place`,
    [JSON.stringify(asked.map(({ staffId, actions }, place) => ({ place, staff_id: staffId, actions }))), asked.map((_each, place) => place), asked.map(({ from }) => from), asked.map(({ until }) => until), mostRows]);
  return rows.map(({ count, rows: found }) => ({ count, rows: found.map(({ seq, at }) => ({ seq, at: new Date(at) })) }));
}
