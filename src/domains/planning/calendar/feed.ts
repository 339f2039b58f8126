import { createHash, randomBytes } from 'node:crypto';
import type { Actor } from '../../../kernel/actor.ts';
import type { Locale } from '../../../kernel/locale.ts';
import { notFound } from '../../../kernel/problem.ts';
import { rawRoute, type Route, route } from '../../../platform/http/route.ts';
import { readDirectory, recordAudit } from '../../access/public.ts';
import { endCalendarFeed, makeCalendarFeed, openCalendarFeed, readCalendarFeed } from '../contract/calendar.ts';
import type { PlanningDoors } from '../part.ts';
import { readPlans } from '../plans/read-plans.ts';
import { isMeant, isOpen } from '../projects/read/meant.ts';
import { readPlanWork } from '../projects/read/plan-work.ts';
import { type CalendarEvent, writeCalendar } from './ical.ts';
import { meetingEvent } from './meeting-event.ts';

const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest();
const tokenBytes = 32;
/** The account that asks; null for a token, whose number is of another kind. */
const ownId = ({ kind, id }: Actor): number | null => (kind === 'staff' ? id : null);

/** Everybody's tasks and meetings as a calendar of their own, at an address that is secret and can be ended. */
export function feedRoutes(doors: Pick<PlanningDoors, 'platform' | 'items' | 'say' | 'permissionsOf'>): Route[] {
  const { pg: pool, clock } = doors.platform;
  return [
    route(readCalendarFeed, async ({ actor }) => {
      const { rows: [feed] } = await pool.query<{ createdAt: Date; lastReadAt: Date | null }>('select created_at as "createdAt", last_read_at as "lastReadAt" from plan_calendar_feed where staff_id = $1', [ownId(actor)]);
      return { createdAt: feed?.createdAt.toISOString() ?? null, lastReadAt: feed?.lastReadAt?.toISOString() ?? null };
    }),
    route(makeCalendarFeed, async ({ actor }) => {
      const known = (await readDirectory(pool)).some(({ staffId }) => staffId === actor.id);
      if (actor.kind !== 'staff' || !known) throw notFound('planning.no_own_calendar');
      const token = randomBytes(tokenBytes).toString('base64url');
      await pool.query(
        `insert into plan_calendar_feed (staff_id, token_hash, locale, created_at) values ($1, $2, $3, $4)
          on conflict (staff_id) do update set token_hash = $2, locale = $3, created_at = $4, last_read_at = null`, [actor.id, hashOf(token), actor.locale, clock.now()]);
      await recordAudit(pool, { actor, action: 'planning.make_calendar_feed', subject: `staff:${actor.id}` });
      return { path: `/calendar/${token}.ics` };
    }),
    route(endCalendarFeed, async ({ actor }) => {
      await pool.query('delete from plan_calendar_feed where staff_id = $1', [ownId(actor)]);
      await recordAudit(pool, { actor, action: 'planning.end_calendar_feed', subject: `staff:${actor.id}` });
      return { isEnded: true as const };
    }),
    rawRoute(openCalendarFeed, async ({ params: { token }, reply }) => {
      const { rows: [feed] } = await pool.query<{ staffId: number; locale: Locale }>(
        'update plan_calendar_feed set last_read_at = $2 where token_hash = $1 returning staff_id as "staffId", locale', [hashOf(token.replace(/\.ics$/, '')), clock.now()]);
      const person = feed && (await readDirectory(pool)).find(({ staffId }) => staffId === feed.staffId);
      // Whoever was shut out, or may not read the plan any more, is not told from an address that never was.
      if (!feed || !person || !(await doors.permissionsOf(person.staffId)).has('planning.read')) throw notFound('planning.calendar_not_found');
      const content = await calendarOf(doors, { id: person.staffId, name: person.name }, feed.locale);
      return reply.header('content-type', 'text/calendar; charset=utf-8').header('cache-control', 'private, max-age=0').header('x-robots-tag', 'noindex').send(content);
    }),
  ];
}

/** What somebody has to do and where they are asked to be, in the plan that is current. */
async function calendarOf({ platform, items, say }: Pick<PlanningDoors, 'platform' | 'items' | 'say'>, person: { id: number; name: string }, locale: Locale): Promise<string> {
  const [plan] = await readPlans(platform.pg);
  const name = say(locale, 'planning', 'calendar.name', { name: person.name });
  if (!plan) return writeCalendar({ method: 'PUBLISH', name, events: [] });
  const work = await readPlanWork(platform, items, plan.planNo);
  const projects = new Map(work.projects.map(({ itemNo, body }) => [itemNo, body.name]));
  const due = work.items.filter((item) => item.body.owner !== null && isMeant(item.body.owner, person) && isOpen(item)).flatMap((item): CalendarEvent[] => {
    const day = 'due' in item.body ? item.body.due : item.body.to;
    if (day === null) return [];
    return [{
      uid: `item-${item.itemNo}@perennial`, sequence: item.version, stamp: new Date(item.changedAt), when: { day },
      summary: say(locale, 'planning', item.kind === 'milestone' ? 'calendar.milestone' : 'calendar.due', { name: item.body.name }),
      description: [projects.get(item.parentNo ?? 0), 'note' in item.body ? item.body.note : ''].filter(Boolean).join('\n'), location: '', isCancelled: false, organizer: null, attendees: [],
    }];
  });
  const meetings = work.meetings.filter(({ body: { participants } }) => participants.some((each) => isMeant(each, person)))
    .map((meeting) => meetingEvent(meeting, { sequence: meeting.version, organizer: null, attendees: [], isCancelled: meeting.body.state === 'cancelled' }));
  return writeCalendar({ method: 'PUBLISH', name, events: [...due, ...meetings] });
}
