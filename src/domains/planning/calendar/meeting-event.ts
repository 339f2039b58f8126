import type { Known } from '../projects/read/plan-work.ts';
import type { CalendarEvent } from './ical.ts';

/** A meeting as an entry of a calendar: the same one wherever it is shown. */
export const meetingEvent = ({ itemNo, changedAt, body: { name, at, lengthMinutes, place, agenda } }: Known<'meeting'>, more: Pick<CalendarEvent, 'sequence' | 'organizer' | 'attendees' | 'isCancelled'>): CalendarEvent => ({
  uid: `meeting-${itemNo}@perennial`, stamp: new Date(changedAt), when: { from: new Date(at), to: new Date(Date.parse(at) + lengthMinutes * 60_000) },
  summary: name, description: agenda, location: place, ...more,
});
