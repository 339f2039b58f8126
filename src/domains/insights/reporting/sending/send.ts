import type { Locale } from '../../../../kernel/locale.ts';
import { Problem } from '../../../../kernel/problem.ts';
import { hopelessMail, type Mailer } from '../../../../platform/mail/mailer.ts';
import { readDirectory } from '../../../access/public.ts';
import type { ReportingDoors } from '../content/report-data.ts';
import { ownerAsReader, savedGone } from '../content/saved-report.ts';
import { type PreparedReport, prepareReport } from '../content/write-report.ts';
import { html } from '../mail/html.ts';
import { button, card, heading, page } from '../mail/look.ts';
import { demandSchedule } from '../schedules/keep-schedules.ts';
import { minutesUntilNext } from '../schedules/rhythm.ts';
import { dropOldOccasions, endOccasions, type HeldSending, holdSending, noteHandingOver, noteOutcome, takeBackFromTheDead, type Trouble } from './occasions.ts';
import { takeUpDue } from './take-up.ts';

export interface SendingDoors extends ReportingDoors {
  mailer: Mailer;
}

/** Everything that is due, one after the other: each copy is held by one worker at a time. */
export async function sendDue(doors: SendingDoors): Promise<void> {
  const { platform: { pg: pool, clock } } = doors;
  await takeUpDue(doors, clock.now());
  await takeBackFromTheDead(pool, clock.now());
  const prepared = new Map<number, Promise<PreparedReport>>();
  for (let held = await holdSending(pool, clock.now()); held !== null; held = await holdSending(pool, clock.now())) await sendCopy(doors, held, prepared);
  await endOccasions(pool, clock.now());
  await tellOwners(doors);
  await dropOldOccasions(pool, clock.now());
}

async function sendCopy(doors: SendingDoors, held: HeldSending, prepared: Map<number, Promise<PreparedReport>>): Promise<void> {
  const { platform: { pg: pool, clock, log }, mailer } = doors;
  try {
    const report = await preparedFor(doors, held, prepared);
    const { pictures, ...words } = report.mail(held.locale);
    const attachments = [...pictures, await report.workbook(held.locale)];
    await mailer.send({ ...words, to: held.address, attachments, id: `report-${held.occasionId}-${held.sendingId}`, language: held.locale }, () => noteHandingOver(pool, held));
    await noteOutcome(pool, held, { state: 'sent' }, null, clock.now());
  } catch (error) {
    log.warn({ err: error, sending: held.sendingId }, 'a report was not sent');
    await noteOutcome(pool, held, outcomeOf(held, error, clock.now()), troubleOf(error), clock.now());
  }
}

/** The numbers are the same for all copies of an occasion; what failed is read anew for the next. */
async function preparedFor(doors: SendingDoors, { occasionId, scheduleId, from, to }: HeldSending, prepared: Map<number, Promise<PreparedReport>>): Promise<PreparedReport> {
  const found = prepared.get(occasionId);
  if (found) return found;
  const reading = demandSchedule(doors.platform.pg, scheduleId).then(async (schedule) => prepareReport(doors, schedule, { from, to }, ownerAsReader(schedule.ownerId), await doors.mailer.siteAddress()));
  prepared.set(occasionId, reading);
  reading.catch(() => prepared.delete(occasionId));
  return reading;
}

const troubleOf = (error: unknown): Trouble => (error instanceof Problem ? { code: error.code, params: error.params } : { code: 'insights.report_failed', params: {} });

/** Whether a copy is tried again. What perhaps arrived is not; a test says at once what is wrong. */
function outcomeOf({ failures, isTest }: HeldSending, error: unknown, now: Date): Parameters<typeof noteOutcome>[2] {
  const { code } = troubleOf(error);
  if (code === 'platform.mail_unknown') return { state: 'maybe_sent' };
  const minutes = isTest || code === savedGone || hopelessMail.has(code) ? null : minutesUntilNext(failures + 1, Math.random);
  return minutes === null ? { state: 'failed' } : { state: 'waiting', dueAt: new Date(now.getTime() + minutes * 60_000) };
}

interface Untold {
  occasionId: number;
  scheduleId: number;
  name: string;
  state: 'failed' | 'maybe_sent' | 'missed';
  ownerId: number;
  locale: Locale;
}

/** Tells by mail whoever set a report up that it did not go out. At most once: that it is told is noted before. */
async function tellOwners({ platform: { pg: pool, clock, log }, mailer, say }: SendingDoors): Promise<void> {
  const site = await mailer.siteAddress();
  if (site === null) return;
  const { rows } = await pool.query<Untold>(
    `update report_occasion o set told_at = $1 from report_schedule s
      where s.schedule_id = o.schedule_id and o.state in ('failed', 'maybe_sent', 'missed') and not is_test and told_at is null and owner_id is not null and o.due_at > $1::timestamptz - interval '7 days'
      returning occasion_id::int as "occasionId", s.schedule_id as "scheduleId", name, o.state, owner_id as "ownerId", owner_locale as locale`, [clock.now()]);
  if (rows.length === 0) return;
  const directory = await readDirectory(pool);
  for (const { occasionId, scheduleId, name, state, ownerId, locale } of rows) {
    const owner = directory.find(({ staffId }) => staffId === ownerId);
    if (!owner) continue;
    const subject = say(locale, 'insights', `reporting.told.${state}`, { name });
    const link = `${site}/insights/reporting/${scheduleId}`;
    const [why, open] = [say(locale, 'insights', 'reporting.told.why'), say(locale, 'insights', 'reporting.told.open')];
    const body = page(locale, subject, card(html`${heading(subject)}<p>${why}</p>${button(link, open)}`));
    await mailer.send({ to: owner.email, subject, html: body, text: `${subject}\n${why}\n${link}`, attachments: [], id: `report-told-${occasionId}`, language: locale })
      .catch((error: unknown) => log.warn({ err: error, occasion: occasionId }, 'nobody could be told of a report that was not sent'));
  }
}
