import type pg from 'pg';
import type { Actor } from '../../../../kernel/actor.ts';
import { conflict, notFound, Problem } from '../../../../kernel/problem.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import { readBrand } from '../../../../platform/settings.ts';
import { readDirectory, recordAudit } from '../../../access/public.ts';
import type { Recipient, ReportContent, ScheduleWanted } from '../../contract/reporting.ts';
import type { ReportingDoors } from '../content/report-data.ts';
import { demandSaved, ownerAsReader } from '../content/saved-report.ts';
import { outsiders, readersOf } from './recipients.ts';
import { nextDue } from './rhythm.ts';
import { findSchedule, type GroupRow, insertSchedule, readGroups, type ScheduleRow, schedulesOfGroup, setPaused, updateSchedule, writeGroup } from './store.ts';

const mostSchedules = 200;
const uniqueViolation = '23505';

const subjectOf = (scheduleId: number): string => `report_schedule:${scheduleId}`;

export async function demandSchedule(connection: pg.Pool | pg.PoolClient, scheduleId: number): Promise<ScheduleRow> {
  const found = await findSchedule(connection, scheduleId);
  if (!found) throw notFound('insights.schedule_not_found', { scheduleId });
  return found;
}

/** Runs what gives something a name; two people who give the same at once are told so. */
async function namedOnce<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if ((error as { code?: string }).code === uniqueViolation) throw new Problem('insights.name_taken', { status: 409, params: { name }, fields: [{ path: 'body.name', code: 'taken' }] });
    throw error;
  }
}

/** Refuses recipients that are nobody, and tells whom a report leaves the team for. */
async function checkRecipients(client: pg.PoolClient, recipients: readonly Recipient[]): Promise<{ readers: number; outside: string[] }> {
  const [groups, directory] = [await readGroups(client), await readDirectory(client)];
  const fields = recipients.flatMap((recipient, at) => {
    const isKnown = recipient.kind === 'address' || (recipient.kind === 'staff' ? directory.some(({ staffId }) => staffId === recipient.staffId) : groups.some(({ groupId }) => groupId === recipient.groupId));
    return isKnown ? [] : [{ path: `body.recipients.${at}`, code: 'not_found' }];
  });
  if (fields.length > 0) throw new Problem('insights.recipient_not_found', { fields });
  const readers = readersOf(recipients, groups, directory);
  return { readers: readers.length, outside: outsiders(readers, directory) };
}

const detailsOf = ({ name, period, rhythm }: ScheduleWanted, { readers, outside }: { readers: number; outside: string[] }) => ({ name, period, rhythm, readers, outside });

/**
 * Refuses saved reports that could not be sent, because whoever set the schedule up may not read them, and those that
 * somebody adds without being able to read them. Each is noted under the name it has now.
 */
async function checkContents(doors: ReportingDoors, contents: readonly ReportContent[], kept: readonly ReportContent[], ownerId: number | null, actor: Actor): Promise<ReportContent[]> {
  const saved = contents.filter((content) => content.kind === 'saved');
  const there = new Set(kept.flatMap((content) => (content.kind === 'saved' ? [content.reportId] : [])));
  await demandSaved(doors, saved.filter(({ reportId }) => !there.has(reportId)), actor);
  const names = new Map((await demandSaved(doors, saved, ownerAsReader(ownerId))).map(({ id, name }) => [id, name]));
  return contents.map((content) => (content.kind === 'saved' ? { ...content, name: names.get(content.reportId) ?? content.name } : content));
}

export async function addSchedule(doors: ReportingDoors, asked: ScheduleWanted, actor: Actor): Promise<number> {
  const { platform: { pg: pool, clock } } = doors;
  const now = clock.now();
  const ownerId = await ownerOf(pool, actor);
  const wanted = { ...asked, contents: await checkContents(doors, asked.contents, [], ownerId, actor) };
  return namedOnce(wanted.name, () => inTransaction(pool, async (client) => {
    const { rows: [{ count }] } = await client.query<{ count: number }>('select count(*)::int as count from report_schedule');
    if (count >= mostSchedules) throw conflict('insights.too_many_schedules', { most: mostSchedules });
    const checked = await checkRecipients(client, wanted.recipients);
    const { timeZone } = await readBrand(client);
    const scheduleId = await insertSchedule(client, wanted, { ownerId, name: actor.name, locale: actor.locale }, nextDue(wanted.rhythm, timeZone, now), now);
    await recordAudit(client, { actor, action: 'insights.add_schedule', subject: subjectOf(scheduleId), details: detailsOf(wanted, checked) });
    return scheduleId;
  }));
}

/** Whom to tell when a report fails: who set it up, where that is a person with an account. */
async function ownerOf(connection: pg.Pool, actor: Actor): Promise<number | null> {
  if (actor.kind !== 'staff') return null;
  return (await readDirectory(connection)).find(({ staffId }) => staffId === actor.id)?.staffId ?? null;
}

export async function editSchedule(doors: ReportingDoors, scheduleId: number, { version, ...asked }: ScheduleWanted & { version: number }, actor: Actor): Promise<void> {
  const { platform: { pg: pool, clock } } = doors;
  const { contents, ownerId } = await demandSchedule(pool, scheduleId);
  const wanted = { ...asked, contents: await checkContents(doors, asked.contents, contents, ownerId, actor) };
  await namedOnce(wanted.name, () => inTransaction(pool, async (client) => {
    const checked = await checkRecipients(client, wanted.recipients);
    const { timeZone } = await readBrand(client);
    if (!(await updateSchedule(client, scheduleId, version, wanted, nextDue(wanted.rhythm, timeZone, clock.now())))) throw conflict('insights.schedule_changed');
    await recordAudit(client, { actor, action: 'insights.change_schedule', subject: subjectOf(scheduleId), details: detailsOf(wanted, checked) });
  }));
}

/** A paused report is not sent and not missed; when it goes on, it goes on with the next time. */
export async function pauseSchedule({ platform: { pg: pool, clock } }: ReportingDoors, scheduleId: number, paused: boolean, actor: Actor): Promise<void> {
  await inTransaction(pool, async (client) => {
    const { name, rhythm } = await demandSchedule(client, scheduleId);
    const { timeZone } = await readBrand(client);
    await setPaused(client, scheduleId, paused ? null : nextDue(rhythm, timeZone, clock.now()));
    await recordAudit(client, { actor, action: paused ? 'insights.pause_schedule' : 'insights.resume_schedule', subject: subjectOf(scheduleId), details: { name } });
  });
}

export async function removeSchedule({ platform: { pg: pool } }: ReportingDoors, scheduleId: number, actor: Actor): Promise<void> {
  await inTransaction(pool, async (client) => {
    const { name } = await demandSchedule(client, scheduleId);
    await client.query('delete from report_schedule where schedule_id = $1', [scheduleId]);
    await recordAudit(client, { actor, action: 'insights.delete_schedule', subject: subjectOf(scheduleId), details: { name } });
  });
}

/** Makes a group of recipients, or changes one: every report that goes to it goes to its members of that moment. */
export async function keepGroup({ platform: { pg: pool } }: ReportingDoors, groupId: number | null, wanted: Omit<GroupRow, 'groupId'>, actor: Actor): Promise<number> {
  return namedOnce(wanted.name, () => inTransaction(pool, async (client) => {
    const checked = await checkRecipients(client, wanted.members);
    const kept = await writeGroup(client, groupId, wanted);
    if (kept === null) throw notFound('insights.group_not_found', { groupId });
    await recordAudit(client, { actor, action: groupId === null ? 'insights.add_report_group' : 'insights.change_report_group', subject: `report_group:${kept}`, details: { name: wanted.name, ...checked } });
    return kept;
  }));
}

export async function removeGroup({ platform: { pg: pool } }: ReportingDoors, groupId: number, actor: Actor): Promise<void> {
  await inTransaction(pool, async (client) => {
    const uses = await schedulesOfGroup(client, groupId);
    if (uses.length > 0) throw conflict('insights.group_in_use', { names: uses });
    const { rows } = await client.query<{ name: string }>('delete from report_group where group_id = $1 returning name', [groupId]);
    if (rows.length === 0) throw notFound('insights.group_not_found', { groupId });
    await recordAudit(client, { actor, action: 'insights.delete_report_group', subject: `report_group:${groupId}`, details: { name: rows[0].name } });
  });
}
