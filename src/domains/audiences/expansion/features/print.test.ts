import { describe, expect, it } from 'vitest';
import { Bindings } from '../../set/bindings.ts';
import type { FeaturePlan } from './feature.ts';
import { printFeatures, printScores, type Scope, scopesOf } from './print.ts';
import { sourcesOf } from './sources.ts';

const value = "茶叶'; DROP TABLE order_line; --";
const plan: FeaturePlan = {
  asOf: new Date('2026-06-30T04:00:00Z'),
  timeZone: 'Asia/Shanghai',
  leftOut: [],
  dialect: { hasMerges: true },
  values: {
    category: [value],
    brand: [value],
    event: [value],
    gender: [value],
    consent: [value],
    tag: ['12'],
    'attribute.plan': [value],
  },
};
const scopes: Scope[] = [{ between: [1, 100] }, { between: [1, 100], only: [7, 8] }, { between: 'merged' }];

describe('statements about features', () => {
  it('hold every value bound, and none as text', () => {
    for (const of of sourcesOf(plan, [])) {
      for (const scope of scopes) {
        const weighings = new Map(of(new Bindings()).features.map(({ key }) => [key, { weight: 0.123456, mean: 9.87654 }]));
        for (const print of [printFeatures, (...given: Parameters<typeof printFeatures>) => printScores(given[0], weighings, ...given.slice(1) as [Scope, FeaturePlan['dialect'], Bindings])]) {
          const bind = new Bindings();
          const sql = print(of(bind), scope, plan.dialect, bind);
          expect(sql).not.toContain('茶叶');
          expect(sql).not.toContain('DROP');
          expect(sql).not.toContain('Shanghai');
          expect(sql).not.toContain('0.123');
          for (const [, name] of sql.matchAll(/\{(\w+):/g)) expect(bind.params).toHaveProperty(name);
        }
      }
    }
  });

  it('read a family of values by one expression when they are weighed, however many they are', () => {
    const many = { ...plan, values: { category: Array.from({ length: 20 }, (_, i) => `品类 ${i}`) } };
    const [, lines] = sourcesOf(many, []);
    const weighings = new Map(many.values.category.map((category) => [`category:${category}`, { weight: 1, mean: 0.05 }]));
    const bind = new Bindings();
    const sql = printScores(lines(bind), weighings, { between: [1, 100] }, plan.dialect, bind);
    expect(sql.match(/sum\(transform\(/g)).toHaveLength(1);
    expect(sql).not.toContain('countIf');
  });

  it('read each person once: merged people in a reading of their own, where there are any and rows are by number', () => {
    const ranges: [number, number][] = [[1, 10], [10, 20]];
    const [totals, lines, , profile] = sourcesOf(plan, []).map((of) => of(new Bindings()));
    expect(scopesOf(ranges, { hasMerges: false }, lines)).toEqual([{ between: [1, 10] }, { between: [10, 20] }]);
    for (const source of [totals, lines]) {
      expect(scopesOf(ranges, { hasMerges: true }, source).map(({ between }) => between)).toEqual([[1, 10], [10, 20], 'merged']);
    }
    // A survivor's profile holds what the whole lineage says.
    expect(scopesOf(ranges, { hasMerges: true }, profile)).toHaveLength(2);
  });

  it('are not made of sources of which everything is left out', () => {
    expect(sourcesOf({ ...plan, values: {} }, [])).toHaveLength(3);
    const without = { ...plan, values: {}, leftOut: ['first_seen', 'birth_date'] };
    expect(sourcesOf(without, [])).toHaveLength(2);
  });
});
