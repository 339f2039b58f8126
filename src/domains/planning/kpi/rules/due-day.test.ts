import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, type Day } from '../../../../kernel/day.ts';
import { type AgreedDay, dayThatCounts, type Stood } from './due-day.ts';

const [start, end] = ['2026-05-01', '2026-05-31'];
const dayOf = (at: Date): Day => at.toISOString().slice(0, 10);
const at = (day: Day, hour = 4): Date => new Date(`${day}T${String(hour).padStart(2, '0')}:00:00Z`);
const stood = (...all: [Day, Day | null, number?][]): Stood[] => all.map(([on, dueOn, hour], n) => ({ at: at(on, hour), dueOn, by: `p${n}` }));
const counts = (days: readonly Stood[], agreed: AgreedDay | null = null) => dayThatCounts(days, agreed, { from: start, until: end }, dayOf);
const agreedTo = (dueOn: Day | null, on: Day): AgreedDay => ({ dueOn, at: at(on, 20), by: '周' });

describe('the due day that counts for a card', () => {
  it('is the one that stood when its days began, whatever it was moved to since', () => {
    expect(counts(stood(['2026-04-01', '2026-05-05']))).toEqual({ dueOn: '2026-05-05', moved: null, movedBy: [] });
    expect(counts(stood(['2026-04-01', '2026-05-01'], ['2026-04-30', '2026-05-05'], ['2026-05-04', '2026-05-12'], ['2026-05-06', '2026-05-20']))).toEqual({ dueOn: '2026-05-05', moved: { from: '2026-05-05', to: '2026-05-20', agreedBy: null }, movedBy: ['p2', 'p3'] });
    // Given up, taken out and handed over are all no day any more.
    expect(counts(stood(['2026-04-01', '2026-05-05'], ['2026-05-04', null]))).toMatchObject({ dueOn: '2026-05-05', moved: { to: null } });
    expect(counts(stood(['2026-04-01', '2026-05-05'], ['2026-05-04', '2026-05-20'], ['2026-05-09', '2026-05-05']))).toMatchObject({ dueOn: '2026-05-05', moved: null });
  });

  it('is the first of what was due later, and what is put right on its first day was never promised', () => {
    expect(counts(stood(['2026-04-01', null], ['2026-05-10', '2026-05-12', 1], ['2026-05-10', '2026-05-15', 2], ['2026-05-14', '2026-05-30']))).toEqual({ dueOn: '2026-05-15', moved: { from: '2026-05-15', to: '2026-05-30', agreedBy: null }, movedBy: ['p3'] });
    expect(counts(stood(['2026-04-01', null], ['2026-05-10', '2026-05-12', 1], ['2026-05-10', null, 2]))).toBeNull();
    expect(counts(stood(['2026-04-01', null]))).toBeNull();
  });

  it('is not one before or after its days, and the first in them of what was brought into them', () => {
    expect([counts(stood(['2026-04-01', '2026-04-20'])), counts(stood(['2026-04-01', '2026-06-20'])), counts(stood(['2026-04-01', null], ['2026-05-10', '2026-06-01']))]).toEqual([null, null, null]);
    // Nobody gets out of two cards at once by a day of June that becomes one of May, nor by one of April that is agreed to.
    expect(counts(stood(['2026-04-01', '2026-06-20'], ['2026-05-10', '2026-05-25']))).toEqual({ dueOn: '2026-05-25', moved: null, movedBy: [] });
    expect(counts(stood(['2026-04-01', '2026-04-20'], ['2026-05-03', '2026-05-20'], ['2026-05-19', '2026-06-02']))).toEqual({ dueOn: '2026-05-20', moved: { from: '2026-05-20', to: '2026-06-02', agreedBy: null }, movedBy: ['p2'] });
    const out = stood(['2026-04-01', '2026-05-05'], ['2026-05-04', '2026-06-20']);
    expect(counts(out, agreedTo('2026-06-20', '2026-05-04'))).toBeNull();
    expect(counts([...out, ...stood(['2026-05-08', '2026-05-30'])], agreedTo('2026-06-20', '2026-05-04'))).toMatchObject({ dueOn: '2026-05-30', moved: null });
  });

  it('is what a second person agreed to, until it is moved once more', () => {
    const moved = stood(['2026-04-01', '2026-05-05'], ['2026-05-04', '2026-05-20']);
    expect(counts(moved, agreedTo('2026-05-20', '2026-05-04'))).toEqual({ dueOn: '2026-05-20', moved: { from: '2026-05-05', to: '2026-05-20', agreedBy: '周' }, movedBy: [] });
    expect(counts([...moved, ...stood(['2026-05-19', '2026-06-20'])], agreedTo('2026-05-20', '2026-05-04'))).toMatchObject({ dueOn: '2026-05-20', moved: { from: '2026-05-20', to: '2026-06-20', agreedBy: null }, movedBy: ['p0'] });
    const dropped = stood(['2026-04-01', '2026-05-05'], ['2026-05-04', null]);
    expect(counts(dropped, agreedTo(null, '2026-05-04'))).toBeNull();
    expect(counts([...dropped, ...stood(['2026-05-06', '2026-05-25'])], agreedTo(null, '2026-05-04'))).toMatchObject({ dueOn: '2026-05-25', moved: null });
  });

  const within = (day: Day | null): Day | null => (day !== null && day >= start && day <= end ? day : null);
  const due = fc.option(fc.integer({ min: -20, max: 60 }).map((days) => addDays(start, days)));
  const history = fc.array(fc.record({ day: fc.integer({ min: -10, max: 30 }), hour: fc.integer({ min: 0, max: 19 }), due }), { minLength: 1, maxLength: 8 })
    .map((all) => all.map(({ day, hour, due: dueOn }) => ({ at: at(addDays(start, day), hour), dueOn })).sort((a, b) => a.at.getTime() - b.at.getTime()))
    .map((all): Stood[] => [{ at: new Date(0), dueOn: null, by: '' }, ...all.map((each, n) => ({ ...each, by: `p${n}` }))]);

  it('is found a second way, by looking at the end of each day', () => {
    fc.assert(fc.property(history, (days) => {
      const endOf = (day: Day): Day | null => within(days.findLast((each) => dayOf(each.at) <= day)!.dueOn);
      let [day, expected] = [addDays(start, -1), endOf(addDays(start, -1))];
      while (expected === null && day < addDays(start, 40)) expected = endOf((day = addDays(day, 1)));
      expect(counts(days)?.dueOn ?? null).toBe(expected);
    }));
  });

  it('does not change by what is done from the second day on without a second person, and is what stands now once one agrees', () => {
    fc.assert(fc.property(history, due, (days, next) => {
      const [before, later] = [counts(days), addDays(start, 31)];
      const moved = [...days, { at: at(later), dueOn: next, by: 'late' }];
      if (before) expect(counts(moved)).toMatchObject({ dueOn: before.dueOn, movedBy: before.dueOn === next ? [] : expect.arrayContaining(['late']) });
      expect(counts(moved, agreedTo(next, later))?.dueOn ?? null).toBe(within(next));
    }));
  });
});
