import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TimeScale } from './time-scale.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const startMs = Date.UTC(2025, 0, 1, 3, 17, 5);
const endMs = startMs + 20 * dayMs;
const busyHour = Date.UTC(2025, 0, 9, 12);
const scale = new TimeScale(startMs, endMs, (hour) => (hour === busyHour ? 50 : 1 + (hour % 7)));

describe('TimeScale', () => {
  it('is as long as the time it stands for, from 0', () => {
    expect(scale.positionOf(startMs)).toBeCloseTo(0, 9);
    expect(scale.positionOf(endMs)).toBeCloseTo(20, 9);
    expect(scale.days).toBe(20);
  });

  it('finds the moment of a position again, to a millisecond', () => {
    fc.assert(
      fc.property(fc.integer({ min: startMs, max: endMs - 1 }), (moment) => {
        const found = scale.momentAt(scale.positionOf(moment));
        expect(Math.abs(found - moment)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('never runs backwards and never leaves the history', () => {
    const position = fc.double({ min: 0, max: 20, noNaN: true });
    fc.assert(
      fc.property(position, position, (a, b) => {
        const [first, second] = [scale.momentAt(Math.min(a, b)), scale.momentAt(Math.max(a, b))];
        expect(first).toBeGreaterThanOrEqual(startMs);
        expect(second).toBeGreaterThanOrEqual(first);
        expect(second).toBeLessThan(endMs);
      }),
    );
  });

  it('runs through an hour in proportion to its weight', () => {
    const hour = (from: number) => scale.positionOf(from + hourMs) - scale.positionOf(from);
    const other = Date.UTC(2025, 0, 10, 12);
    expect(hour(busyHour) / hour(other)).toBeCloseTo(50 / (1 + (other % 7)), 9);
  });
});
