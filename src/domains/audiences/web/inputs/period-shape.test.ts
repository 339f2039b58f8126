import { describe, expect, it } from 'vitest';
import type { Period } from '../../contract.ts';
import { firstOf, periodOf, type PeriodShape, shapeOf } from './period-shape.ts';

const shapes: PeriodShape[] = [
  { mode: 'all' },
  { mode: 'last', amount: 0, unit: 'day' },
  { mode: 'last', amount: 3, unit: 'month' },
  { mode: 'before', amount: 90, unit: 'day' },
  { mode: 'next', amount: 7, unit: 'day' },
  { mode: 'between', far: 60, near: 30, unit: 'day' },
  { mode: 'calendar', unit: 'month', ago: 1 },
  { mode: 'days', from: '2026-06-01', to: '2026-06-18' },
  { mode: 'days', to: '2026-06-18' },
];

describe('a period', () => {
  it.each(shapes)('comes back as it was thought of: $mode', (shape) => {
    const period = periodOf(shape);
    expect(period && shapeOf(period)).toEqual(shape);
  });

  it('puts the earlier end first, whichever was typed first', () => {
    expect(periodOf({ mode: 'between', far: 30, near: 60, unit: 'day' })).toEqual({ from: { ago: 60, unit: 'day' }, to: { ago: 30, unit: 'day' } });
  });

  it('is left alone where the editor has no words for it', () => {
    const odd: Period = { from: '2026-06-01', to: { ago: 3, unit: 'day' } };
    expect(shapeOf(odd)).toEqual({ mode: 'other' });
    expect(periodOf({ mode: 'other' })).toBeNull();
  });

  it.each(['all', 'last', 'before', 'next', 'between', 'calendar', 'days'] as const)('begins as something that means something: %s', (mode) => {
    const period = periodOf(firstOf(mode, { from: '2026-06-01', to: '2026-06-18' }));
    expect(period && shapeOf(period).mode).toBe(mode);
  });
});
