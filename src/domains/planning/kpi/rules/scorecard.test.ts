import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareRatios, plus, type Ratio, ratio } from '../../../../kernel/ratio.ts';
import { type Curve } from './curve.ts';
import { type Component, inHundredths, scoreCard, scoreProgress, weightsFault } from './scorecard.ts';

const n = (value: number): Ratio => ratio(BigInt(Math.round(value * 10_000)), 10_000n);
const part = (key: string, weight: number, score: number | null): Component => ({ key, weight: n(weight), score: score === null ? null : n(score) });
const shown = (score: Ratio | null): number | null => score && Number(inHundredths(score)) / 100;

describe('case 47: a scorecard', () => {
  it('weighs to 100 exactly, 99 and 100.0001 are refused, and no part weighs nothing', () => {
    expect(weightsFault([part('a', 33.3333, 0), part('b', 33.3333, 0), part('c', 33.3334, 0)])).toBeNull();
    expect(weightsFault([part('a', 60, 0), part('b', 39, 0)])).toBe('not_hundred');
    expect(weightsFault([part('a', 60, 0), part('b', 40.0001, 0)])).toBe('not_hundred');
    expect(weightsFault([part('a', 110, 0), part('b', -10, 0)])).toBe('not_positive');
    expect(weightsFault([])).toBe('not_hundred');
  });

  it('leaves out what is not applicable: it is not zero, and the others weigh more', () => {
    const { total, weights } = scoreCard([part('sales', 50, 90), part('work', 30, 60), part('superior', 20, null)]);
    expect([shown(total), [...weights].map(([key, weight]) => [key, shown(weight)])]).toEqual([78.75, [['sales', 62.5], ['work', 37.5], ['superior', 0]]]);
    expect(scoreCard([part('a', 100, null)]).total).toBeNull();
    expect(shown(scoreCard([part('a', 50, 0), part('b', 50, 100)]).total)).toBe(50);
  });

  it('is rounded once, at its end', () => {
    const third = { key: 'a', weight: n(50), score: ratio(100n, 3n) };
    expect(shown(scoreCard([third, { ...third, key: 'b', score: ratio(50n, 3n) }]).total)).toBe(25);
  });

  it('lies between its parts, does not depend on their order, and weighs 100 in all', () => {
    const parts = fc.array(fc.tuple(fc.integer({ min: 1, max: 1_000 }), fc.option(fc.integer({ min: 0, max: 150 }))), { minLength: 1, maxLength: 12 });
    fc.assert(fc.property(parts, (given) => {
      const card = given.map(([weight, score], at) => part(String(at), weight, score));
      const { total, weights } = scoreCard(card);
      const scores = given.flatMap(([, score]) => score ?? []);
      if (scores.length === 0) return void expect(total).toBeNull();
      expect(compareRatios(total!, n(Math.min(...scores)))).toBeGreaterThanOrEqual(0);
      expect(compareRatios(total!, n(Math.max(...scores)))).toBeLessThanOrEqual(0);
      expect(compareRatios(scoreCard(card.toReversed()).total!, total!)).toBe(0);
      expect(compareRatios([...weights.values()].reduce(plus), n(100))).toBe(0);
      // A second way, in floating point.
      const applicable = given.filter(([, score]) => score !== null);
      const plain = applicable.reduce((sum, [weight, score]) => sum + weight * score!, 0) / applicable.reduce((sum, [weight]) => sum + weight, 0);
      expect(Number(total!.n) / Number(total!.d)).toBeCloseTo(plain, 9);
    }));
  });
});

describe('the score of progress', () => {
  /** Ten points for each week early, at most 120; all is gone after twenty days. */
  const curve: Curve = { points: [{ at: n(-14), score: n(120) }, { at: n(0), score: n(100) }, { at: n(20), score: n(0) }] };
  const milestone = (dueOn: string, doneOn: string | null, weight = 1) => ({ dueOn, doneOn, weight: n(weight) });

  it('counts early, on time and late by days, each by its weight', () => {
    expect(shown(scoreProgress([milestone('2026-03-15', '2026-03-08')], curve, '2026-03-31'))).toBe(110);
    expect(shown(scoreProgress([milestone('2026-03-15', '2026-03-15'), milestone('2026-03-10', '2026-03-15', 3)], curve, '2026-03-31'))).toBe(81.25);
  });

  it('counts what is overdue as late until today, and leaves out what is not due', () => {
    const open = [milestone('2026-03-15', null), milestone('2026-06-30', null)];
    expect(shown(scoreProgress(open, curve, '2026-03-25'))).toBe(50);
    expect(scoreProgress(open, curve, '2026-03-15')).toBeNull();
    expect(shown(scoreProgress([milestone('2026-06-30', '2026-03-20')], curve, '2026-03-31'))).toBe(120);
    // What is reached later was not reached then: an old period is scored as it stood.
    expect(shown(scoreProgress([milestone('2026-03-15', '2026-04-30')], curve, '2026-03-25'))).toBe(50);
  });
});
