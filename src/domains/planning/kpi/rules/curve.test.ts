import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareRatios, minus, plus, type Ratio, ratio, times } from '../../../../kernel/ratio.ts';
import { type Better, type Curve, curveOf, scoreAt } from './curve.ts';

const n = (value: number): Ratio => ratio(BigInt(Math.round(value * 10_000)), 10_000n);
const plain = ({ n: top, d }: Ratio): number => Number(top) / Number(d);
const curve = (better: Better): Curve => {
  const drawn = curveOf(better);
  if (typeof drawn === 'string') throw new Error(drawn);
  return drawn;
};
const at = (better: Better, ...values: number[]): number[] => values.map((value) => plain(scoreAt(curve(better), n(value))));

describe('case 47: the score of a figure', () => {
  it('is 100 at the target and 0 at the floor, and rises past the target up to its most', () => {
    expect(at({ is: 'higher', target: n(200), floor: n(100), most: n(120) }, 0, 100, 150, 200, 210, 220, 500)).toEqual([0, 0, 50, 100, 110, 120, 120]);
  });

  it('falls where lower is better, and a target of zero is a target', () => {
    expect(at({ is: 'lower', target: n(0), floor: n(50), most: n(100) }, -5, 0, 10, 25, 50, 80)).toEqual([100, 100, 80, 50, 0, 0]);
    expect(at({ is: 'lower', target: n(24), floor: n(48), most: n(125) }, 6, 18, 24, 36, 60)).toEqual([125, 125, 100, 50, 0]);
  });

  it('is full within a band and falls over the slack on both sides, at once where there is none', () => {
    expect(at({ is: 'within', low: n(10), high: n(20), slack: n(5) }, 4, 5, 7.5, 10, 15, 20, 22, 25, 99)).toEqual([0, 0, 50, 100, 100, 100, 60, 0, 0]);
    expect(at({ is: 'within', low: n(10), high: n(20), slack: n(0) }, 9.9999, 10, 20, 20.0001)).toEqual([0, 100, 100, 0]);
  });

  it('cannot be drawn where its points contradict each other', () => {
    expect(curveOf({ is: 'higher', target: n(5), floor: n(5), most: n(100) })).toBe('floor_at_target');
    expect(curveOf({ is: 'higher', target: n(5), floor: n(9), most: n(100) })).toBe('floor_beyond_target');
    expect(curveOf({ is: 'lower', target: n(9), floor: n(5), most: n(100) })).toBe('floor_beyond_target');
    expect(curveOf({ is: 'higher', target: n(9), floor: n(5), most: n(99) })).toBe('most_below_hundred');
    expect(curveOf({ is: 'within', low: n(9), high: n(5), slack: n(1) })).toBe('band_reversed');
    expect(curveOf({ is: 'within', low: n(1), high: n(5), slack: n(-1) })).toBe('slack_below_zero');
  });

  it('never rises where the figure gets worse, and is the same however the figure is scaled', () => {
    const amount = fc.integer({ min: -1_000, max: 1_000 });
    fc.assert(fc.property(amount, fc.integer({ min: 1, max: 500 }), fc.integer({ min: 100, max: 150 }), amount, amount, fc.constantFrom('higher' as const, 'lower' as const), (target, gap, most, x, y, is) => {
      const floor = is === 'higher' ? target - gap : target + gap;
      const better: Better = { is, target: n(target), floor: n(floor), most: n(most) };
      const [low, high] = [Math.min(x, y), Math.max(x, y)].map((value) => scoreAt(curve(better), n(value)));
      expect(compareRatios(low, high) * (is === 'higher' ? 1 : -1)).toBeLessThanOrEqual(0);
      const scaled: Better = { is, target: times(better.target, n(7)), floor: times(better.floor, n(7)), most: better.most };
      expect(compareRatios(scoreAt(curve(scaled), times(n(x), n(7))), scoreAt(curve(better), n(x)))).toBe(0);
      expect(compareRatios(scoreAt(curve(better), n(target)), n(100))).toBe(0);
    }));
  });

  it('of a band is the same on both sides', () => {
    const side = fc.integer({ min: 0, max: 500 });
    fc.assert(fc.property(side, side, side, side, (low, width, slack, off) => {
      const better: Better = { is: 'within', low: n(low), high: n(low + width), slack: n(slack + 1) };
      const [below, above] = [minus(better.low, n(off)), plus(better.high, n(off))].map((value) => scoreAt(curve(better), value));
      expect(compareRatios(below, above)).toBe(0);
    }));
  });
});
