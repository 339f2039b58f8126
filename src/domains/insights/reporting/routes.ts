import type { Locale } from '../../../kernel/locale.ts';
import { dayIn } from '../../../kernel/day.ts';
import { notFound } from '../../../kernel/problem.ts';
import { route, type Route } from '../../../platform/http/route.ts';
import { readMailServer } from '../../../platform/mail/mail-server.ts';
import { readBrand } from '../../../platform/settings.ts';
import { type DirectoryEntry, readDirectory } from '../../access/public.ts';
import {
  changeGroup, changeSchedule, createGroup, createSchedule, deleteGroup, deleteSchedule, listOccasions, listRecipients, listReportTroubles, listSchedules, pauseSchedule as pauseEndpoint,
  previewReport, readSchedule, sendAgain, type ShownGroup, type ShownOccasion, type ShownSchedule, testSchedule,
} from '../contract/reporting.ts';
import { prepareReport } from './content/write-report.ts';
import { addSchedule, demandSchedule, editSchedule, keepGroup, pauseSchedule, removeGroup, removeSchedule } from './schedules/keep-schedules.ts';
import { recipientNames } from './schedules/recipients.ts';
import { periodOf } from './schedules/rhythm.ts';
import { type GroupRow, readGroups, readSchedules, type ScheduleRow } from './schedules/store.ts';
import { type OccasionRow, readOccasions, type Trouble } from './sending/occasions.ts';
import type { SendingDoors } from './sending/send.ts';
import { takeUpAgain, takeUpTest } from './sending/take-up.ts';

const sliceOf = ({ page, pageSize }: { page: number; pageSize: number }) => ({ limit: pageSize, offset: (page - 1) * pageSize });
/** Taken up so long after it was due, a report is late: workers look every minute. */
const lateMs = 5 * 60_000;

/** Endpoints of reports that send themselves. `hurry` has what is due sent at once. */
export function reportingRoutes(doors: SendingDoors, hurry: () => Promise<void>): Route[] {
  const { platform: { pg: pool, clock }, say } = doors;
  const computedAt = (): string => clock.now().toISOString();
  const shown = ({ ownerId: _owner, nextAt, last, ...row }: ScheduleRow, groups: GroupRow[], directory: DirectoryEntry[]): ShownSchedule =>
    ({ ...row, nextAt: nextAt?.toISOString() ?? null, last: last && { state: last.state, dueAt: new Date(last.dueAt).toISOString() }, recipientNames: recipientNames(row.recipients, groups, directory) });
  const people = async (): Promise<[GroupRow[], DirectoryEntry[]]> => Promise.all([readGroups(pool), readDirectory(pool)]);
  const oneSchedule = async (scheduleId: number): Promise<ShownSchedule> => shown(await demandSchedule(pool, scheduleId), ...(await people()));
  const shownGroup = (group: GroupRow, directory: DirectoryEntry[]): ShownGroup => ({ ...group, memberNames: recipientNames(group.members, [], directory) });
  const oneGroup = async (groupId: number): Promise<ShownGroup> => {
    const [groups, directory] = await people();
    const group = groups.find((each) => each.groupId === groupId);
    if (!group) throw notFound('insights.group_not_found', { groupId });
    return shownGroup(group, directory);
  };
  const told = (trouble: Trouble | null, locale: Locale): string | null => {
    if (!trouble) return null;
    const [namespace, ...key] = trouble.code.split('.');
    return say(locale, namespace, `problem.${key.join('.')}`, trouble.params);
  };
  const shownOccasion = ({ dueAt, takenUpAt, endedAt, sendings, ...row }: OccasionRow, locale: Locale): ShownOccasion => ({
    ...row, dueAt: dueAt.toISOString(), endedAt: endedAt?.toISOString() ?? null, isLate: takenUpAt.getTime() - dueAt.getTime() > lateMs,
    sendings: sendings.map((each) => ({ ...each, trouble: told(each.trouble, locale), sentAt: each.sentAt && new Date(each.sentAt).toISOString(), nextAt: each.nextAt && new Date(each.nextAt).toISOString() })),
  });
  return [
    route(listSchedules, async ({ query }) => {
      const [{ rows, total }, [groups, directory]] = await Promise.all([readSchedules(pool, { q: query.q, ...sliceOf(query) }), people()]);
      return { rows: rows.map((row) => shown(row, groups, directory)), total, computedAt: computedAt() };
    }),
    route(readSchedule, async ({ params }) => oneSchedule(params.scheduleId)),
    route(createSchedule, async ({ body, actor }) => oneSchedule(await addSchedule(doors, body, actor))),
    route(changeSchedule, async ({ params, body, actor }) => {
      await editSchedule(doors, params.scheduleId, body, actor);
      return oneSchedule(params.scheduleId);
    }),
    route(pauseEndpoint, async ({ params, body, actor }) => {
      await pauseSchedule(doors, params.scheduleId, body.paused, actor);
      return oneSchedule(params.scheduleId);
    }),
    route(deleteSchedule, async ({ params, actor }) => {
      await removeSchedule(doors, params.scheduleId, actor);
      return {};
    }),
    route(testSchedule, async ({ params, actor }) => {
      const occasionId = await takeUpTest(doors, params.scheduleId, actor);
      await hurry();
      return { occasionId };
    }),
    route(listOccasions, async ({ params, query, actor }) => {
      await demandSchedule(pool, params.scheduleId);
      const { limit, offset } = sliceOf(query);
      const { rows, total } = await readOccasions(pool, params.scheduleId, limit, offset);
      return { rows: rows.map((row) => shownOccasion(row, actor.locale)), total, computedAt: computedAt() };
    }),
    route(sendAgain, async ({ params, actor }) => {
      const sendings = await takeUpAgain(doors, params.occasionId, actor);
      await hurry();
      return { sendings };
    }),
    route(previewReport, async ({ body }) => {
      const { timeZone } = await readBrand(pool);
      const period = periodOf(body.period, dayIn(timeZone, clock.now()));
      const report = await prepareReport(doors, body, period, await doors.mailer.siteAddress());
      const { pictures, subject, html, text } = report.mail(body.locale);
      // A browser has no attachments to show: pictures stand in the page itself.
      const whole = pictures.reduce((page, { cid, content }) => page.replaceAll(`cid:${cid}"`, `data:image/png;base64,${content.toString('base64')}"`), html);
      return { subject, html: whole, text, ...period, computedAt: report.computedAt };
    }),
    route(listRecipients, async () => {
      const [[groups, directory], server] = await Promise.all([people(), readMailServer(pool)]);
      return { staff: directory.map(({ staffId, name }) => ({ staffId, name })), groups: groups.map((group) => shownGroup(group, directory)), isMailSetUp: server !== null };
    }),
    route(createGroup, async ({ body, actor }) => oneGroup(await keepGroup(doors, null, body, actor))),
    route(changeGroup, async ({ params, body, actor }) => oneGroup(await keepGroup(doors, params.groupId, body, actor))),
    route(deleteGroup, async ({ params, actor }) => {
      await removeGroup(doors, params.groupId, actor);
      return {};
    }),
    route(listReportTroubles, async () => {
      const { rows } = await pool.query<{ scheduleId: number; name: string; state: 'failed' | 'missed' | 'maybe_sent'; dueAt: Date }>(
        `select schedule_id as "scheduleId", name, o.state, due_at as "dueAt" from report_occasion o join report_schedule using (schedule_id)
          where o.state in ('failed', 'missed', 'maybe_sent') and not is_test and due_at > $1::timestamptz - interval '7 days' order by due_at desc limit 20`, [clock.now()]);
      return { troubles: rows.map((row) => ({ ...row, dueAt: row.dueAt.toISOString() })) };
    }),
  ];
}

