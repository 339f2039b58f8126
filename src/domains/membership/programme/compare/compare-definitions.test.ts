import { describe, expect, it } from 'vitest';
import { locales } from '../../../../kernel/locale.ts';
import { createSay } from '../../../../platform/i18n.ts';
import { type ProgrammeDefinition, programmeDefinition } from '../../contract/programme.ts';
import { describeProgramme } from '../describe/describe-programme.ts';
import { consumerGoods } from '../ready-made/consumer-goods.ts';
import { createWords } from '../words/phrase.ts';
import { publicRules } from '../preview/told.ts';
import { compareDefinitions } from './compare-definitions.ts';

const brand = { name: '常青', timeZone: 'Asia/Shanghai', currency: 'CNY' };
const say = createSay();

/** A programme that has something of everything. */
const full = (): ProgrammeDefinition => {
  const { points, ...rest } = consumerGoods();
  const extra = (key: string, when: ProgrammeDefinition['points']['multipliers'][number]['when']) => ({ key, names: { en: key }, when, factor: '2' });
  const multipliers = [
    ...points.multipliers, extra('products', { kind: 'product', products: ['A', 'B', 'C', 'D'] }), extra('categories', { kind: 'category', categories: ['茶叶', '茶具'] }),
    extra('channels', { kind: 'channel', channels: ['天猫'] }), extra('weekdays', { kind: 'member_day', days: { by: 'weekday', weekdays: [3] } }),
    extra('dates', { kind: 'member_day', days: { by: 'date', dates: ['2026-11-11'] } }),
  ];
  return programmeDefinition.parse({
    ...rest, joining: { ...rest.joining, channels: ['天猫'], consent: { channel: 'sms', purpose: 'marketing' } }, growth: { ...rest.growth, perOrder: 5 },
    tierRules: { ...rest.tierRules, clock: { kind: 'calendar', months: 12, startMonth: 4 } }, points: { ...points, multipliers, caps: { perOrder: 10, perDay: 20, perMonth: 30 } }, autoRedeem: { points: 500, itemNo: 3, perMonth: 2 }, removedTiers: { gold: 'leaf' },
  });
};

const leavesOf = (value: unknown, path: string[] = []): { path: string[]; value: unknown }[] =>
  typeof value === 'object' && value !== null ? Object.entries(value).flatMap(([key, inner]) => leavesOf(inner, [...path, key])) : [{ path, value }];

function changed(definition: ProgrammeDefinition, path: string[], value: unknown): unknown {
  const copy = structuredClone(definition) as unknown as Record<string, unknown>;
  const holder = path.slice(0, -1).reduce((inner, key) => inner[key] as Record<string, unknown>, copy);
  holder[path.at(-1)!] = value;
  return copy;
}

/** Other values for a setting, of which at least one is allowed there. */
const others = (value: unknown): unknown[] => {
  if (typeof value === 'boolean') return [!value];
  if (typeof value === 'number') return [value + 1, value - 1];
  if (typeof value !== 'string') return [];
  return ['7', '2027-01-01', '#abcdef', 'sprout', 'evergreen', 'unknown_key', '别的', 'application', 'everything', 'email', 'service', 'gem', 'recompute', 'at_once', 'approved', 'all', 'take_back', 'up', 'product', 'year', 'week', 'only_pending', 'opening_balances'].filter((other) => other !== value);
};

/** Whose kind decides which other settings there are; and the first tier, which is never lost. */
const isApart = (path: string[]): boolean => ['kind', 'by'].includes(path.at(-1) ?? '') || path.join('.') === 'tiers.0.keep';

describe('two definitions', () => {
  const leaves = leavesOf(full()).filter(({ path }) => !isApart(path));

  it.each(leaves.map(({ path, value }) => [path.join('.'), path, value] as const))('differ in a sentence where they differ in %s', (_name, path, value) => {
    const before = full();
    const other = others(value).map((each) => programmeDefinition.safeParse(changed(before, [...path], each))).find(({ success }) => success)?.data;
    expect(other, 'another value that is allowed').toBeDefined();
    const changes = compareDefinitions(before, other!);
    expect(changes.length).toBeGreaterThan(0);
    expect(compareDefinitions(before, before)).toEqual([]);
  });

  it('say what was and what is, and nothing else', () => {
    const before = consumerGoods();
    const after = consumerGoods();
    after.points.rate.amount = 2;
    after.points.expiry = { kind: 'never' };
    after.tiers[1].names = { en: 'Green leaf' };
    after.points.multipliers.pop();
    const words = createWords(say, 'en', brand, after.tiers);
    expect(compareDefinitions(before, after).map(({ before: was, after: is }) => [was && words.say(was.phrase), is && words.say(is.phrase)])).toEqual([
      ['Tier leaf is called 青叶会员, 青葉會員, Leaf', 'Tier leaf is called Green leaf'],
      ['1 point for every ¥1.00 spent', '2 points for every ¥1.00 spent'],
      ['Points end after 12 months, at the end of that month', 'Points never end'],
      ['Member day: 2 times as many points on day 18 of each month', null],
      ['Points that come back after they ended are good for 30 more days', null],
    ]);
  });

  it('tell what came to a list of which a sentence shows only the beginning', () => {
    const after = full();
    const products = after.points.multipliers.find(({ key }) => key === 'products')!;
    products.when = { kind: 'product', products: ['A', 'B', 'C', 'E', 'F'] };
    expect(compareDefinitions(full(), after)).toMatchObject([{ id: 'points.multipliers.products', added: ['E', 'F'], removed: ['D'] }]);
  });

  it('are the same where amounts are only written differently', () => {
    const after = consumerGoods();
    after.points.rate.per = '1.00';
    after.points.thresholds[0].from = '500.0';
    expect(compareDefinitions(consumerGoods(), after)).toEqual([]);
  });
});

describe('a programme in words', () => {
  it('is said in every language, with nothing left open', () => {
    for (const locale of locales) {
      const definition = full();
      const words = createWords(say, locale, brand, definition.tiers);
      const sentences = describeProgramme(definition).map(({ phrase }) => words.say(phrase));
      expect(sentences.filter((sentence) => /\{\{|programme\.|says\.|undefined|\[object/.test(sentence))).toEqual([]);
      expect(new Set(sentences).size).toBe(sentences.length);
    }
  });

  it('is told to members part by part, without what is only for those who work with it', () => {
    const rules = publicRules(consumerGoods(), say, 'zh-CN', brand);
    expect(rules.map(({ title }) => title)).toEqual(['入会', '等级', '成长值', '保级与降级', '得积分', '积分加成', '积分有效期', '用积分', '退货']);
    expect(rules[0].sentences).toEqual(['首次下单后自动成为会员', '入会当单也计入']);
    expect(rules.flatMap(({ sentences }) => sentences).join()).not.toContain('#8fb573');
  });

  it('reads as a member would read it', () => {
    const definition = consumerGoods();
    const read = (locale: 'zh-CN' | 'en') => {
      const words = createWords(say, locale, brand, definition.tiers);
      return describeProgramme(definition).filter(({ isPublic }) => isPublic).map(({ phrase }) => words.say(phrase));
    };
    expect(read('en')).toEqual(expect.arrayContaining([
      'The first order makes somebody a member', 'Blossom: from 2,500 growth', 'Blossom is kept by 2,000 growth in each cycle', '1 point for every ¥1.00 spent',
      'Counted for points: goods, tax. Not counted: postage, what coupons paid, what points paid, what gift cards paid', 'Points end after 12 months, at the end of that month', '100 points pay ¥1.00', 'Points may pay up to 50% of a bill',
      'Evergreen bonus: 1.5 times as many points for Evergreen', 'Birthday month: 2 times as many points in the month of one’s birthday',
    ]));
    expect(read('zh-CN')).toEqual(expect.arrayContaining([
      '首次下单后自动成为会员', '花信会员：成长值达到 2,500', '每消费 ¥1.00 得 1 积分', '积分满 12 个月后，于当月底失效', '100 积分抵 ¥1.00', '每月 18 日会员日：每月 18 日，积分 2 倍', '生日月双倍：生日当月，积分 2 倍',
    ]));
  });
});
