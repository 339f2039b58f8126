import { describe, expect, it } from 'vitest';
import type { Locale } from '../../../kernel/locale.ts';
import { createSay } from '../../../platform/i18n.ts';
import { createFieldRegistry } from '../fields/registry.ts';
import { createValueNames } from '../fields/value-names.ts';
import { labels, sentenceOf } from './shown.ts';
import type { ExpansionResult } from './store.ts';

type Told = ExpansionResult['features'][number];

const say = createSay();
const told = (over: Partial<Told>): Told => ({
  key: 'orders',
  tells: 'times',
  weight: 1,
  alone: 0.7,
  perUnit: 1,
  members: Math.log1p(5.2),
  others: Math.log1p(1.7),
  ...over,
});

describe('what a model goes by, in words', () => {
  const sentence = (over: Partial<Told>, label = 'Orders', locale: Locale = 'en'): string =>
    sentenceOf(say, locale, told(over), label);

  it('compares what is typical of members and of others, and says what twice as many do', () => {
    expect(sentence({})).toBe(
      'Orders: typically 5.2 for members, 1.7 for others (3.1 times). '
      + 'All else equal, each doubling multiplies the odds of being a member by 2.',
    );
  });

  it('says so when more makes less like', () => {
    expect(sentence({ perUnit: -1 })).toContain('multiplies the odds of being a member by 0.5.');
  });

  it.each<[string, Partial<Told>, string]>([
    [
      'a share',
      { tells: 'share', members: 0.362, others: 0.12, perUnit: 5 },
      'Tea: 36.2% on average for members, 12% for others (3 times). All else equal, 10 points more multiply the odds of being a member by 1.6.',
    ],
    [
      'having something',
      { tells: 'has', members: 0.62, others: 0.2, perUnit: 0.7 },
      'Tea: 62% of members, 20% of others (3.1 times). All else equal, having it multiplies the odds of being a member by 2.',
    ],
    [
      'years',
      { tells: 'years', members: 31, others: 42, perUnit: -0.05 },
      'Tea: typically 31 for members, 42 for others (0.74 times). All else equal, ten years more multiply the odds of being a member by 0.61.',
    ],
    [
      'money',
      { tells: 'money', members: Math.log1p(1234.5), others: Math.log1p(617.25), perUnit: 0.5 },
      'Tea: typically 1,230 for members, 617 for others (2 times). All else equal, each doubling multiplies the odds of being a member by 1.4.',
    ],
  ])('of %s', (_name, over, expected) => {
    expect(sentence(over, 'Tea')).toBe(expected);
  });

  it('says nothing of times where nobody has it, or nothing is known', () => {
    expect(sentence({ tells: 'has', members: 0.4, others: 0 })).toMatch(/^Orders: 40% of members, 0% of others\. All else/);
    expect(sentence({ members: null })).toMatch(/^Orders: typically unknown for members, 1\.7 for others\. All else/);
  });

  it('speaks Chinese as an operator does', () => {
    expect(sentence({}, '下单次数', 'zh-CN')).toBe(
      '下单次数：人群通常 5.2，其他人通常 1.7（3.1 倍）。其他条件相同时，每翻一倍，属于人群的几率变为 2 倍。',
    );
    expect(sentence({ tells: 'has', members: 0.62, others: 0.2 }, '女', 'zh-TW')).toMatch(/^女：人群中佔 62%，其他人中佔 20%/);
  });
});

describe('names of features', () => {
  const keys = ['tag:3', 'tag:4'];
  const parts = {
    fields: createFieldRegistry(),
    valueNames: createValueNames({} as never, say, createFieldRegistry()),
    say,
    sentences: { tagNames: async (ids: readonly number[]) => new Map(ids.filter((id) => id === 3).map((id) => [id, '茶客'])) },
  };
  const named = async (key: string, locale: Locale = 'zh-CN'): Promise<string> => (await labels(parts, keys, locale))(key);

  it.each([
    ['orders', '下单次数'],
    ['category', '购买品类'],
    ['category:茶叶', '购买品类：茶叶'],
    ['event:Product Viewed', '行为：浏览商品'],
    ['event:喝茶', '行为：喝茶'],
    ['language:en', '语言：英语'],
    ['gender:female', '女'],
    ['tag:3', '标签：茶客'],
    ['tag:4', '标签：4'],
    ['attribute.plan', 'plan'],
    ['attribute.plan:gold', 'plan：gold'],
    ['consent', '触达许可'],
    ['consent:sms/marketing/granted', '已同意短信用于营销'],
    ['unheard.of:1', 'unheard.of：1'],
  ])('%s is called %s', async (key, name) => {
    expect(await named(key)).toBe(name);
  });

  it('of a registered field are its label', async () => {
    parts.fields.register({
      name: 'membership.tier',
      label: 'audiences:field.city',
      type: 'text',
      source: 'customers',
      relation: 'select 1',
    });
    expect(await named('membership.tier:金卡')).toBe('城市：金卡');
    expect(await named('membership.tier', 'en')).toBe('City');
  });
});
