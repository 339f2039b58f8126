import type pg from 'pg';
import type { OccasionState, sendingStates } from '../../contract/reporting.ts';
import type { Period } from '../../question/period.ts';
import type { Reader } from '../schedules/recipients.ts';
import type { Connection } from '../schedules/store.ts';

/** What went wrong, as a Problem says it. */
export interface Trouble {
  code: string;
  params: Record<string, unknown>;
}

export interface SendingRow {
  sendingId: number;
  to: string;
  locale: Reader['locale'];
  state: (typeof sendingStates)[number];
  failures: number;
  trouble: Trouble | null;
  sentAt: string | null;
  nextAt: string | null;
}

export interface OccasionRow {
  occasionId: number;
  isTest: boolean;
  dueAt: Date;
  takenUpAt: Date;
  endedAt: Date | null;
  state: OccasionState;
  from: string;
  to: string;
  sendings: SendingRow[];
}

interface NewOccasion {
  scheduleId: number;
  dueAt: Date;
  isTest: boolean;
  state: 'under_way' | 'missed';
  period: Period;
}

/** Takes up a moment of a schedule with everybody it goes to. Null where somebody has taken it up already. */
export async function insertOccasion(client: pg.PoolClient, { scheduleId, dueAt, isTest, state, period }: NewOccasion, readers: readonly Reader[], now: Date): Promise<number | null> {
  const { rows } = await client.query<{ occasionId: number }>(
    `insert into report_occasion (schedule_id, due_at, is_test, state, period_from, period_to, taken_up_at, ended_at) values ($1, $2, $3, $4, $5, $6, $7::timestamptz, case $4 when 'missed' then $7::timestamptz end)
      on conflict (schedule_id, due_at) where not is_test do nothing returning occasion_id::int as "occasionId"`, [scheduleId, dueAt, isTest, state, period.from, period.to, now]);
  const occasionId = rows.at(0)?.occasionId;
  if (occasionId === undefined) return null;
  if (state === 'under_way') {
    await client.query(
      `insert into report_sending (occasion_id, address, name, locale, state, due_at) select $1, address, name, locale, 'waiting', $5 from unnest($2::text[], $3::text[], $4::text[]) as reader (address, name, locale)`,
      [occasionId, readers.map(({ address }) => address), readers.map(({ name }) => name), readers.map(({ locale }) => locale), now]);
  }
  return occasionId;
}

/** Somebody's copy, held by this worker. */
export interface HeldSending {
  sendingId: number;
  occasionId: number;
  scheduleId: number;
  isTest: boolean;
  address: string;
  locale: Reader['locale'];
  failures: number;
  attempt: number;
  from: string;
  to: string;
}

/** A worker that says nothing for so long has died: longer than a report is computed and a server is waited for. */
const holdSeconds = 300;

/** Takes the copy that has waited longest; nobody else has it then. Null when nothing is due. */
export async function holdSending(pool: pg.Pool, now: Date): Promise<HeldSending | null> {
  const { rows } = await pool.query<HeldSending>(
    `with next as (select sending_id from report_sending where state = 'waiting' and due_at <= $1 order by due_at, sending_id limit 1 for update skip locked)
      update report_sending s set state = 'sending', attempt = attempt + 1, held_until = $1::timestamptz + $2 * interval '1 second' from next, report_occasion o
      where s.sending_id = next.sending_id and o.occasion_id = s.occasion_id
      returning s.sending_id::int as "sendingId", o.occasion_id::int as "occasionId", o.schedule_id as "scheduleId", o.is_test as "isTest", s.address, s.locale, s.failures, s.attempt, o.period_from::text as "from", o.period_to::text as "to"`,
    [now, holdSeconds]);
  return rows.at(0) ?? null;
}

/** Notes that the content leaves now. Throws where the copy is not this worker's any more: then nothing may leave. */
export async function noteHandingOver(pool: pg.Pool, { sendingId, attempt }: HeldSending): Promise<void> {
  const { rowCount } = await pool.query("update report_sending set state = 'handing_over' where sending_id = $1 and attempt = $2 and state = 'sending'", [sendingId, attempt]);
  if (rowCount !== 1) throw new Error(`the copy ${sendingId} is not held any more`);
}

/** How sending a copy ended, or when it is tried again. */
export async function noteOutcome(pool: pg.Pool, { sendingId, attempt }: HeldSending, outcome: { state: 'sent' | 'maybe_sent' | 'failed' } | { state: 'waiting'; dueAt: Date }, trouble: Trouble | null, now: Date): Promise<void> {
  await pool.query(
    `update report_sending set state = $2, trouble = $3, held_until = null, failures = failures + case when $2 = 'sent' then 0 else 1 end,
        sent_at = case when $2 = 'sent' then $4::timestamptz end, due_at = coalesce($5, due_at)
      where sending_id = $1 and attempt = $6 and state in ('sending', 'handing_over')`,
    [sendingId, outcome.state, trouble && JSON.stringify(trouble), now, 'dueAt' in outcome ? outcome.dueAt : null, attempt]);
}

/**
 * Copies whose worker died. One whose content had not left waits again; of one that was being handed over nobody can say
 * whether it arrived: it counts as perhaps sent, and is not sent again by itself.
 */
export async function takeBackFromTheDead(pool: pg.Pool, now: Date): Promise<void> {
  await pool.query(
    `update report_sending set state = case state when 'sending' then 'waiting' else 'maybe_sent' end, held_until = null,
        trouble = case state when 'sending' then trouble else '{"code": "insights.report_interrupted", "params": {}}'::jsonb end
      where state in ('sending', 'handing_over') and held_until < $1`, [now]);
}

/** Occasions of which every copy has ended: the worst of them is how the occasion ended. */
export async function endOccasions(pool: pg.Pool, now: Date): Promise<void> {
  await pool.query(
    `update report_occasion o set ended_at = $1, state = coalesce(
        (select state from report_sending s where s.occasion_id = o.occasion_id and s.state in ('failed', 'maybe_sent') order by state limit 1), 'sent')
      where state = 'under_way' and not exists (select from report_sending s where s.occasion_id = o.occasion_id and s.state in ('waiting', 'sending', 'handing_over'))`, [now]);
}

/** The history of a schedule, the newest first. */
export async function readOccasions(connection: Connection, scheduleId: number, limit: number, offset: number): Promise<{ rows: OccasionRow[]; total: number }> {
  const { rows } = await connection.query<OccasionRow>(
    `select occasion_id::int as "occasionId", is_test as "isTest", due_at as "dueAt", taken_up_at as "takenUpAt", ended_at as "endedAt", state, period_from::text as "from", period_to::text as "to",
        (select coalesce(jsonb_agg(jsonb_build_object('sendingId', sending_id, 'to', name, 'locale', locale, 'state', state, 'failures', failures, 'trouble', trouble, 'sentAt', sent_at,
          'nextAt', case when state = 'waiting' then due_at end) order by sending_id), '[]') from report_sending s where s.occasion_id = o.occasion_id) as sendings
      from report_occasion o where schedule_id = $1 order by occasion_id desc limit $2 offset $3`, [scheduleId, limit, offset]);
  const { rows: [{ total }] } = await connection.query<{ total: number }>('select count(*)::int as total from report_occasion where schedule_id = $1', [scheduleId]);
  return { rows, total };
}

const keptDays = 400;

/** What was sent more than a year ago is forgotten. */
export async function dropOldOccasions(connection: Connection, now: Date): Promise<void> {
  await connection.query("delete from report_occasion where ended_at < $1::timestamptz - $2 * interval '1 day'", [now, keptDays]);
}
