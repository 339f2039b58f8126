import { expect, it } from 'vitest';
import type { AnswerReply } from '../../contract.ts';
import { drawnAnswer, mapCells, mappedAnswer } from './drawn-answer.ts';

const column = (key: string, kind: 'dimension' | 'metric') => ({ key, kind, label: key.toUpperCase(), definition: '', unit: null, more: 'good' as const, isAdditive: true, hasPeople: false });

function answer(dimensions: string[], rows: [keys: string[], sales: string | null, against?: string][]): AnswerReply {
  return {
    columns: [...dimensions.map((key) => column(key, 'dimension')), column('sales', 'metric')],
    rows: rows.map(([keys, sales, against]) => ({ keys, labels: keys, figures: { sales }, against: against === undefined ? null : { sales: against } })),
    total: rows.length,
    totals: { sales: '0' },
    totalsAgainst: null,
    provenance: {} as AnswerReply['provenance'],
  };
}

it('draws one dimension as one line, with what it is compared with beside it', () => {
  const drawn = drawnAnswer(answer(['day'], [['2026-03-01'], ['2026-03-02']].map((keys, i) => [keys, i === 0 ? '5' : null, '7'])), 'sales', '?', 'before');
  expect(drawn).toEqual({
    categories: ['2026-03-01', '2026-03-02'],
    series: [{ name: 'SALES', values: [5, null], isAgainst: false }, { name: 'before', values: [7, 7], isAgainst: true }],
  });
});

it('draws a second dimension as a line each, the largest first, no more than eight, with gaps where there is nothing', () => {
  const rows = Array.from({ length: 10 }, (_, i): [string[], string] => [['d1', `c${i}`], String(i)]);
  const drawn = drawnAnswer(answer(['day', 'channel'], [...rows, [['d2', 'c9'], '1'], [['d2', ''], '50']]), 'sales', 'unknown', '');
  expect(drawn.categories).toEqual(['d1', 'd2']);
  expect(drawn.series.map(({ name }) => name)).toEqual(['unknown', 'c9', 'c8', 'c7', 'c6', 'c5', 'c4', 'c3']);
  expect(drawn.series[0].values).toEqual([null, 50]);
  expect(drawn.series[1].values).toEqual([9, 1]);
});

it('puts every spelling of a province into its square, and says what lies nowhere', () => {
  const mapped = mappedAnswer(answer(['province'], [[['浙江'], '5'], [['浙江省'], '7'], [['Taiwan'], '3'], [['Narnia'], '1'], [[''], '2']]), 'sales');
  const cells = mapCells(mapped, ({ zh }) => zh);
  expect(cells).toHaveLength(34);
  expect(cells.find(({ name }) => name === '浙江')?.value[2]).toBe(12);
  expect(cells.find(({ name }) => name === '台湾')?.value[2]).toBe(3);
  expect(cells.find(({ name }) => name === '西藏')?.value[2]).toBeNull();
  expect(mapped.together).toEqual(['浙江']);
  expect(mapped.elsewhere).toEqual([{ label: 'Narnia', value: 1 }, { label: '', value: 2 }]);
});
