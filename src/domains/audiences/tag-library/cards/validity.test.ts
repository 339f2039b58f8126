import { describe, expect, it } from 'vitest';
import { lapseOf } from './validity.ts';

const shanghai = 'Asia/Shanghai';
const at = (moment: string, validDays: number | null, validUntil: string | null, zone = shanghai): string | null =>
  lapseOf({ validDays, validUntil }, new Date(moment), zone)?.toISOString() ?? null;

describe('how long what is given lasts', () => {
  it('is for ever where nothing is said', () => {
    expect(at('2026-01-10T00:00:00Z', null, null)).toBeNull();
  });

  it('counts days of the brand, the first being the one on which it is given', () => {
    expect(at('2026-01-10T02:00:00Z', 1, null)).toBe('2026-01-10T16:00:00.000Z');
    expect(at('2026-01-10T15:59:59Z', 30, null)).toBe('2026-02-08T16:00:00.000Z');
    expect(at('2026-01-10T16:00:00Z', 30, null)).toBe('2026-02-09T16:00:00.000Z');
  });

  it('reaches to the end of its last day', () => {
    expect(at('2026-01-10T02:00:00Z', null, '2026-02-28')).toBe('2026-02-28T16:00:00.000Z');
  });

  it('ends with whichever comes first', () => {
    expect(at('2026-01-10T02:00:00Z', 30, '2026-01-20')).toBe('2026-01-20T16:00:00.000Z');
    expect(at('2026-01-10T02:00:00Z', 5, '2026-12-31')).toBe('2026-01-14T16:00:00.000Z');
  });

  it('is over already where the last day is past', () => {
    expect(at('2026-01-10T02:00:00Z', null, '2026-01-01')).toBe('2026-01-01T16:00:00.000Z');
  });

  it('goes over 29 February and over days that have no midnight', () => {
    expect(at('2028-02-28T02:00:00Z', 2, null)).toBe('2028-02-29T16:00:00.000Z');
    // Santiago puts its clock forward at midnight: the day begins at one.
    expect(at('2026-09-05T12:00:00Z', 1, null, 'America/Santiago')).toBe('2026-09-06T04:00:00.000Z');
  });
});
