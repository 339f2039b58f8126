import type pg from 'pg';
import type { Day } from '../../../../kernel/day.ts';

/** A participation as it is kept. */
export interface ParticipationRow {
  participationNo: number;
  activityNo: number;
  customerNo: number;
  inputHash: Buffer;
  state: 'begun' | 'decided' | 'done';
  day: Day;
  promised: number;
  cost: number;
  points: number;
  growth: number;
  prizeKey: string | null;
  streak: number | null;
  orderNo: number | null;
  occurredAt: Date;
  derivation: Record<string, unknown>;
  attempt: number;
}

export const participationColumns = `participation_no as "participationNo", activity_no as "activityNo", customer_no as "customerNo", input_hash as "inputHash", state, day::text as day, promised, cost, points, growth,
  prize_key as "prizeKey", streak, order_no as "orderNo", occurred_at as "occurredAt", derivation, attempt`;
type Connection = pg.Pool | pg.PoolClient;

export async function findParticipation(connection: Connection, by: { participationNo: number } | { key: string }): Promise<ParticipationRow | undefined> {
  const [where, value] = 'key' in by ? ['command_key = $1', by.key] : ['participation_no = $1', by.participationNo];
  const { rows } = await connection.query<ParticipationRow>(`select ${participationColumns} from activity_participation where ${where}`, [value]);
  return rows[0];
}

/** What somebody has done in some activities: how often today and ever, and their last sign-in. */
export interface Done {
  today: number;
  total: number;
  last: { day: Day; streak: number } | null;
}

export async function doneBy(connection: Connection, activityNos: readonly number[], lineage: readonly number[], today: Day): Promise<Map<number, Done>> {
  const { rows } = await connection.query<Omit<Done, 'last'> & { activityNo: number; lastDay: Day; lastStreak: number | null }>({
    name: 'activities.done-by',
    text: `select activity_no as "activityNo", count(*) filter (where day = $3) as today, count(*) as total, max(day)::text as "lastDay",
        (array_agg(streak order by day desc, streak desc nulls last))[1] as "lastStreak"
      from activity_participation where activity_no = any($1::int[]) and customer_no = any($2::int[]) group by activity_no`,
    values: [activityNos, lineage, today],
  });
  return new Map(rows.map(({ activityNo, lastDay, lastStreak, ...counts }) => [activityNo, { ...counts, last: lastStreak === null ? null : { day: lastDay, streak: lastStreak } }]));
}

/** Puts points of a budget aside; false where there are too few left. */
export async function promisePoints(client: pg.PoolClient, activityNo: number, points: number): Promise<boolean> {
  const { rowCount } = await client.query({
    name: 'activities.promise', text: 'update activity set promised = promised + $2 where activity_no = $1 and promised + $2 <= budget', values: [activityNo, points],
  });
  return rowCount === 1;
}

export const returnPromise = (client: pg.PoolClient, activityNo: number, points: number) =>
  client.query('update activity set promised = promised - $2 where activity_no = $1 and budget is not null', [activityNo, points]);

/** Takes one of what there is so many of; false where none is left. */
export async function takePrize(client: pg.PoolClient, activityNo: number, prizeKey: string): Promise<boolean> {
  const { rowCount } = await client.query({
    name: 'activities.take-prize', text: 'update activity_prize set given = given + 1 where activity_no = $1 and prize_key = $2 and (stock is null or given < stock)', values: [activityNo, prizeKey],
  });
  return rowCount === 1;
}

export const returnPrize = (client: pg.PoolClient, activityNo: number, prizeKey: string) =>
  client.query('update activity_prize set given = given - 1 where activity_no = $1 and prize_key = $2', [activityNo, prizeKey]);

export type NewParticipation = Omit<ParticipationRow, 'participationNo' | 'orderNo' | 'attempt' | 'prizeKey'> & { key: string };

export async function insertParticipation(client: pg.PoolClient, made: NewParticipation): Promise<ParticipationRow> {
  const { rows } = await client.query<ParticipationRow>({
    name: 'activities.begin',
    text: `insert into activity_participation (activity_no, customer_no, command_key, input_hash, state, day, promised, cost, points, growth, streak, occurred_at, derivation, taken_at)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $12) returning ${participationColumns}`,
    values: [made.activityNo, made.customerNo, made.key, made.inputHash, made.state, made.day, made.promised, made.cost, made.points, made.growth, made.streak, made.occurredAt, made.derivation],
  });
  return rows[0];
}

export type Decided = Partial<Pick<ParticipationRow, 'promised' | 'points' | 'growth' | 'prizeKey' | 'orderNo' | 'derivation'>>;

/** Moves it on; undefined where it is not what it was any more, or somebody else works on it. */
export async function moveParticipation(connection: Connection, { participationNo, state, attempt }: ParticipationRow, to: ParticipationRow['state'], decided: Decided = {}): Promise<ParticipationRow | undefined> {
  const { rows } = await connection.query<ParticipationRow>({
    name: 'activities.move',
    text: `update activity_participation set state = $4, promised = coalesce($5, promised), points = coalesce($6, points), growth = coalesce($7, growth), prize_key = coalesce($8, prize_key),
        order_no = coalesce($9, order_no), derivation = coalesce($10, derivation)
      where participation_no = $1 and state = $2 and attempt = $3 returning ${participationColumns}`,
    values: [participationNo, state, attempt, to, decided.promised ?? null, decided.points ?? null, decided.growth ?? null, decided.prizeKey ?? null, decided.orderNo ?? null, decided.derivation ?? null],
  });
  return rows[0];
}

/** Removes one that came to nothing; false where somebody else works on it. */
export async function removeParticipation(client: pg.PoolClient, { participationNo, attempt }: ParticipationRow): Promise<boolean> {
  const { rowCount } = await client.query("delete from activity_participation where participation_no = $1 and state <> 'done' and attempt = $2", [participationNo, attempt]);
  return rowCount === 1;
}

/** Takes over those on which nobody works any more. */
export async function takeOverParticipations(pool: pg.Pool, now: Date, staleBefore: Date, limit: number): Promise<ParticipationRow[]> {
  const { rows } = await pool.query<ParticipationRow>(
    `update activity_participation set attempt = attempt + 1, taken_at = $1 where participation_no in (
        select participation_no from activity_participation where state <> 'done' and taken_at < $2 order by taken_at limit $3 for update skip locked
      ) returning ${participationColumns}`, [now, staleBefore, limit]);
  return rows;
}

/** How many of somebody's last draws came to the fallback, one after the other. */
export async function fallbacksInARow(client: pg.PoolClient, activityNo: number, lineage: readonly number[], fallback: string, most: number): Promise<number> {
  const { rows } = await client.query<{ prizeKey: string }>(
    `select prize_key as "prizeKey" from activity_participation where activity_no = $1 and customer_no = any($2::int[]) and prize_key is not null order by participation_no desc limit $3`, [activityNo, lineage, most]);
  const other = rows.findIndex(({ prizeKey }) => prizeKey !== fallback);
  return other < 0 ? rows.length : other;
}
