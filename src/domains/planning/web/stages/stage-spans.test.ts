import { describe, expect, it } from 'vitest';
import { equalSpans, positionsOf } from './stage-spans.ts';

describe('the spans of stages', () => {
  it('are equal, follow each other without a gap and end with the plan', () => {
    expect(equalSpans({ startsOn: '2026-01-01', years: 5 })).toEqual([
      { stage: 'foundation', from: '2026-01-01', to: '2027-03-31' },
      { stage: 'experiments', from: '2027-04-01', to: '2028-06-30' },
      { stage: 'value', from: '2028-07-01', to: '2029-09-30' },
      { stage: 'loyalty', from: '2029-10-01', to: '2030-12-31' },
    ]);
    expect(equalSpans({ startsOn: '2026-03-15', years: 1 }).map(({ from, to }) => [from, to])).toEqual([
      ['2026-03-15', '2026-06-14'],
      ['2026-06-15', '2026-09-14'],
      ['2026-09-15', '2026-12-14'],
      ['2026-12-15', '2027-03-14'],
    ]);
  });

  it('have the positions of their first and of their last day', () => {
    const position = (itemNo: number, opens: string, closes: string | null) =>
      ({ itemNo, version: 1, changedAt: '', changedBy: '', parentNo: null, kind: 'position' as const, body: { name: '', department: '', opens, closes, becomesNo: null, reportsToNo: null, headcount: 1, purpose: '', skills: [], kpi: [], roleId: null } });
    const all = [position(1, '2025-01-01', '2025-12-31'), position(2, '2025-01-01', '2026-01-01'), position(3, '2026-12-31', null), position(4, '2027-01-01', null)];
    expect(positionsOf(all, { from: '2026-01-01', to: '2026-12-31' }).map(({ itemNo }) => itemNo)).toEqual([2, 3]);
  });
});
