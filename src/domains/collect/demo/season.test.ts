import { describe, expect, it } from 'vitest';
import { hourWeight, seasonAt } from './season.ts';

const noon = (day: string) => Date.parse(`${day}T12:00:00+08:00`);

describe('seasonAt', () => {
  it.each([
    ['2025-11-11', '双11'],
    ['2025-06-18', '618'],
    ['2025-12-12', '双12'],
    ['2026-03-08', '38焕新周'],
    ['2025-09-30', '中秋礼'], // 9th of the eighth lunar month; the feast was on 6 October
    ['2026-02-05', '年货节'], // twelve days before the new year of 17 February
    ['2025-04-15', null],
  ])('knows what is promoted on %s: %s', (day, promotion) => {
    expect(seasonAt(noon(day)).promotion).toBe(promotion);
  });

  it.each(['2024-02-10', '2025-01-29', '2026-02-17', '2028-01-26', '2033-01-31'])(
    'is quiet at the Chinese New Year of %s',
    (newYear) => {
      expect(seasonAt(noon(newYear)).trade).toBeLessThan(0.4);
    },
  );

  it('does not celebrate a leap month', () => {
    // 2033 has an eleventh leap month; 2025 a sixth one, whose seventh day is no 七夕 either.
    expect(seasonAt(noon('2025-07-31')).promotion).toBeNull();
    expect(seasonAt(noon('2025-08-29')).promotion).toBe('七夕');
  });

  it('begins a day at midnight in China', () => {
    expect(seasonAt(Date.parse('2025-11-10T15:59:59Z')).midnight).toBe(false);
    expect(seasonAt(Date.parse('2025-11-10T16:00:00Z')).midnight).toBe(true);
  });

  it('sells more on Saturdays than on Tuesdays', () => {
    expect(seasonAt(noon('2025-04-19')).trade).toBeGreaterThan(seasonAt(noon('2025-04-15')).trade);
  });
});

describe('hourWeight', () => {
  const hours = Array.from({ length: 24 }, (_, hour) => hour);

  it.each(['2025-11-11', '2025-04-15'])('is 1 on average over %s', (day) => {
    const season = seasonAt(noon(day));
    const sum = hours.reduce((total, hour) => total + hourWeight(season, hour), 0);
    expect(sum / 24).toBeCloseTo(1, 9);
  });

  it('peaks in the evening, and at midnight when a promotion starts there', () => {
    const busiest = (day: string) => {
      const season = seasonAt(noon(day));
      return hours.toSorted((a, b) => hourWeight(season, b) - hourWeight(season, a))[0];
    };
    expect(busiest('2025-04-15')).toBe(21);
    expect(busiest('2025-11-11')).toBe(0);
  });
});
