import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CardEvidence, CardPart } from '../../contract.ts';
import { partFault, partsFault, scoreLines } from './score-line.ts';

type Line = { part: CardPart; evidence: CardEvidence };
const at = '2026-06-18T04:00:00.000Z';
const outcome = (key: string, weight: string, better: Extract<CardPart, { kind: 'outcome' }>['better'], value: string | null): Line => ({
  part: { kind: 'outcome', key, name: key, weight, metric: { metric: 'sales', filter: null }, better },
  evidence: { kind: 'outcome', state: value === null ? 'no_data' : 'known', value, label: '', definition: '', nature: 'aggregate', from: '2026-01-01', until: '2026-03-31', computedAt: at },
});
const process = (key: string, weight: string, target: number, floor: number, count: number, most = 120): Line => ({
  part: { kind: 'process', key, name: key, weight, work: 'tasks', better: { is: 'higher', target: String(target), floor: String(floor), most: String(most) } },
  evidence: { kind: 'process', state: 'known', count, rows: [], computedAt: at },
});
const said = (key: string, weight: string, score: string | null, points: string | null = null): Line => ({
  part: { kind: 'subjective', key, name: key, weight, criteria: '' },
  evidence: { kind: 'subjective', superior: score === null ? null : { score, reason: '', by: '', at }, self: { score: '100', reason: '', by: '', at }, shift: points === null ? null : { points, reason: '', by: '', at } },
});

describe('the score of a card with what it stands on', () => {
  it('is made of four kinds, and what a superior said is shifted while one’s own word never counts', () => {
    const progress: Line = {
      part: { kind: 'progress', key: 'p', name: 'p', weight: '10', of: 'both', curve: [{ days: 0, score: '100' }, { days: 20, score: '0' }] },
      evidence: { kind: 'progress', asOf: '2026-03-31', rows: [{ itemNo: 1, name: '', dueOn: '2026-03-10', doneOn: '2026-03-15' }], computedAt: at },
    };
    const card = [outcome('a', '50', { is: 'lower', target: '0', floor: '50', most: '100' }, '12.5'), process('b', '20', 10, 0, 8), progress, said('d', '20', '80', '-5')];
    expect(scoreLines(card)).toMatchObject({
      lines: [{ key: 'a', score: '75.00', weight: '50.00' }, { key: 'b', score: '80.00', weight: '20.00' }, { key: 'p', score: '75.00', weight: '10.00' }, { key: 'd', score: '75.00', weight: '20.00' }],
      total: '76.00',
    });
  });

  it('gives the weight of what has no figure to the others', () => {
    expect(scoreLines([outcome('a', '60', { is: 'higher', target: '10', floor: '0', most: '100' }, null), process('b', '30', 10, 0, 5), said('c', '10', null)])).toMatchObject({ lines: [{ score: null, weight: '0.00' }, { score: '50.00', weight: '100.00' }, { score: null }], total: '50.00' });
    expect(scoreLines([said('c', '100', null)]).total).toBeNull();
  });

  it('is the same computed a second way, in floating point', () => {
    const line = fc.record({ weight: fc.integer({ min: 1, max: 60 }), target: fc.integer({ min: 1, max: 50 }), gap: fc.integer({ min: 1, max: 40 }), count: fc.integer({ min: 0, max: 120 }) });
    fc.assert(fc.property(fc.array(line, { minLength: 1, maxLength: 8 }), (lines) => {
      const card = lines.map(({ weight, target, gap, count }, key) => process(String(key), String(weight), target, target - gap, count));
      const scores = lines.map(({ target, gap, count }) => Math.max(0, Math.min(120, ((count - (target - gap)) / gap) * 100)));
      const plain = lines.reduce((sum, { weight }, i) => sum + weight * scores[i], 0) / lines.reduce((sum, { weight }) => sum + weight, 0);
      expect(Number(scoreLines(card).total)).toBeCloseTo(plain, 1);
      expect(Math.abs(Number(scoreLines(card).total) - plain)).toBeLessThan(0.00501);
    }));
  });

  it('cannot be made of weights that are not a hundred, or of a curve that contradicts itself', () => {
    const parts = (...weights: string[]): CardPart[] => weights.map((weight, key) => said(String(key), weight, null).part);
    expect([partsFault(parts('60', '40')), partsFault(parts('60', '39'))?.code, partsFault(parts('110', '-10'))?.code]).toEqual([null, 'weights_not_hundred', 'weight_not_positive']);
    const wrong = process('a', '100', 5, 9, 0).part;
    expect([partFault(wrong), partsFault([wrong])]).toEqual(['floor_beyond_target', { code: 'curve_wrong', at: 0 }]);
    expect(partFault({ kind: 'progress', key: 'p', name: 'p', weight: '1', of: 'both', curve: [{ days: 5, score: '1' }, { days: 5, score: '2' }] })).toBe('curve_unordered');
  });
});
