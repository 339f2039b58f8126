import { describe, expect, it } from 'vitest';
import { addDays, presetRange, rangePresets, todayIn } from './day-range.ts';

describe('the day', () => {
  it('is the brand’s', () => {
    const now = new Date('2026-06-17T16:30:00Z');
    expect(todayIn('Asia/Shanghai', now)).toBe('2026-06-18');
    expect(todayIn('America/New_York', now)).toBe('2026-06-17');
  });

  it('moves over months, years and leap days', () => {
    expect(addDays('2024-02-28', 1)).toBe('2024-02-29');
    expect(addDays('2026-01-01', -1)).toBe('2025-12-31');
  });
});

describe('a preset', () => {
  it('covers whole days that are over, as many as it says', () => {
    expect(presetRange('last7', '2026-03-05')).toEqual({ from: '2026-02-26', to: '2026-03-04' });
  });

  it('knows the months', () => {
    expect(presetRange('thisMonth', '2026-03-05')).toEqual({ from: '2026-03-01', to: '2026-03-05' });
    expect(presetRange('lastMonth', '2026-03-05')).toEqual({ from: '2026-02-01', to: '2026-02-28' });
    expect(presetRange('lastMonth', '2026-01-31')).toEqual({ from: '2025-12-01', to: '2025-12-31' });
  });

  it.each(rangePresets)('%s begins before it ends', (preset) => {
    const { from, to } = presetRange(preset, '2026-01-01');
    expect(from <= to).toBe(true);
  });
});
