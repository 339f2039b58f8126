import type { Actor } from '../../../../kernel/actor.ts';
import { dayIn } from '../../../../kernel/day.ts';
import { conflict, forbidden, notFound } from '../../../../kernel/problem.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import { readBrand } from '../../../../platform/settings.ts';
import { readDirectory, recordAudit } from '../../../access/public.ts';
import type { ReportingDoors } from '../content/report-data.ts';
import { demandSchedule } from '../schedules/keep-schedules.ts';
import { readersOf } from '../schedules/recipients.ts';
import { periodOf, takeUpMoments } from '../schedules/rhythm.ts';
import { readGroups, type ScheduleRow } from '../schedules/store.ts';
import { insertOccasion } from './occasions.ts';

/**
 * Takes up what is due: each moment becomes an occasion with a copy for everybody it goes to, or one that was missed. Two
 * workers take turns at the row of a schedule, and a moment stands once in the table, so that it is taken up once.
 */
export async function takeUpDue({ platform: { pg: pool, log } }: ReportingDoors, now: Date): Promise<void> {
  await inTransaction(pool, async (client) => {
    const { rows } = await client.query<Pick<ScheduleRow, 'scheduleId' | 'rhythm' | 'period' | 'recipients'> & { nextAt: Date }>(
      `select schedule_id as "scheduleId", rhythm, period, recipients, next_at as "nextAt" from report_schedule where next_at <= $1 order by next_at limit 50 for update skip locked`, [now]);
    if (rows.length === 0) return;
    const [{ timeZone }, groups, directory] = [await readBrand(client), await readGroups(client), await readDirectory(client)];
    for (const { scheduleId, rhythm, period, recipients, nextAt } of rows) {
      const due = takeUpMoments(rhythm, timeZone, nextAt, now);
      const readers = readersOf(recipients, groups, directory);
      for (const { dueAt, isMissed } of due.moments) {
        const state = isMissed || readers.length === 0 ? 'missed' : 'under_way';
        if (state === 'missed') log.error({ schedule: scheduleId, dueAt }, 'a report was missed');
        await insertOccasion(client, { scheduleId, dueAt, isTest: false, state, period: periodOf(period, dayIn(timeZone, dueAt)) }, readers, now);
      }
      await client.query('update report_schedule set next_at = $2 where schedule_id = $1', [scheduleId, due.nextAt]);
    }
  });
}

/** A copy for whoever asks, at once. */
export async function takeUpTest({ platform: { pg: pool, clock } }: ReportingDoors, scheduleId: number, actor: Actor): Promise<number> {
  const now = clock.now();
  return inTransaction(pool, async (client) => {
    const { period } = await demandSchedule(client, scheduleId);
    const self = actor.kind === 'staff' ? (await readDirectory(client)).find(({ staffId }) => staffId === actor.id) : undefined;
    if (!self) throw forbidden('insights.tests_go_to_accounts');
    const { timeZone } = await readBrand(client);
    const reader = { address: self.email, name: self.name, locale: actor.locale };
    const occasionId = await insertOccasion(client, { scheduleId, dueAt: now, isTest: true, state: 'under_way', period: periodOf(period, dayIn(timeZone, now)) }, [reader], now);
    await recordAudit(client, { actor, action: 'insights.test_schedule', subject: `report_schedule:${scheduleId}`, details: {} });
    return occasionId ?? 0;
  });
}

/**
 * Sends to those again whom a person says it should reach: whom it failed for, and whom it perhaps reached. A missed
 * occasion goes to everybody whom the report goes to now.
 */
export async function takeUpAgain({ platform: { pg: pool, clock } }: ReportingDoors, occasionId: number, actor: Actor): Promise<number> {
  const now = clock.now();
  return inTransaction(pool, async (client) => {
    const { rows: [occasion] } = await client.query<{ scheduleId: number; state: string }>('select schedule_id as "scheduleId", state from report_occasion where occasion_id = $1 for update', [occasionId]);
    if (!occasion) throw notFound('insights.occasion_not_found', { occasionId });
    if (occasion.state === 'missed') {
      const { recipients } = await demandSchedule(client, occasion.scheduleId);
      const readers = readersOf(recipients, await readGroups(client), await readDirectory(client));
      await client.query("insert into report_sending (occasion_id, address, name, locale, state, due_at) select $1, address, name, locale, 'failed', $5 from unnest($2::text[], $3::text[], $4::text[]) as reader (address, name, locale) on conflict do nothing",
        [occasionId, readers.map(({ address }) => address), readers.map(({ name }) => name), readers.map(({ locale }) => locale), now]);
    }
    const { rowCount } = await client.query("update report_sending set state = 'waiting', failures = 0, trouble = null, due_at = $2 where occasion_id = $1 and state in ('failed', 'maybe_sent')", [occasionId, now]);
    if (!rowCount) throw conflict('insights.nothing_to_send_again');
    await client.query("update report_occasion set state = 'under_way', ended_at = null, told_at = null where occasion_id = $1", [occasionId]);
    await recordAudit(client, { actor, action: 'insights.send_report_again', subject: `report_schedule:${occasion.scheduleId}`, details: { occasionId, sendings: rowCount } });
    return rowCount;
  });
}
