import { describe, expect, it } from 'vitest';
import { createSay } from '../../../../platform/i18n.ts';
import { locales } from '../../../../kernel/locale.ts';
import { fewestBuyers, fewestRepeaters, type HistoryFacts, shortestHistoryDays, whyNot } from './check-brand.ts';

const enough: HistoryFacts = { buyers: 100, repeaters: 40, orders: 180, spent: 9_000, withoutValue: 0, correlation: 0.1 };

describe('why lifetime value cannot be fitted', () => {
  it('is nothing where there is enough, to the last one', () => {
    expect(whyNot(enough, 400)).toBeNull();
    expect(whyNot({ ...enough, buyers: fewestBuyers, repeaters: fewestRepeaters }, shortestHistoryDays)).toBeNull();
  });

  const reasons: [string, Partial<HistoryFacts>, number][] = [
    ['insights.lifetime_one_day', {}, 1],
    ['insights.lifetime_short', {}, shortestHistoryDays - 1],
    ['insights.lifetime_few_buyers', { buyers: fewestBuyers - 1 }, 400],
    ['insights.lifetime_few_buyers', { buyers: 1, repeaters: 1, orders: 3 }, 400],
    ['insights.lifetime_no_repeats', { repeaters: 0, orders: 100 }, 400],
    ['insights.lifetime_few_repeats', { repeaters: fewestRepeaters - 1 }, 400],
  ];

  it.each(reasons)('%s, with what can be said', (code, facts, days) => {
    const problem = whyNot({ ...enough, ...facts }, days);
    expect(problem).toMatchObject({ code, status: 422 });
    const { orders, spent } = { ...enough, ...facts };
    expect(problem?.params).toMatchObject({ average: (spent / orders).toFixed(2) });
  });

  it.each(reasons)('%s is a whole sentence in every language', (code, facts, days) => {
    const say = createSay();
    const problem = whyNot({ ...enough, ...facts }, days);
    for (const locale of locales) {
      const sentence = say(locale, 'insights', `problem.${code.slice('insights.'.length)}`, problem?.params);
      expect(sentence).not.toContain('{{');
      expect(sentence).not.toContain('lifetime_');
      expect(sentence).toContain(String(problem?.params.average));
    }
  });

  it('divides by nothing where there is nothing', () => {
    expect(whyNot({ ...enough, buyers: 0, repeaters: 0, orders: 0, spent: 0 }, 1)?.params).toMatchObject({ average: '0.00', perBuyer: '0.00' });
  });
});
