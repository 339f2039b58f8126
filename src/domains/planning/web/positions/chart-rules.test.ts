import { describe, expect, it } from 'vitest';
import { chartAt, type ChartNode, dutiesBy, dutyGaps, fillersOn } from './chart-rules.ts';

const item = { version: 1, changedAt: '', changedBy: '', parentNo: null };
const position = (itemNo: number, reportsToNo: number | null, opens = '2026-01-01', closes: string | null = null) =>
  ({ ...item, itemNo, kind: 'position' as const, body: { name: String(itemNo), department: '', opens, closes, becomesNo: null, reportsToNo, headcount: 1, purpose: '', skills: [], kpi: [], roleId: null } });
const shape = (nodes: ChartNode[]): unknown[] => nodes.map(({ position: { itemNo }, below }) => (below.length === 0 ? itemNo : [itemNo, ...shape(below)]));
const part = (parentNo: number, positionNo: number, letter: 'R' | 'A' | 'C' | 'I') => ({ ...item, itemNo: 0, parentNo, kind: 'responsibility' as const, body: { positionNo, letter } });
const duty = (itemNo: number) => ({ ...item, itemNo, kind: 'duty' as const, body: { name: '', stage: 'value' as const, isCore: true, note: '' } });

describe('the chart of a day', () => {
  it('has those that are there, each under the next above that is', () => {
    const all = [position(1, null), position(2, 1, '2026-01-01', '2026-06-30'), position(3, 2), position(4, 3, '2026-07-01'), position(5, 99)];
    expect(shape(chartAt(all, '2026-06-30'))).toEqual([[1, [2, 3]], 5]);
    expect(shape(chartAt(all, '2026-07-01'))).toEqual([[1, [3, 4]], 5]);
    expect(chartAt(all, '2025-12-31')).toEqual([]);
  });

  it('loses nobody where two report to each other', () => {
    expect(chartAt([position(1, 2, '2027-01-01'), position(2, 1, '2027-01-01'), position(3, 1)], '2026-01-01')).toHaveLength(1);
  });

  it('has people from their first to their last day', () => {
    const assigned = { ...item, itemNo: 9, parentNo: 1, kind: 'assignment' as const, body: { person: { staffId: null, name: '林' }, sharePercent: 50, from: '2026-02-01', to: '2026-02-28' } };
    expect(['2026-01-31', '2026-02-01', '2026-02-28', '2026-03-01'].map((day) => fillersOn([assigned], 1, day).length)).toEqual([0, 1, 1, 0]);
  });
});

describe('duties', () => {
  it('that nobody has, that nobody answers for, and that several answer for are found', () => {
    const parts = [part(2, 1, 'C'), part(3, 1, 'R'), part(4, 1, 'A'), part(4, 2, 'A'), part(5, 1, 'A'), part(5, 2, 'R'), part(6, 3, 'A')];
    expect([...dutyGaps([1, 2, 3, 4, 5, 6].map(duty), parts, new Set([1, 2]))]).toEqual([[1, 'nobody'], [2, 'nobody'], [3, 'noAnswer'], [4, 'manyAnswer'], [6, 'nobody']]);
  });

  it('of a stage that is still to come are not missed yet; of one without dates they are', () => {
    const stage = { ...item, itemNo: 9, kind: 'stage' as const, body: { stage: 'value' as const, from: '2028-01-01', to: '2028-12-31', aim: '' } };
    expect([dutiesBy([duty(1)], [stage], '2027-12-31'), dutiesBy([duty(1)], [stage], '2028-01-01'), dutiesBy([duty(1)], [], '2026-01-01')].map((found) => found.length)).toEqual([0, 1, 1]);
  });
});
