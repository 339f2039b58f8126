import { addDays, type Day } from '../../../kernel/day.ts';

/** Somebody in a calendar entry. */
export interface CalendarPerson {
  name: string;
  address: string;
}

/** An entry of a calendar: a span between two moments, or a day. */
export interface CalendarEvent {
  uid: string;
  sequence: number;
  /** When it was last changed. */
  stamp: Date;
  when: { from: Date; to: Date } | { day: Day };
  summary: string;
  description: string;
  location: string;
  isCancelled: boolean;
  organizer: CalendarPerson | null;
  attendees: CalendarPerson[];
}

export type CalendarMethod = 'PUBLISH' | 'REQUEST' | 'CANCEL';

const lineOctets = 75;

/** A line folded at 75 octets, never within a character (RFC 5545, 3.1). */
export function folded(line: string): string {
  let text = '';
  let octets = 0;
  for (const letter of line) {
    const size = Buffer.byteLength(letter);
    if (octets + size > lineOctets) {
      text += '\r\n ';
      octets = 1;
    }
    text += letter;
    octets += size;
  }
  return text;
}

/** A text value (RFC 5545, 3.3.11); characters that no calendar may have are left out. */
const text = (value: string): string => value.replace(/\r\n?/g, '\n').replace(/[\u0000-\u0009\u000b-\u001f\u007f]/g, '').replace(/[\\;,]/g, '\\$&').replace(/\n/g, '\\n');
/** The value of a parameter: quotes are not to be had in one (RFC 5545, 3.2), and a line is one line. */
const quoted = (value: string): string => `"${value.replace(/[\u0000-\u001f\u007f]/g, ' ').replace(/"/g, '’')}"`;
/** Moments are written in UTC, so that they need no table of zones and are right in every program. */
const moment = (at: Date): string => at.toISOString().replace(/[-:]|\.\d+/g, '');
const date = (day: Day): string => day.replaceAll('-', '');
const mailto = (address: string): string => `mailto:${address.replace(/[^\x21-\x7e]/g, encodeURIComponent)}`;

function eventLines({ uid, sequence, stamp, when, summary, description, location, isCancelled, organizer, attendees }: CalendarEvent): string[] {
  const days = 'day' in when
    ? [`DTSTART;VALUE=DATE:${date(when.day)}`, `DTEND;VALUE=DATE:${date(addDays(when.day, 1))}`, 'TRANSP:TRANSPARENT']
    : [`DTSTART:${moment(when.from)}`, `DTEND:${moment(when.to)}`];
  return [
    'BEGIN:VEVENT', `UID:${uid}`, `SEQUENCE:${sequence}`, `DTSTAMP:${moment(stamp)}`, `LAST-MODIFIED:${moment(stamp)}`, ...days,
    `SUMMARY:${text(summary)}`, ...(description ? [`DESCRIPTION:${text(description)}`] : []), ...(location ? [`LOCATION:${text(location)}`] : []),
    `STATUS:${isCancelled ? 'CANCELLED' : 'CONFIRMED'}`,
    ...(organizer ? [`ORGANIZER;CN=${quoted(organizer.name)}:${mailto(organizer.address)}`] : []),
    ...attendees.map(({ name, address }) => `ATTENDEE;CN=${quoted(name)};ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:${mailto(address)}`),
    'END:VEVENT',
  ];
}

/** A calendar as programs read it (RFC 5545; its method, RFC 5546). */
export function writeCalendar({ method, name, events }: { method: CalendarMethod; name: string | null; events: readonly CalendarEvent[] }): string {
  const lines = [
    'BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Perennial//Planning//EN', 'CALSCALE:GREGORIAN', `METHOD:${method}`,
    // Programs look again at this pace (RFC 7986), and call it so.
    ...(name === null ? [] : [`NAME:${text(name)}`, `X-WR-CALNAME:${text(name)}`, 'REFRESH-INTERVAL;VALUE=DURATION:PT1H', 'X-PUBLISHED-TTL:PT1H']),
    ...events.flatMap(eventLines), 'END:VCALENDAR', '',
  ];
  return lines.map(folded).join('\r\n');
}
