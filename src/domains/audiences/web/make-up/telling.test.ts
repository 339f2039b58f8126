import { expect, it } from 'vitest';
import { tellingValues } from './telling.ts';

const value = (label: string, inAudience: number, inBase: number, pValue: number | null = 1e-9) =>
  ({ value: label, label, inAudience, inBase, tgi: inBase === 0 ? null : (inAudience / 1_000 / (inBase / 10_000)) * 100, pValue });
const of = (...values: ReturnType<typeof value>[]) => ({ size: 1_000, base: 10_000, computedAt: '', tookMs: 1, traits: [{ trait: 't', label: 'T', values }] });

it('tells first what is most above the base, and last what is most below it', () => {
  const found = tellingValues(of(value('less', 10, 4_000), value('same', 100, 1_000), value('more', 300, 1_000), value('most', 500, 1_000), value('nobody', 0, 2_000)), 2);
  expect(found.map(({ label, tgi }) => [label, Math.round(tgi)])).toEqual([['T · most', 500], ['T · more', 300], ['T · less', 3], ['T · nobody', 0]]);
});

it('tells nothing that may be chance, that concerns hardly anybody, or that nobody has', () => {
  expect(tellingValues(of(value('chance', 300, 1_000, 0.2), value('unsure', 300, 1_000, null), value('four', 4, 4), value('rare', 4, 9), value('none', 0, 0)), 9)).toEqual([]);
});

it('tells so many of each side', () => {
  const many = Array.from({ length: 20 }, (_, i) => value(`v${i}`, 300 + i, 1_000));
  expect(tellingValues(of(...many), 3).map(({ label }) => label)).toEqual(['T · v19', 'T · v18', 'T · v17']);
});
