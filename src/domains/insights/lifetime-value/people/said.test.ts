import { describe, expect, it } from 'vitest';
import { createSay } from '../../../../platform/i18n.ts';
import { rule } from '../../../audiences/contract.ts';
import { type PeopleOfLifetime, peopleOfLifetime } from '../../contract/lifetime-value.ts';
import { lifetimeFields } from './fields.ts';
import { ruleOf, sentenceOf } from './said.ts';

const say = createSay();
const of = (limits: object): PeopleOfLifetime => peopleOfLifetime.parse({ kind: 'lifetime_value', ...limits });

const limits: [object, string, string][] = [
  [{}, 'People who ever bought', '买过的用户'],
  [{ tenths: [9, 10] }, 'People: in tenth 10, 9 by value', '价值在第 10、9 层的用户'],
  [{ cohort: '2026-02' }, 'People: first bought in 2026-02', '2026-02 首购的用户'],
  [{ channel: '官网' }, 'People: first bought through “官网”', '首购渠道为“官网”的用户'],
  [{ channel: '' }, 'People: first bought through an unknown channel', '首购渠道未知的用户'],
  [{ orders: { from: 2, to: 2 } }, 'People: bought on 2 days', '买过 2 次的用户'],
  [{ orders: { from: 5, to: 7 } }, 'People: bought on 5 to 7 days', '买过 5 至 7 次的用户'],
  [{ orders: { from: 15, to: null } }, 'People: bought on at least 15 days', '至少买过 15 次的用户'],
  [{ alive: { from: 0.5, to: null } }, 'People: probability of not being lost at least 50%', '未流失的概率至少 50%的用户'],
  [{ alive: { from: 0.2, to: 0.5 } }, 'People: probability of not being lost 20% to 50%', '未流失的概率在 20% 至 50% 之间的用户'],
  [{ value365: { from: 100, to: 200 } }, 'People: expected to bring 100 to 200 in 365 days', '365 天预计价值在 100 至 200 之间的用户'],
  [{ tenths: [10], alive: { from: 0, to: 0.3 } }, 'People: in tenth 10 by value, probability of not being lost 0% to 30%', '价值在第 10 层、未流失的概率在 0% 至 30% 之间的用户'],
];

describe('people behind numbers of lifetime value', () => {
  it.each(limits)('%j are said in words', (given, english, chinese) => {
    expect(sentenceOf(say, of(given), 'en')).toBe(english);
    expect(sentenceOf(say, of(given), 'zh-CN')).toBe(chinese);
  });

  it.each(limits)('%j are a rule over fields that are there', (given) => {
    const found = ruleOf(of(given));
    expect(rule.safeParse(found).success).toBe(true);
    const names = JSON.stringify(found).match(/"field":"[^"]+"/g) ?? [];
    const known = new Set(lifetimeFields(() => 7).map((field) => `"field":"${field().name}"`));
    expect(names.length).toBeGreaterThan(0);
    expect(names.every((name) => known.has(name))).toBe(true);
  });

  it('say how long they have rested, which is no part of the rule: a rule would count from today', () => {
    expect(sentenceOf(say, of({ rest: { from: 31, to: 60 } }), 'en')).toBe('People: last bought 31 to 60 days before');
    expect(sentenceOf(say, of({ rest: { from: 731, to: null } }), 'zh-CN')).toBe('距上次购买至少 731 天的用户');
    expect(ruleOf(of({ tenths: [3], rest: { from: 31, to: 60 } }))).toEqual(ruleOf(of({ tenths: [3] })));
  });

  it('a month ends where the next begins', () => {
    expect(ruleOf(of({ cohort: '2024-02' }))).toMatchObject({ test: { period: { from: '2024-02-01', to: '2024-02-29' } } });
    expect(ruleOf(of({ cohort: '2025-12' }))).toMatchObject({ test: { period: { from: '2025-12-01', to: '2025-12-31' } } });
  });

  it('are refused where a limit is none', () => {
    for (const wrong of [{ tenths: [] }, { tenths: [11] }, { cohort: '2026-13' }, { alive: { from: 2, to: null } }, { value365: { from: -1, to: null } }, { orders: { from: 0, to: 1 } }]) {
      expect(peopleOfLifetime.safeParse({ kind: 'lifetime_value', ...wrong }).success).toBe(false);
    }
  });

  it('fields are of the run that is shown, and change their version with it', () => {
    let run = 4;
    const fields = lifetimeFields(() => run);
    expect(fields.every((field) => field().relation.includes('model_id = 4') && field().version === '4')).toBe(true);
    run = 5;
    expect(fields.every((field) => field().relation.includes('model_id = 5') && field().version === '5')).toBe(true);
  });
});
