import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distanceFor, middleOf, placeCircles, sharedArea } from './circles.ts';

const inside = (circle: { x: number; y: number; r: number }, at: { x: number; y: number }): boolean => Math.hypot(circle.x - at.x, circle.y - at.y) < circle.r;

describe('two circles', () => {
  it('share the area they are asked to, whatever their sizes', () => {
    fc.assert(fc.property(fc.double({ min: 0.1, max: 1, noNaN: true }), fc.double({ min: 0.1, max: 1, noNaN: true }), fc.double({ min: 0.01, max: 0.99, noNaN: true }), (r1, r2, part) => {
      const wanted = part * Math.PI * Math.min(r1, r2) ** 2;
      expect(sharedArea(r1, r2, distanceFor(r1, r2, wanted))).toBeCloseTo(wanted, 6);
    }));
  });

  it('do not touch where the sets share nobody, and lie within each other where one holds the other', () => {
    const [a, b] = placeCircles([100, 50], () => 0);
    expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeGreaterThan(a.r + b.r);
    const [outer, inner] = placeCircles([100, 25], () => 25);
    expect(Math.hypot(outer.x - inner.x, outer.y - inner.y) + inner.r).toBeLessThanOrEqual(outer.r + 1e-6);
  });

  it('are as large as their sets', () => {
    const [a, b] = placeCircles([400, 100], () => 10);
    expect((a.r / b.r) ** 2).toBeCloseTo(4);
  });
});

describe('three circles', () => {
  const circles = placeCircles([100, 80, 60], () => 30);

  it('have a place for the figure of every region', () => {
    for (let mask = 1; mask < 8; mask++) {
      const middle = middleOf(circles, mask);
      expect(middle, String(mask)).not.toBeNull();
      for (const [index, circle] of circles.entries()) expect(middle && inside(circle, middle)).toBe((mask & (1 << index)) !== 0);
    }
  });

  it('stand somewhere even where no drawing is right', () => {
    for (const circle of placeCircles([100, 100, 100], (a, b) => (a + b === 1 ? 0 : 99))) expect(Object.values(circle).every(Number.isFinite)).toBe(true);
    for (const circle of placeCircles([0, 0, 0], () => 0)) expect(Object.values(circle).every(Number.isFinite)).toBe(true);
  });
});
