import { expect, it } from 'vitest';
import { createSay } from '../../../platform/i18n.ts';
import { question as questionSchema, type QuestionAsked } from '../contract.ts';
import { ownRegistry } from '../registry/own.ts';
import { readAsked } from './asked.ts';
import { planAnswer } from './plan.ts';
import type { AnswerRow } from './print.ts';
import { shapeAnswer } from './shape.ts';

const registry = ownRegistry({ namesOf: async () => new Map() } as never, createSay());
const brand = { name: '常青', timeZone: 'Asia/Shanghai', currency: 'CNY' };

type Row = Record<string, string | number>;

/** Shapes what an engine might have answered. */
function shaped(given: QuestionAsked, answered: Row[]) {
  const asked = readAsked(registry, questionSchema.parse(given), null, brand, new Date('2026-05-20T04:00:00Z'));
  return shapeAnswer(registry, asked, planAnswer(registry, asked), answered.map((row) => ({ isTotal: 0, rowCount: 0, ...row }) as AnswerRow));
}

const row = (k0: string, now: number, before: number): Row => ({ k0, m0_now: String(now), m0_before: String(before) });

it('puts the n-th day beside the n-th day before; what is left over of a longer month before stands apart', () => {
  const { rows, beyond } = shaped({ metrics: ['units'], dimensions: ['day'], period: { from: '2026-02-01', to: '2026-02-28' }, compare: 'before' }, [
    row('2026-02-01', 5, 0), row('2026-01-01', 0, 7), row('2026-01-30', 0, 9),
  ]);
  expect(rows).toHaveLength(28);
  expect(rows.map(({ hasFacts }) => hasFacts).indexOf(false)).toBe(1);
  expect(rows[0]).toEqual({ keys: ['2026-02-01'], hasFacts: true, figures: { units: '5' }, against: { units: '7' } });
  expect(beyond.map(({ keys, against }) => [keys[0], against?.units])).toEqual([['2026-01-29', '0'], ['2026-01-30', '9'], ['2026-01-31', '0']]);
});

it('compares days that have no counterpart with nothing, which is not zero', () => {
  const { rows } = shaped({ metrics: ['units'], dimensions: ['day'], period: { from: '2026-03-01', to: '2026-03-31' }, compare: 'before' }, []);
  expect(rows[27].against).toEqual({ units: '0' });
  expect(rows.slice(28).map(({ against }) => against)).toEqual([null, null, null]);
});

it('keeps a week that both periods share apart in each', () => {
  const { rows } = shaped({ metrics: ['units'], dimensions: ['week'], period: { from: '2026-03-05', to: '2026-03-11' }, compare: 'before' }, [
    row('2026-02-23', 0, 3), row('2026-03-02', 5, 4), row('2026-03-09', 6, 0),
  ]);
  expect(rows).toEqual([
    { keys: ['2026-03-02'], hasFacts: true, figures: { units: '5' }, against: { units: '3' } },
    { keys: ['2026-03-09'], hasFacts: true, figures: { units: '6' }, against: { units: '4' } },
  ]);
});

it.each([
  ['exactly', '10', '4', '2.5'],
  ['half of a ten-thousandth away from zero', '0.0001', '2', '0.0001'],
  ['of what was given back as well', '-0.0003', '2', '-0.0002'],
  ['by nothing as nothing', '5', '0', null],
])('divides %s', (_what, sales, orders, expected) => {
  const { totals } = shaped({ metrics: ['averageOrder'], period: { from: '2026-03-01', to: '2026-03-31' } }, [{ isTotal: 1, m0_now: sales, m1_now: orders }]);
  expect(totals).toEqual({ averageOrder: expected });
});

it('sorts bands of prices by price, what is unknown last, and rows without a value at the end', () => {
  const bands = shaped({ metrics: ['units'], dimensions: ['priceBand'], period: { from: '2026-03-01', to: '2026-03-31' }, sort: { by: 'priceBand', descending: false } },
    [row('1000', 1, 0), row('50', 2, 0), row('', 3, 0), row('0.01', 4, 0)]);
  expect(bands.rows.map(({ keys }) => keys[0])).toEqual(['0.01', '50', '1000', '']);
  const shares = shaped({ metrics: ['refundRate'], dimensions: ['brand'], period: { from: '2026-03-01', to: '2026-03-31' } },
    [{ k0: 'a', m0_now: '0', m1_now: '0' }, { k0: 'b', m0_now: '1', m1_now: '4' }, { k0: 'c', m0_now: '1', m1_now: '2' }]);
  expect(shares.rows.map(({ keys, figures }) => [keys[0], figures.refundRate])).toEqual([['c', 0.5], ['b', 0.25], ['a', null]]);
});
