import type pg from 'pg';
import type { GroupMember, OccasionState, Recipient, ScheduleWanted } from '../../contract/reporting.ts';

export type Connection = pg.Pool | pg.PoolClient;

/** A schedule as it is stored. */
export interface ScheduleRow extends ScheduleWanted {
  scheduleId: number;
  state: 'active' | 'paused';
  version: number;
  ownerId: number | null;
  createdBy: string;
  nextAt: Date | null;
  last: { state: OccasionState; dueAt: string } | null;
}

export interface GroupRow {
  groupId: number;
  name: string;
  members: GroupMember[];
}

const columns = `schedule_id as "scheduleId", name, contents, period, compare, rhythm, recipients, state, version, owner_id as "ownerId", created_by as "createdBy", next_at as "nextAt",
  (select jsonb_build_object('state', state, 'dueAt', due_at) from report_occasion o where o.schedule_id = s.schedule_id and not is_test order by due_at desc limit 1) as last`;

/** Schedules by name; with `scheduleId` only that one. */
export async function readSchedules(connection: Connection, asked: { q?: string; scheduleId?: number; limit: number; offset: number }): Promise<{ rows: ScheduleRow[]; total: number }> {
  const where = `($1 = '' or position(lower($1) in lower(name)) > 0) and ($2::int is null or schedule_id = $2)`;
  const filters = [asked.q ?? '', asked.scheduleId ?? null];
  const [{ rows }, { rows: [{ total }] }] = await Promise.all([
    connection.query<ScheduleRow>(`select ${columns} from report_schedule s where ${where} order by lower(name), schedule_id limit $3 offset $4`, [...filters, asked.limit, asked.offset]),
    connection.query<{ total: number }>(`select count(*)::int as total from report_schedule where ${where}`, filters),
  ]);
  return { rows, total };
}

export async function findSchedule(connection: Connection, scheduleId: number): Promise<ScheduleRow | undefined> {
  return (await readSchedules(connection, { scheduleId, limit: 1, offset: 0 })).rows.at(0);
}

const valuesOf = (wanted: ScheduleWanted, nextAt: Date | null) =>
  [wanted.name, JSON.stringify(wanted.contents), wanted.period, wanted.compare, JSON.stringify(wanted.rhythm), JSON.stringify(wanted.recipients), nextAt];

/** A name that is taken violates `report_schedule_name`. */
export async function insertSchedule(client: pg.PoolClient, wanted: ScheduleWanted, by: { ownerId: number | null; name: string; locale: string }, nextAt: Date, now: Date): Promise<number> {
  const { rows: [{ scheduleId }] } = await client.query<{ scheduleId: number }>(
    `insert into report_schedule (name, contents, period, compare, rhythm, recipients, next_at, state, owner_id, created_by, owner_locale, created_at)
      values ($1, $2, $3, $4, $5, $6, $7, 'active', $8, $9, $10, $11) returning schedule_id as "scheduleId"`, [...valuesOf(wanted, nextAt), by.ownerId, by.name, by.locale, now]);
  return scheduleId;
}

/** False where somebody changed it since. A paused one stays paused. */
export async function updateSchedule(client: pg.PoolClient, scheduleId: number, version: number, wanted: ScheduleWanted, nextAt: Date): Promise<boolean> {
  const { rowCount } = await client.query(
    `update report_schedule set name = $1, contents = $2, period = $3, compare = $4, rhythm = $5, recipients = $6, next_at = case state when 'active' then $7::timestamptz end, version = version + 1
      where schedule_id = $8 and version = $9`, [...valuesOf(wanted, nextAt), scheduleId, version]);
  return rowCount === 1;
}

export async function setPaused(client: pg.PoolClient, scheduleId: number, nextAt: Date | null): Promise<void> {
  await client.query("update report_schedule set state = case when $2::timestamptz is null then 'paused' else 'active' end, next_at = $2 where schedule_id = $1", [scheduleId, nextAt]);
}

export async function readGroups(connection: Connection): Promise<GroupRow[]> {
  const { rows } = await connection.query<GroupRow>('select group_id as "groupId", name, members from report_group order by lower(name)');
  return rows;
}

/** Makes a group, or changes the one given; null where that one is gone. */
export async function writeGroup(client: pg.PoolClient, groupId: number | null, { name, members }: Omit<GroupRow, 'groupId'>): Promise<number | null> {
  const values = [name, JSON.stringify(members)];
  const { rows } = groupId === null
    ? await client.query<{ groupId: number }>('insert into report_group (name, members) values ($1, $2) returning group_id as "groupId"', values)
    : await client.query<{ groupId: number }>('update report_group set name = $1, members = $2 where group_id = $3 returning group_id as "groupId"', [...values, groupId]);
  return rows.at(0)?.groupId ?? null;
}

/** Names of schedules that go to a group. */
export async function schedulesOfGroup(connection: Connection, groupId: number): Promise<string[]> {
  const wanted: Recipient = { kind: 'group', groupId };
  const { rows } = await connection.query<{ name: string }>('select name from report_schedule where recipients @> $1 order by lower(name)', [JSON.stringify([wanted])]);
  return rows.map(({ name }) => name);
}
