import { createHash } from 'node:crypto';
import type pg from 'pg';
import type { Actor } from '../../../kernel/actor.ts';
import type { Locale } from '../../../kernel/locale.ts';
import { createFormat } from '../../../kernel/format.ts';
import { conflict, notFound } from '../../../kernel/problem.ts';
import { type Route, route } from '../../../platform/http/route.ts';
import { readMailServer } from '../../../platform/mail/mail-server.ts';
import { inTransaction } from '../../../platform/postgres/pool.ts';
import { readBrand } from '../../../platform/settings.ts';
import { type DirectoryEntry, readDirectory, recordAudit } from '../../access/public.ts';
import { card, heading, html, page } from '../../insights/public.ts';
import { type Invitations, readInvitations, sendInvitations } from '../contract/calendar.ts';
import { requireItem } from '../items/stored.ts';
import type { PlanningDoors } from '../part.ts';
import { requirePlan } from '../plans/keep-plans.ts';
import { type Letter, noteLetters, readCopies, shownCopies } from '../post/post.ts';
import type { Known } from '../projects/read/plan-work.ts';
import { type CalendarMethod, type CalendarPerson, writeCalendar } from './ical.ts';
import { meetingEvent } from './meeting-event.ts';

interface Told {
  sequence: number;
  organizer: CalendarPerson;
  told: string;
  invited: CalendarPerson[];
  at: Date;
  by: string;
}

/** Invitations to meetings by mail: each that says something else has the next number; whoever is asked no longer is told so (RFC 5546). */
export function invitationRoutes(doors: Pick<PlanningDoors, 'platform' | 'say' | 'items'>): Route[] {
  const { pg: pool, clock } = doors.platform;
  // A meeting that is gone can be called off no more: it would stand in calendars for good.
  doors.items.registerGuard('meeting', async ({ before, after }, client) => {
    const meeting = before as Known<'meeting'> | null;
    if (!meeting || after || new Date(meeting.body.at) < clock.now()) return;
    const told = await readTold(client, meeting.itemNo);
    if (told && told.invited.length > 0) throw conflict('planning.meeting_invited', { name: meeting.body.name, count: told.invited.length });
  });
  return [
    route(readInvitations, async ({ params: { planNo, itemNo }, actor }) => shown(doors, await requireMeeting(pool, planNo, itemNo), actor.locale)),
    route(sendInvitations, async ({ params: { planNo, itemNo }, actor }) => {
      await inTransaction(pool, (client) => invite(doors, client, planNo, itemNo, actor));
      return shown(doors, await requireMeeting(pool, planNo, itemNo), actor.locale);
    }),
  ];
}

async function requireMeeting(connection: pg.Pool | pg.PoolClient, planNo: number, itemNo: number): Promise<Known<'meeting'>> {
  await requirePlan(connection, planNo);
  const { isRemoved, changedAt, ...item } = await requireItem(connection as pg.PoolClient, planNo, itemNo);
  if (isRemoved || item.kind !== 'meeting') throw notFound('planning.item_not_found', { itemNo });
  return { ...item, changedAt: changedAt.toISOString() } as unknown as Known<'meeting'>;
}

async function readTold(connection: pg.Pool | pg.PoolClient, itemNo: number, lock = ''): Promise<Told | null> {
  const { rows } = await connection.query<Told>(`select sequence, organizer, told, invited, at, by_name as by from plan_meeting_invitation where item_no = $1 ${lock}`, [itemNo]);
  return rows[0] ?? null;
}

/** What of a meeting those invited know. Minutes and decisions are not part of it. */
const knownOf = ({ body: { name, at, lengthMinutes, place, agenda, state } }: Known<'meeting'>, people: readonly CalendarPerson[]): string =>
  createHash('sha256').update(JSON.stringify([name, at, lengthMinutes, place, agenda, state === 'cancelled', people.map(({ address }) => address).sort()])).digest('hex');

/** Everybody with an address, each once. */
function reachable({ body: { participants } }: Known<'meeting'>, directory: readonly DirectoryEntry[]): CalendarPerson[] {
  const people = participants.flatMap(({ staffId, name, email }): CalendarPerson[] => {
    const address = directory.find((each) => each.staffId === staffId)?.email ?? email;
    return address ? [{ name, address }] : [];
  });
  return people.filter(({ address }, at) => people.findIndex((other) => other.address.toLowerCase() === address.toLowerCase()) === at);
}

async function shown({ platform: { pg: pool }, say }: Pick<PlanningDoors, 'platform' | 'say'>, meeting: Known<'meeting'>, locale: Locale): Promise<Invitations> {
  const [told, directory, copies] = await Promise.all([readTold(pool, meeting.itemNo), readDirectory(pool), readCopies(pool, `meeting:${meeting.itemNo}`)]);
  const people = reachable(meeting, directory);
  const unreachable = meeting.body.participants.filter(({ staffId, email }) => !email && !directory.some((each) => each.staffId === staffId)).map(({ name }) => name);
  return { state: told === null ? 'none' : told.told === knownOf(meeting, people) ? 'told' : 'changed', sequence: told?.sequence ?? null, at: told?.at.toISOString() ?? null, by: told?.by ?? null, unreachable, copies: shownCopies(copies, locale, say) };
}

async function invite({ platform: { clock }, say }: Pick<PlanningDoors, 'platform' | 'say'>, client: pg.PoolClient, planNo: number, itemNo: number, actor: Actor): Promise<void> {
  await client.query('select from plan_item where item_no = $1 for update', [itemNo]);
  const meeting = await requireMeeting(client, planNo, itemNo);
  const before = await readTold(client, itemNo, 'for update');
  const directory = await readDirectory(client);
  const server = await readMailServer(client);
  const { timeZone, currency, language: usual } = await readBrand(client);
  if (!server) throw conflict('platform.mail_not_set_up');
  const isOff = meeting.body.state === 'cancelled';
  const people = reachable(meeting, directory);
  if (before ? before.told === knownOf(meeting, people) : isOff || people.length === 0) throw conflict(before ? 'planning.invited_already' : 'planning.nobody_to_invite');
  const own = directory.find(({ staffId }) => actor.kind === 'staff' && staffId === actor.id);
  // Answers go to whoever invited first: an organizer who changes is another meeting to calendars.
  const organizer = before?.organizer ?? (own ? { name: own.name, address: own.email } : { name: server.fromName, address: server.fromAddress });
  const sequence = before ? before.sequence + 1 : 0;
  const dropped = (before?.invited ?? []).filter(({ address }) => !people.some((each) => each.address === address));
  // Whoever has an account is written to in their language, guests in the brand's.
  const languageOf = (address: string): Locale => directory.find(({ email }) => email === address)?.language ?? usual;
  const letter = (method: CalendarMethod, to: CalendarPerson): Letter => {
    const isCancelled = method === 'CANCEL';
    const locale = languageOf(to.address);
    const format = createFormat({ locale, timeZone, currency });
    const event = meetingEvent(meeting, { sequence, organizer, attendees: isCancelled ? [to] : people, isCancelled });
    const title = say(locale, 'planning', `invitation.${isCancelled ? 'cancelled' : sequence === 0 ? 'new' : 'changed'}`, { name: meeting.body.name });
    const facts = [`${format.dateTime(meeting.body.at)} (${timeZone}) · ${say(locale, 'planning', 'meetings.minutesLong', { count: meeting.body.lengthMinutes })}`, meeting.body.place, ...meeting.body.agenda.split('\n')].filter((line) => line !== '');
    return {
      about: `meeting:${itemNo}`, to, locale, subject: title,
      html: page(locale, title, card(html`${heading(title)}${facts.map((fact) => html`<p style="margin:0 0 4px">${fact}</p>`)}`)), text: [title, ...facts].join('\n'),
      calendar: { method, content: writeCalendar({ method, name: null, events: [{ ...event, stamp: clock.now() }] }) },
    };
  };
  const letters = isOff ? (before?.invited ?? []).map((to) => letter('CANCEL', to)) : [...people.map((to) => letter('REQUEST', to)), ...dropped.map((to) => letter('CANCEL', to))];
  await noteLetters(client, letters, clock.now());
  await client.query(
    `insert into plan_meeting_invitation (item_no, sequence, organizer, told, invited, at, by_name) values ($1, $2, $3, $4, $5, $6, $7)
      on conflict (item_no) do update set sequence = $2, told = $4, invited = $5, at = $6, by_name = $7`,
    [itemNo, sequence, JSON.stringify(organizer), knownOf(meeting, people), JSON.stringify(isOff ? [] : people), clock.now(), actor.name]);
  await recordAudit(client, { actor, action: 'planning.invite', subject: `meeting:${itemNo}`, details: { sequence, letters: letters.length } });
}
