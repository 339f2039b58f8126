import fc from 'fast-check';
import ICAL from 'ical.js';
import { describe, expect, it } from 'vitest';
import { type CalendarEvent, folded, writeCalendar } from './ical.ts';

const event = (more: Partial<CalendarEvent> = {}): CalendarEvent => ({
  uid: 'meeting-1@perennial',
  sequence: 2,
  stamp: new Date('2026-06-18T04:00:00Z'),
  when: { from: new Date('2026-03-08T06:30:00Z'), to: new Date('2026-03-08T08:00:00Z') },
  summary: '周会',
  description: '',
  location: '',
  isCancelled: false,
  organizer: null,
  attendees: [],
  ...more,
});
const read = (text: string): ICAL.Component => new ICAL.Component(ICAL.parse(text));
const only = (more: Partial<CalendarEvent>): ICAL.Component =>
  read(
    writeCalendar({ method: 'REQUEST', name: null, events: [event(more)] }),
  ).getFirstSubcomponent('vevent')!;

describe('iCalendar', () => {
  it('is read back by another program as it was meant, whatever characters its words have', () => {
    const words = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 200 }),
      fc.constantFrom(
        'a;b,c\\n\nd',
        '会员日 🎉👨‍👩‍👧‍👦;，',
        'END:VEVENT\r\nBEGIN:VALARM',
        '"引号": x',
      ),
    );
    fc.assert(
      fc.property(words, words, words, (summary, description, location) => {
        // Characters that calendars cannot carry are left out; all ways to end a line are one.
        const kept = (text: string): string =>
          text.replace(/\r\n?/g, '\n').replace(/[\u0000-\u0009\u000b-\u001f\u007f]/g, '');
        const component = only({
          summary,
          description,
          location,
          organizer: { name: summary || 'x', address: 'lin@shop.test' },
        });
        expect(component.getFirstPropertyValue('summary') ?? '').toBe(kept(summary));
        expect(component.getFirstPropertyValue('description') ?? '').toBe(
          kept(description),
        );
        expect(component.getFirstPropertyValue('location') ?? '').toBe(kept(location));
        expect(component.getFirstPropertyValue('organizer')).toBe('mailto:lin@shop.test');
        expect(component.getAllSubcomponents()).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  it('has no line of more than 75 octets, and no half characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
        const line = folded(text.replace(/[\r\n]/g, ''));
        for (const part of line.split('\r\n'))
          expect(Buffer.byteLength(part)).toBeLessThanOrEqual(75);
        expect(line.replaceAll('\r\n ', '')).toBe(text.replace(/[\r\n]/g, ''));
      }),
    );
    expect(
      writeCalendar({
        method: 'PUBLISH',
        name: '林',
        events: [event({ description: '长'.repeat(5_000) })],
      })
        .split('\r\n')
        .every((line) => Buffer.byteLength(line) <= 75),
    ).toBe(true);
  });

  it('means the moment everywhere, over a change of clocks too, and a day without one', () => {
    const start = new ICAL.Event(only({})).startDate;
    expect([
      start.toJSDate().toISOString(),
      start.zone.tzid,
      new ICAL.Event(only({})).duration.toSeconds(),
    ]).toEqual(['2026-03-08T06:30:00.000Z', 'UTC', 5_400]);
    const day = new ICAL.Event(only({ when: { day: '2026-12-31' } }));
    expect([
      day.startDate.isDate,
      day.startDate.toString(),
      day.endDate.toString(),
    ]).toEqual([true, '2026-12-31', '2027-01-01']);
  });

  it('says what an invitation is, of whom, and when it is called off', () => {
    const calendar = read(
      writeCalendar({
        method: 'CANCEL',
        name: null,
        events: [
          event({
            isCancelled: true,
            organizer: { name: '林 "主任"', address: 'lin@shop.test' },
            attendees: [{ name: '王, 芳', address: 'wang@shop.test' }],
          }),
        ],
      }),
    );
    expect([
      calendar.getFirstPropertyValue('method'),
      calendar.getFirstPropertyValue('version'),
    ]).toEqual(['CANCEL', '2.0']);
    const component = calendar.getFirstSubcomponent('vevent')!;
    expect([
      component.getFirstPropertyValue('status'),
      component.getFirstPropertyValue('sequence'),
    ]).toEqual(['CANCELLED', 2]);
    expect([
      component.getFirstProperty('attendee')!.getParameter('cn'),
      component.getFirstPropertyValue('attendee'),
    ]).toEqual(['王, 芳', 'mailto:wang@shop.test']);
    expect(component.getFirstProperty('organizer')!.getParameter('cn')).toBe('林 ’主任’');
  });
});
