import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluateConsent, type LineagePart, type Statement } from './rules.ts';

const at = (day: number): Date => new Date(Date.UTC(2026, 0, day));
const said = (customerNo: number, granted: boolean, day: number): Statement => ({ customerNo, granted, at: at(day) });
const alone: LineagePart[] = [{ customerNo: 1, survivorNo: null, mergedAt: null }];
const merged: LineagePart[] = [...alone, { customerNo: 2, survivorNo: 1, mergedAt: at(10) }];

describe('which consent counts', () => {
  it('is the newest statement, however late it is told', () => {
    expect(evaluateConsent([said(1, true, 3), said(1, false, 5), said(1, true, 1)], alone)?.decisive.granted).toBe(false);
  });

  it('is the refusal of two at the same moment', () => {
    expect(evaluateConsent([said(1, true, 3), said(1, false, 3)], alone)?.decisive.granted).toBe(false);
  });

  it('is nothing where nothing was said', () => {
    expect(evaluateConsent([], alone)).toBeUndefined();
  });

  it('is the stricter one of two people who were merged, and says so', () => {
    expect(evaluateConsent([said(1, true, 9), said(2, false, 1)], merged)).toMatchObject({ decisive: { granted: false, customerNo: 2 }, stricterKept: true });
    expect(evaluateConsent([said(1, false, 1), said(2, true, 9)], merged)).toMatchObject({ decisive: { granted: false, customerNo: 1 }, stricterKept: true });
  });

  it('is the consent one of them gave where the other never said anything', () => {
    expect(evaluateConsent([said(2, true, 1)], merged)).toMatchObject({ decisive: { granted: true }, stricterKept: false });
  });

  it('is what the person says after the merge', () => {
    expect(evaluateConsent([said(2, false, 1), said(1, true, 11)], merged)).toMatchObject({ decisive: { granted: true }, stricterKept: false });
  });

  it('follows chains of merges', () => {
    const chain: LineagePart[] = [...merged, { customerNo: 3, survivorNo: 2, mergedAt: at(5) }];
    expect(evaluateConsent([said(3, false, 1), said(2, true, 6)], chain)?.decisive.granted).toBe(true);
    expect(evaluateConsent([said(3, false, 1), said(2, true, 4)], chain)?.decisive.granted).toBe(false);
  });

  it('never becomes a consent by merging somebody who refused, whoever survives', () => {
    const statement = fc.record({ customerNo: fc.constantFrom(1, 2), granted: fc.boolean(), day: fc.integer({ min: 1, max: 9 }) });
    fc.assert(fc.property(fc.array(statement, { maxLength: 12 }), (list) => {
      const statements = list.map((s) => said(s.customerNo, s.granted, s.day));
      const each = [1, 2].map((no) => evaluateConsent(statements.filter((s) => s.customerNo === no), [{ customerNo: no, survivorNo: null, mergedAt: null }]));
      const together = evaluateConsent(statements, merged);
      if (each.some((e) => e?.decisive.granted === false)) expect(together?.decisive.granted).toBe(false);
    }));
  });
});
