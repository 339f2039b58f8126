import { describe, expect, it } from 'vitest';
import { readPng } from '../../../test/read-png.ts';
import { drawLines } from './line-chart.ts';
import { encodePng } from './png.ts';

const green = [20, 120, 80] as const;
const drawn = (...lines: Parameters<typeof drawLines>[2][number][]) =>
  readPng(encodePng(drawLines(200, 100, lines)));

describe('a picture of lines', () => {
  it('reads back as the pixels that were drawn', () => {
    const rgba = new Uint8Array([1, 2, 3, 4, 5, 6, 7, 8]);
    const read = readPng(encodePng({ width: 2, height: 1, rgba }));
    expect([read.width, read.height]).toEqual([2, 1]);
    expect([read.pixel(0, 0), read.pixel(1, 0)]).toEqual([
      [1, 2, 3, 4],
      [5, 6, 7, 8],
    ]);
  });

  it('stands on nothing, so that it fits light and dark', () => {
    const read = drawn({ values: [1, 1], colour: green, width: 3 });
    expect(read.pixel(100, 40)[3]).toBe(0);
    expect(read.pixel(0, 0)[3]).toBe(0);
  });

  it('goes through its values on a scale from zero', () => {
    const read = drawn({ values: [0, 10], colour: green, width: 3 });
    expect(read.pixel(8, 92)).toEqual([...green, 255]);
    expect(read.pixel(191, 9)).toEqual([...green, 255]);
    expect(read.pixel(100, 50)).toEqual([...green, 255]);
    expect(read.pixel(100, 20)[3]).toBe(0);
  });

  it('fills the area under a line faintly, and draws one line over another', () => {
    const read = drawn(
      { values: [10, 10], colour: [200, 200, 200], width: 2 },
      { values: [10, 10], colour: green, width: 3, fill: 0.2 },
    );
    expect(read.pixel(100, 8).slice(0, 3)).toEqual([...green]);
    const [, , , opacity] = read.pixel(100, 40);
    expect(opacity).toBeGreaterThan(30);
    expect(opacity).toBeLessThan(80);
  });

  it('leaves a gap where there is nothing, and draws a single value as a level', () => {
    const gap = drawn({
      values: [10, 10, null, 10, 10],
      colour: green,
      width: 3,
    });
    expect(gap.pixel(30, 8)[3]).toBe(255);
    expect(gap.pixel(100, 10)[3]).toBe(0);
    const one = drawn({ values: [5], colour: green, width: 3 });
    expect(one.pixel(100, 8).slice(0, 3)).toEqual([...green]);
  });

  it('is drawn of nothing, of zeros and of negative values without fault', () => {
    for (const values of [[], [0, 0, 0], [-5, 5, -5], [null, null]])
      expect(drawn({ values, colour: green, width: 3, fill: 0.1 }).width).toBe(
        200,
      );
  });
});
