import { describe, expect, it } from 'vitest';
import { momentAt, wallOf } from './wall-clock.ts';

const at = (text: string) => ({ format: () => text });

describe('times that are chosen', () => {
  it.each([
    ['2026-06-18T00:00', 'Asia/Shanghai', '2026-06-17T16:00:00.000Z'],
    ['2026-06-18T00:00', 'UTC', '2026-06-18T00:00:00.000Z'],
    ['2026-01-15T09:30', 'America/New_York', '2026-01-15T14:30:00.000Z'],
    ['2026-07-15T09:30', 'America/New_York', '2026-07-15T13:30:00.000Z'],
    ['2026-06-18T12:15', 'Asia/Kolkata', '2026-06-18T06:45:00.000Z'],
    // The clock is put back: half past one comes twice, and the first is meant.
    ['2026-11-01T01:30', 'America/New_York', '2026-11-01T05:30:00.000Z'],
  ])('are those of the brand’s wall: %s in %s', (wall, zone, moment) => {
    expect(momentAt(at(wall), zone)).toBe(moment);
    expect(wallOf(moment, zone)).toBe(wall);
  });

  it('that the clock leaves out are an hour later', () => {
    expect(wallOf(momentAt(at('2026-03-08T02:30'), 'America/New_York'), 'America/New_York')).toBe('2026-03-08T03:30');
  });
});
