import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { extentOf, type SalesOfDay } from './extent.ts';

const sold = (day: number, over: Partial<SalesOfDay> = {}): SalesOfDay => ({ day, lines: 1, nobodys: 0, otherCurrency: 0, ...over });
const today = 20_000;

describe('the days a model learns from', () => {
  it('are those from the first to the last sale', () => {
    expect(extentOf([sold(19_000), sold(19_400), sold(19_990)], today)).toMatchObject({ from: 19_000, until: 19_990, misdated: 0 });
  });

  it('end where data end, though that be long ago', () => {
    expect(extentOf([sold(10_000), sold(10_100)], today)).toMatchObject({ from: 10_000, until: 10_100 });
  });

  it('leave out an order dated 1970, one of the day after tomorrow, and one before the calendar begins', () => {
    const sales = [sold(-300), sold(3, { lines: 2 }), sold(19_000, { lines: 50 }), sold(19_500, { lines: 60 }), sold(20_002, { lines: 4 })];
    expect(extentOf(sales, today)).toEqual({ from: 19_000, until: 19_500, misdated: 7, nobodys: 0, otherCurrency: 0 });
  });

  it('bear a gap of two years, as of a brand that was closed, and no longer one', () => {
    expect(extentOf([sold(18_000), sold(18_730)], today)).toMatchObject({ from: 18_000, until: 18_730 });
    expect(extentOf([sold(18_000), sold(18_731, { lines: 2 })], today)).toMatchObject({ from: 18_731, until: 18_731, misdated: 1 });
  });

  it('are the stretch with most sales, not the latest', () => {
    expect(extentOf([sold(15_000, { lines: 9 }), sold(15_001, { lines: 9 }), sold(19_999)], today)).toMatchObject({ from: 15_000, until: 15_001, misdated: 1 });
  });

  it('are told with what of them counts for nobody, or in no money of the brand', () => {
    const sales = [sold(10, { nobodys: 100 }), sold(19_000, { nobodys: 3, lines: 8 }), sold(19_001, { otherCurrency: 2, lines: 9 }), sold(19_002, { lines: 0, nobodys: 4 }), sold(19_003)];
    expect(extentOf(sales, today)).toEqual({ from: 19_000, until: 19_003, misdated: 1, nobodys: 7, otherCurrency: 2 });
  });

  it('are none where nobody bought', () => {
    expect(extentOf([], today)).toBeNull();
    expect(extentOf([sold(19_000, { lines: 0, nobodys: 5 })], today)).toBeNull();
    expect(extentOf([sold(today + 1)], today)).toBeNull();
  });

  it('hold every line once: within, or left out', () => {
    const days = fc.uniqueArray(fc.integer({ min: -500, max: 21_000 }), { minLength: 1, maxLength: 30 });
    fc.assert(fc.property(days, fc.integer({ min: 1, max: 9 }), (given, lines) => {
      const sales = given.toSorted((p, q) => p - q).map((day) => sold(day, { lines }));
      const extent = extentOf(sales, today);
      expect(extent === null).toBe(given.every((day) => day < 0 || day > today));
      if (!extent) return;
      const within = sales.filter(({ day }) => day >= extent.from && day <= extent.until).length;
      expect(within * lines + extent.misdated).toBe(sales.length * lines);
      expect(given).toContain(extent.from);
      expect(given).toContain(extent.until);
    }));
  });
});
