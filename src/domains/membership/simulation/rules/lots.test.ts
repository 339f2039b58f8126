import { describe, expect, it } from 'vitest';
import type { PointsRules } from '../../contract/programme.ts';
import { type Lot, settleLots, type Spend, Validity } from './lots.ts';

const at = (day: string): number => Date.parse(`${day}T12:00:00+08:00`);
const settled = (
  expiry: PointsRules['expiry'],
  lots: Lot[],
  spends: Spend[],
  now: string,
  pendingDays = 0,
) => settleLots(lots, spends, new Validity({ expiry, pendingDays }, 'Asia/Shanghai'), at(now));
const lot = (day: string, points: number): Lot => ({ earnedAt: at(day), points });
const spend = (day: string, points: number): Spend => ({ at: at(day), points });
const halfYear: PointsRules['expiry'] = { kind: 'duration', months: 6, roundTo: 'day' };

describe('points that would have been earned', () => {
  it('end, or are outstanding', () => {
    expect(
      settled(halfYear, [lot('2026-01-01', 10), lot('2026-05-01', 20)], [], '2026-07-02'),
    ).toEqual({ spent: 0, uncovered: 0, expired: 10, outstanding: 20 });
    expect(settled(halfYear, [lot('2026-01-01', 10)], [], '2026-07-01')).toMatchObject({
      outstanding: 10,
    });
  });
  it('are spent as they were, those that end first before others, and no more than there were', () => {
    const lots = [lot('2026-01-01', 10), lot('2026-05-01', 20)];
    expect(settled(halfYear, lots, [spend('2026-06-01', 15)], '2026-07-02')).toEqual({
      spent: 15,
      uncovered: 0,
      expired: 0,
      outstanding: 15,
    });
    expect(settled(halfYear, lots, [spend('2026-02-01', 15)], '2026-05-02')).toEqual({
      spent: 10,
      uncovered: 5,
      expired: 0,
      outstanding: 20,
    });
    expect(settled(halfYear, lots, [spend('2026-08-01', 15)], '2026-07-02')).toMatchObject({
      spent: 0,
      expired: 10,
    });
  });
  it('cannot be spent while they are pending', () => {
    expect(
      settled(
        { kind: 'never' },
        [lot('2026-01-01', 10)],
        [spend('2026-01-05', 10)],
        '2026-03-01',
        7,
      ),
    ).toMatchObject({ spent: 0, uncovered: 10, outstanding: 10 });
    expect(
      settled(
        { kind: 'never' },
        [lot('2026-01-01', 10)],
        [spend('2026-01-09', 10)],
        '2026-03-01',
        7,
      ),
    ).toMatchObject({ spent: 10 });
  });
  it('that end when nothing is done are carried further by whatever is done in time', () => {
    const idle: PointsRules['expiry'] = { kind: 'inactivity', months: 3 };
    expect(
      settled(idle, [lot('2026-01-01', 10), lot('2026-03-01', 5)], [], '2026-05-20'),
    ).toMatchObject({ outstanding: 15 });
    expect(
      settled(idle, [lot('2026-01-01', 10), lot('2026-05-01', 5)], [], '2026-05-20'),
    ).toMatchObject({ expired: 10, outstanding: 5 });
  });
});
