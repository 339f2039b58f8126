import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestPlatform, type TestPlatform } from '../../../../test/harness.ts';
import type { Locale } from '../../../kernel/locale.ts';
import { createSay } from '../../../platform/i18n.ts';
import { rule } from '../contract/rule.ts';
import { createFieldRegistry } from '../fields/registry.ts';
import { createValueNames } from '../fields/value-names.ts';
import { createSentences, namesFrom, type Sentences } from './sentences.ts';

/** What a product that is no longer in the catalogue, and one that is hostile, are called. */
const hostile = "茶'); drop table product; --";

describe('a rule as a sentence', () => {
  let test: TestPlatform;
  let sentences: Sentences;
  beforeAll(async () => {
    test = await createTestPlatform();
    const { pg } = test.platform;
    await pg.query("insert into product (product_id, name, first_seen_at, described_at) values ('T-1', '明前龙井', now(), now()), ('T-2', $1, now(), now()), ('T-3', null, now(), now())", [hostile]);
    await pg.query("insert into tag (name) values ('茶客')");
    const say = createSay();
    sentences = createSentences(say, createFieldRegistry(), {
      tags: namesFrom(pg, 'select tag_id as id, name from tag where tag_id = any($1::int[])'),
      audiences: namesFrom(pg, 'select audience_id as id, name from audience where audience_id = any($1::int[])'),
      lists: namesFrom(pg, 'select list_id as id, name from audience_list where list_id = any($1::int[])'),
    }, createValueNames(test.platform, say, createFieldRegistry()));
  });
  afterAll(() => test.close());

  const sentence = (given: object, locale: Locale = 'zh-CN') => sentences.ofRule(rule.parse(given), locale);
  const bought = (over: object, more: object = {}) => ({ kind: 'measure', facts: { fact: 'order', ...over }, measure: 'orders', compare: { is: 'at_least', value: 1 }, ...more });
  const field = (name: string, values: string[]) => ({ kind: 'field', field: name, test: { test: 'any_of', values } });

  it('calls products by their names, and by their ids where they have none', async () => {
    const where = [{ field: 'product', test: 'any_of', values: ['T-1', 'T-2', 'T-3', 'gone'] }];
    expect(await sentence(bought({ where }))).toBe(`购买（商品是明前龙井、${hostile}、T-3、gone）的订单数不少于 1`);
    const steps = { kind: 'sequence', first: { fact: 'order', where }, then: [{ facts: { fact: 'order', where: [{ field: 'product', test: 'none_of', values: ['T-1'] }] }, within: { amount: 3, unit: 'day' } }] };
    expect(await sentence(steps)).toMatch(/明前龙井.*不是明前龙井/);
  });

  it('calls what the product itself has words for in the reader\'s language, and nothing else', async () => {
    expect(await sentence(field('gender', ['female', '女']))).toBe('性别是女、女');
    expect(await sentence(field('gender', ['female']), 'en')).toBe('Gender is Female');
    expect(await sentence(field('language', ['zh-CN', '?!']))).toBe('语言是中文（中国）、?!');
    expect(await sentence(field('city', ['female']))).toBe('城市是female');
    expect(await sentence(field('attribute.plan', ['female']))).toBe('plan是female');
  });

  it('names events of the usual plan, and others as their maker did', async () => {
    const did = (name: string) => ({ kind: 'measure', facts: { fact: 'event', name }, measure: 'times', compare: { is: 'at_least', value: 1 } });
    expect(await sentence(did('Product Viewed'))).toContain('“浏览商品”');
    expect(await sentence(did('Product Viewed'), 'en')).toContain('“Product viewed”');
    expect(await sentence(did('门店扫码'))).toContain('“门店扫码”');
    expect(await sentence(did('constructor'))).toContain('“constructor”');
  });

  it('writes days and numbers as the language does', async () => {
    const day = { period: { from: '2026-11-11', to: '2026-11-11' }, compare: { is: 'between', from: 1200, to: '99999.5' } };
    expect(await sentence(bought({}, day))).toBe('2026/11/11 当天购买的订单数在 1,200 到 99,999.5 之间');
    expect(await sentence(bought({}, day), 'en')).toContain('on Nov 11, 2026');
    expect(await sentence(bought({}, { period: { from: '2026-01-01', to: { ago: 0, unit: 'day' } } }))).toContain('2026/01/01至今天');
  });

  it('says of what is gone that it is gone', async () => {
    const { rows: [{ id }] } = await test.platform.pg.query<{ id: number }>("select tag_id as id from tag where name = '茶客'");
    expect(await sentence({ kind: 'tag', tags: [id] })).toContain('茶客');
    expect(await sentence({ kind: 'tag', tags: [id + 99] })).toContain(String(id + 99));
  });
});
