import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestPlatform, type TestPlatform } from '../../../../../test/harness.ts';
import { insertLines } from '../../../../../test/order-lines.ts';
import type { AudienceField } from '../../fields/field.ts';
import { createFieldRegistry } from '../../fields/registry.ts';
import { chooseValues } from './choose-values.ts';

const members = [1, 2, 3];
const others = [11, 12, 13];
const level: AudienceField = {
  name: 'membership.level',
  label: 'audiences:field.city',
  type: 'text',
  source: 'customers',
  hasChoices: true,
  relation: "select customer_no, concat('级 ', toString(customer_no % 9)) as value from customer final where status = 'active'",
};
const hostile = ["'; DROP TABLE order_line; --", '全角　文字', '😀 emoji', 'back\\slash', '{p0:String}', 'a"b'];

describe('the values that are worth a feature', () => {
  let test: TestPlatform;
  beforeAll(async () => {
    test = await createTestPlatform();
    const { clickhouse } = test.platform;
    const line = (customerNo: number, category: string, brand = '') => ({ customerNo, category, brand, order: `${customerNo} ${category}` });
    await insertLines(clickhouse, [
      // Others buy what is common; members something that hardly anybody buys, and everybody else buys the rest.
      ...others.flatMap((no) => [line(no, '日用'), line(no, '日用'), line(no, '零食')]),
      ...members.flatMap((no) => [line(no, '日用'), line(no, '猫粮', '常青')]),
      ...Array.from({ length: 40 }, (_, i) => line(100 + i, `品类 ${i}`)),
      ...Array.from({ length: 30 }, (_, i) => line(1, `长尾 ${i}`)),
      { ...line(2, '退回'), kind: 'refund' as const },
      ...hostile.map((category) => line(12, category, category)),
    ]);
    await clickhouse.command(`insert into customer (customer_no, version, status, created_at, channel, gender, attributes, tags, consents)
      select number + 1, 1, 'active', '2026-01-01 00:00:00', '官网', if(number % 2 = 0, 'male', 'female'),
        concat('{"plan": "', if(number % 2 = 0, 'gold', 'free'), '", "nickname": "', toString(number), '", "a b": "x"}'), [7], ['sms/marketing/granted'] from numbers(20)`);
    await clickhouse.command(`insert into customer (customer_no, version, status, created_at, channel, gender, attributes)
      select number + 1000, 1, 'active', '2026-01-01 00:00:00', '官网', 'male', '{"plan": "silver"}' from numbers(20)`);
  });
  afterAll(() => test.close());

  const choose = (of: { members: number[]; others: number[] }, registered: AudienceField[] = []) =>
    chooseValues(test.platform.reader, createFieldRegistry(), registered, of);

  it('are those of members as much as those of others, however few the members are among all', async () => {
    const { category, brand } = await choose({ members, others });
    expect(category.slice(0, 2)).toEqual(['日用', '零食']);
    expect(category).toContain('猫粮');
    expect(category).not.toContain('退回');
    expect(category.filter((value) => value.startsWith('品类'))).toEqual([]);
    expect(category).toHaveLength(20);
    expect(brand).toContain('常青');
    expect(brand).not.toContain('');
  });

  it('are taken as they are written, whatever that is', async () => {
    const { category } = await choose({ members: [12], others: [12] });
    for (const value of hostile) expect(category).toContain(value);
    expect(await test.platform.reader.rows('select count() > 0 as there from order_line')).toEqual([{ there: 1 }]);
  });

  it('are of attributes that are few, not of texts that are everybody’s own, nor of keys that cannot be asked for', async () => {
    const found = await choose({ members: Array.from({ length: 10 }, (_, i) => i + 1), others: Array.from({ length: 10 }, (_, i) => i + 11) });
    expect(found['attribute.plan'].toSorted()).toEqual(['free', 'gold']);
    expect(Object.keys(found).filter((family) => family.startsWith('attribute.'))).toEqual(['attribute.plan']);
  });

  it('are of the profile, tags, consent, and what other domains brought, so many of each', async () => {
    const found = await choose({ members, others }, [level]);
    expect(found.gender.toSorted()).toEqual(['female', 'male']);
    expect(found.tag).toEqual(['7']);
    expect(found.consent).toEqual(['sms/marketing/granted']);
    expect(found['membership.level'].length).toBeLessThanOrEqual(6);
    expect(found['membership.level'].every((value) => value.startsWith('级 '))).toBe(true);
    expect(found.event).toBeUndefined();
    expect(found.province).toBeUndefined();
  });

  it('are none where nobody did anything', async () => {
    const { category, gender } = await choose({ members: [9_001], others: [9_002] });
    expect([category, gender]).toEqual([undefined, undefined]);
  });

  it('are the same each time', async () => {
    expect(await choose({ members, others }, [level])).toEqual(await choose({ members, others }, [level]));
  });
});
