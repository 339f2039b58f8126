import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Metric } from '../../insights/public.ts';
import { daysOf, type FigureAsked } from '../contract.ts';
import { batchesOf } from './batches.ts';
import { natureOf } from './nature.ts';

const metric = (name: string, more: Partial<Metric> = {}): Metric => ({
  name,
  words: `test:${name}`,
  subject: 'sales',
  table: 'lines',
  unit: 'count',
  more: 'good',
  isAdditive: true,
  reckoned: { kind: 'aggregate', sql: () => '1' },
  ...more,
});
const tables = ['lines', 'members', 'events'];
/** Thirty of each table, of which the last ten stand. */
const all = new Map(tables.flatMap((table) => Array.from({ length: 30 }, (_, n): [string, Metric] => [`${table}${n}`, metric(`${table}${n}`, { table, isStanding: n >= 20 })])));
const of = (name: string): Metric => all.get(name)!;
const ask = (name: string, value: string | null = null): FigureAsked => ({ metric: name, filter: value === null ? null : { dimension: 'channel', value } });

describe('figures that are asked together', () => {
  it('are of one table, one filter, and either happen or stand', () => {
    const batches = batchesOf([ask('lines1'), ask('members1'), ask('lines2', '天猫'), ask('lines25'), ask('lines3')], of, daysOf('2026'));
    expect(batches.map(({ question }) => question.metrics)).toEqual([['lines1', 'lines3'], ['members1'], ['lines2'], ['lines25']]);
    expect(batches.map(({ isByMonth }) => isByMonth)).toEqual([true, true, true, false]);
    expect(batches[2].question.filters).toEqual([{ dimension: 'channel', test: 'in', values: ['天猫'] }]);
    expect(batches[3].question.dimensions).toEqual([]);
  });

  it('are the same question in whatever order they are asked, so that its answer is kept', () => {
    const names = ['lines3', 'lines1', 'lines2', 'lines1'];
    const [first] = batchesOf(names.map((name) => ask(name)), of, daysOf('2026-Q1'));
    const [second] = batchesOf(names.toReversed().map((name) => ask(name)), of, daysOf('2026-Q1'));
    expect(JSON.stringify(first.question)).toBe(JSON.stringify(second.question));
    expect(first.question).toMatchObject({ metrics: ['lines1', 'lines2', 'lines3'], period: { from: '2026-01-01', to: '2026-03-31' } });
  });

  it('are each in exactly one question, of no more than twenty metrics', () => {
    const figure = fc.tuple(fc.constantFrom(...all.keys()), fc.option(fc.constantFrom('天猫', '门店'), { nil: null })).map(([name, value]) => ask(name, value));
    fc.assert(fc.property(fc.array(figure, { maxLength: 200 }), (asked) => {
      const batches = batchesOf(asked, of, daysOf('2026'));
      expect(batches.flatMap((batch) => batch.asked)).toHaveLength(asked.length);
      for (const { asked: own, question } of batches) {
        expect(question.metrics.length).toBeLessThanOrEqual(20);
        expect(own.every(({ metric: name }) => question.metrics.includes(name))).toBe(true);
        expect(new Set(own.map(({ filter }) => filter?.value)).size).toBe(1);
      }
    }));
  });
});

describe('how parts of a figure make the whole', () => {
  it.each([
    ['sum', {}],
    ['distinct', { isAdditive: false }],
    ['level', { isAdditive: false, reckoned: { kind: 'ratio' as const, of: ['a', 'b'] as [string, string] } }],
    ['standing', { isStanding: true }],
    ['standing', { isStanding: true, isAdditive: false }],
  ] as const)('is a %s for %j', (nature, more) => {
    expect(natureOf(metric('x', more as Partial<Metric>))).toBe(nature);
  });
});
