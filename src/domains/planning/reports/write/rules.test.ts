import { describe, expect, it } from 'vitest';
import { createFormat } from '../../../../kernel/format.ts';
import { reportDays } from '../../contract/reports.ts';
import { type PastItem, takenBack } from '../history/plan-history.ts';
import { daysOfMailing } from '../take-up.ts';
import { daysBefore } from './gather.ts';
import { changeText } from './write-report.ts';

describe('the days of a report', () => {
  it('are the day, the week from Monday, the month', () => {
    expect(reportDays('day', '2026-06-18')).toEqual({ from: '2026-06-18', to: '2026-06-18' });
    expect(['2026-06-15', '2026-06-21'].map((day) => reportDays('week', day))).toEqual(Array(2).fill({ from: '2026-06-15', to: '2026-06-21' }));
    expect(reportDays('week', '2027-01-01')).toEqual({ from: '2026-12-28', to: '2027-01-03' });
    expect(reportDays('month', '2028-02-29')).toEqual({ from: '2028-02-01', to: '2028-02-29' });
  });

  it('are those before the day it is due, or those under way', () => {
    const of = (every: 'day' | 'week' | 'month', covers: 'current' | 'last', day: string) => daysOfMailing({ rhythm: { every } as never, covers }, day);
    expect([of('day', 'last', '2026-03-01'), of('week', 'last', '2026-06-15'), of('month', 'last', '2026-03-31')]).toEqual([{ from: '2026-02-28', to: '2026-02-28' }, { from: '2026-06-08', to: '2026-06-14' }, { from: '2026-02-01', to: '2026-02-28' }]);
    expect([of('week', 'current', '2026-06-19'), of('month', 'current', '2026-03-31')]).toEqual([{ from: '2026-06-15', to: '2026-06-21' }, { from: '2026-03-01', to: '2026-03-31' }]);
  });

  it('are held against as many of the period before, all of it where they are over, and never a day of both', () => {
    const against = (unit: 'day' | 'week' | 'month', day: string, to: string) => { const whole = reportDays(unit, day); return daysBefore(unit, whole, { from: whole.from, to }); };
    expect(against('day', '2026-06-18', '2026-06-18')).toEqual({ from: '2026-06-17', to: '2026-06-17' });
    expect(against('week', '2026-06-18', '2026-06-17')).toEqual({ from: '2026-06-08', to: '2026-06-10' });
    expect(against('month', '2026-03-01', '2026-03-31')).toEqual({ from: '2026-02-01', to: '2026-02-28' });
    expect(against('month', '2026-03-01', '2026-03-30')).toEqual({ from: '2026-02-01', to: '2026-02-28' });
    expect(against('month', '2026-02-01', '2026-02-28')).toEqual({ from: '2026-01-01', to: '2026-01-31' });
  });
});

describe('a plan as it was', () => {
  it('has every later change taken back, the newest first', () => {
    const now: PastItem = { itemNo: 1, kind: 'task', parentNo: 5, body: { name: 'c' }, isRemoved: true };
    const back = (...changes: [object, object?][]) => takenBack(new Map([[1, now]]), changes.map(([before, after = {}]) => ({ items: [{ itemNo: 1, before, after }] }))).get(1);
    expect(back([{ isRemoved: false }], [{ body: { name: 'b' } }, { body: { name: 'c' } }], [{ parentNo: null }], [{ body: { name: 'a', note: '' } }, { body: { name: 'b' } }])).toEqual({ ...now, isRemoved: false, parentNo: null, body: { name: 'a', note: '' } });
    expect(back([{ isRemoved: true }])).toEqual(now);
  });

  it('keeps what was changed between something and its being undone', () => {
    const [first, moved] = [{ to: '2026-06-10', state: 'todo' }, { to: '2026-06-20', state: 'todo' }];
    const now: PastItem = { itemNo: 1, kind: 'task', parentNo: null, body: { to: '2026-06-10', state: 'done' }, isRemoved: false };
    const changes = [{ before: { body: moved }, after: { body: first } }, { before: { body: moved }, after: { body: { ...moved, state: 'done' } } }, { before: { body: first }, after: { body: moved } }];
    const back = (count: number) => takenBack(new Map([[1, now]]), changes.slice(0, count).map((each) => ({ items: [{ itemNo: 1, ...each }] }))).get(1)!.body;
    expect([back(1), back(2), back(3)]).toEqual([{ to: '2026-06-20', state: 'done' }, moved, first]);
  });
});

describe('how a metric moved', () => {
  const format = createFormat({ locale: 'en', timeZone: 'UTC', currency: 'CNY' });
  const word = (key: string, params: Record<string, unknown> = {}): string => [key.split('.').at(-1), ...Object.values(params)].join(' ');
  const moved = (now: string | null, before: string | null, unit: 'money' | 'percent' = 'money') => changeText({ metric: { unit }, now: { value: now } as never, before: { value: before } as never }, { format, word });
  it('is its part of what it was, points of a share, and nothing against nothing', () => {
    expect([moved('150', '100'), moved('50', '100'), moved('100', '100'), moved('-50', '-100')]).toEqual(['+50%', '-50%', '0%', '+50%']);
    expect([moved('0.25', '0.2', 'percent'), moved('0.2', '0.25', 'percent'), moved('1', '0', 'percent')]).toEqual(['points +5', 'points -5', 'points +100']);
    expect([moved('1', '0'), moved(null, '1'), moved('1', null)]).toEqual(Array(3).fill('noChange'));
  });
});
