import { notFound } from '../../../../kernel/problem.ts';
import { route, type Route } from '../../../../platform/http/route.ts';
import { readMailServer } from '../../../../platform/mail/mail-server.ts';
import { type DirectoryEntry, readDirectory } from '../../../access/public.ts';
import {
  changeGroup, changeSchedule, createGroup, createSchedule, deleteGroup, deleteSchedule, listRecipients, listSchedules, pauseSchedule as pauseEndpoint, readSchedule, type ShownGroup, type ShownSchedule,
} from '../../contract/reporting.ts';
import type { ReportingDoors } from '../content/report-data.ts';
import { addSchedule, demandSchedule, editSchedule, keepGroup, pauseSchedule, removeGroup, removeSchedule } from './keep-schedules.ts';
import { recipientNames } from './recipients.ts';
import { type GroupRow, readGroups, readSchedules, type ScheduleRow } from './store.ts';

const shown = ({ ownerId: _owner, nextAt, last, ...row }: ScheduleRow, groups: GroupRow[], directory: DirectoryEntry[]): ShownSchedule => ({
  ...row,
  nextAt: nextAt?.toISOString() ?? null,
  last: last && { state: last.state, dueAt: new Date(last.dueAt).toISOString() },
  recipientNames: recipientNames(row.recipients, groups, directory),
});

const shownGroup = (group: GroupRow, directory: DirectoryEntry[]): ShownGroup => ({ ...group, memberNames: recipientNames(group.members, [], directory) });

/** Endpoints of what is sent, when, and to whom. */
export function scheduleRoutes(doors: ReportingDoors): Route[] {
  const { platform: { pg: pool, clock } } = doors;
  const people = async (): Promise<[GroupRow[], DirectoryEntry[]]> => Promise.all([readGroups(pool), readDirectory(pool)]);
  const oneSchedule = async (scheduleId: number): Promise<ShownSchedule> => shown(await demandSchedule(pool, scheduleId), ...(await people()));
  const oneGroup = async (groupId: number): Promise<ShownGroup> => {
    const [groups, directory] = await people();
    const group = groups.find((each) => each.groupId === groupId);
    if (!group) throw notFound('insights.group_not_found', { groupId });
    return shownGroup(group, directory);
  };
  return [
    route(listSchedules, async ({ query }) => {
      const [{ rows, total }, [groups, directory]] = await Promise.all([readSchedules(pool, { q: query.q, limit: query.pageSize, offset: (query.page - 1) * query.pageSize }), people()]);
      return { rows: rows.map((row) => shown(row, groups, directory)), total, computedAt: clock.now().toISOString() };
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
  ];
}
