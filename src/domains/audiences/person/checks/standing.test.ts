import { describe, expect, it } from 'vitest';
import { explained, meets, noon, personOf } from '../../../../../test/one-person.ts';
import { createFieldRegistry } from '../../fields/registry.ts';
import { audienceKey, listKey } from '../person-facts.ts';

const field = (name: string, test: object): object => ({ kind: 'field', field: name, test });

describe('fields', () => {
  const tea = { fields: { province: '浙江', 'attribute.plan': 'gold', 'attribute.visits': '12.50009' } };
  it.each([
    ['province', { test: 'any_of', values: ['上海', '浙江'] }, true],
    ['province', { test: 'none_of', values: ['浙江'] }, false],
    ['province', { test: 'contains', value: '江' }, true],
    ['province', { test: 'starts_with', value: '江' }, false],
    ['attribute.plan', { test: 'any_of', values: ['Gold'] }, false],
    ['attribute.plan', { test: 'any_of', values: ['ｇｏｌｄ'] }, false],
    ['attribute.visits', { test: 'compare', compare: { is: 'equals', value: '12.5' } }, true],
    ['attribute.plan', { test: 'compare', compare: { is: 'not_equals', value: 1 } }, false],
  ])('compare text character by character: %s %j', (name, test, holds) => {
    expect(meets(field(name, test), tea)).toBe(holds);
  });

  it('that say nothing pass only what asks for nothing', () => {
    const tests = [{ test: 'any_of', values: ['x'] }, { test: 'contains', value: 'x' }, { test: 'compare', compare: { is: 'at_most', value: 1 } }, { test: 'known' }];
    for (const test of tests) expect(meets(field('city', test), {}), test.test).toBe(false);
    for (const test of [{ test: 'none_of', values: ['x'] }, { test: 'unknown' }]) expect(meets(field('city', test), {}), test.test).toBe(true);
    expect(meets(field('birth_date', { test: 'within', period: {} }), {})).toBe(false);
    expect(meets(field('birth_date', { test: 'anniversary', from: -180, to: 180 }), {})).toBe(false);
  });

  it('that are numbers are exact', () => {
    const fields = createFieldRegistry();
    const person = personOf({ fields: { sales_ever: 5_000_001n } });
    expect(explained(field('sales_ever', { test: 'compare', compare: { is: 'more_than', value: 500 } }), person, noon, fields)).toMatchObject({ holds: true, parts: new Map([['', { found: { number: 5_000_001n } }]]) });
    expect(explained(field('sales_ever', { test: 'compare', compare: { is: 'between', from: 400, to: 500 } }), person, noon, fields).holds).toBe(false);
  });

  it('that are moments lie in days of the brand', () => {
    const seen = (at: string): object => ({ fields: { first_seen: Date.parse(at) } });
    const june17 = field('first_seen', { test: 'within', period: { from: '2026-06-17', to: '2026-06-17' } });
    expect([meets(june17, seen('2026-06-16T15:59:59.999Z')), meets(june17, seen('2026-06-16T16:00:00Z')), meets(june17, seen('2026-06-17T15:59:59.999Z')), meets(june17, seen('2026-06-17T16:00:00Z'))])
      .toEqual([false, true, true, false]);
    expect(meets(field('first_seen', { test: 'anniversary', from: 0, to: 0 }), seen('2020-06-17T16:30:00Z'))).toBe(true);
  });

  it('that are days are inclusive at both ends', () => {
    const born = (day: string): object => ({ fields: { birth_date: day } });
    const nineties = field('birth_date', { test: 'within', period: { from: '1990-01-01', to: '1999-12-31' } });
    expect(['1989-12-31', '1990-01-01', '1999-12-31', '2000-01-01'].map((day) => meets(nineties, born(day)))).toEqual([false, true, true, false]);
  });

  it('come round every year, 29 February on the 28th where there is none', () => {
    const birthday = field('birth_date', { test: 'anniversary', from: 0, to: 0 });
    const on = (now: string) => ({ ...noon, now: new Date(`${now}T04:00:00Z`) });
    const leapling = { fields: { birth_date: '1996-02-29' } };
    expect(['2026-02-28', '2026-03-01', '2028-02-28', '2028-02-29'].map((now) => meets(birthday, leapling, on(now)))).toEqual([true, false, false, true]);
    expect(meets(field('birth_date', { test: 'anniversary', from: 0, to: 7 }), { fields: { birth_date: '1990-01-03' } }, on('2026-12-29'))).toBe(true);
  });
});

describe('tags, consent and identifiers', () => {
  it('are any, all or none of what is asked for', () => {
    const tagged = { tags: new Set([1, 2]) };
    const tags = (match: string, ...ids: number[]): object => ({ kind: 'tag', tags: ids, match });
    expect([meets(tags('any', 2, 3), tagged), meets(tags('all', 1, 2), tagged), meets(tags('all', 2, 3), tagged), meets(tags('none', 3), tagged), meets(tags('none', 1), tagged)])
      .toEqual([true, true, false, true, false]);
    expect(meets(tags('none', 1), {})).toBe(true);
    expect(explained(tags('any', 3, 2), personOf(tagged)).parts.get('')?.found).toEqual({ tags: [2] });
    const known = { identifierKinds: new Set(['phone', 'openid'] as const) };
    expect(meets({ kind: 'identifier', identifiers: ['phone', 'email'], match: 'all' }, known)).toBe(false);
    expect(meets({ kind: 'identifier', identifiers: ['phone', 'email'] }, known)).toBe(true);
    expect(meets({ kind: 'identifier', identifiers: ['email'], match: 'none' }, known)).toBe(true);
  });

  it('are granted, withdrawn or were never spoken of, each channel and purpose for itself', () => {
    const consent = (state: string, channel = 'sms'): object => ({ kind: 'consent', channel, purpose: 'marketing', state });
    const said = { consents: new Set(['sms/marketing/granted', 'email/marketing/withdrawn']) };
    expect(['granted', 'withdrawn', 'unasked'].map((state) => meets(consent(state), said))).toEqual([true, false, false]);
    expect(['granted', 'withdrawn', 'unasked'].map((state) => meets(consent(state, 'email'), said))).toEqual([false, true, false]);
    expect(['granted', 'withdrawn', 'unasked'].map((state) => meets(consent(state, 'push'), said))).toEqual([false, false, true]);
  });
});

describe('members and samples', () => {
  it('are members of an audience now or then, or of a list', () => {
    const member = { memberOf: new Set([audienceKey(7, null), audienceKey(8, '2026-05-01'), listKey(7)]) };
    expect(meets({ kind: 'audience', audienceId: 7 }, member)).toBe(true);
    expect(meets({ kind: 'audience', audienceId: 7, on: '2026-05-01' }, member)).toBe(false);
    expect(meets({ kind: 'audience', audienceId: 8, on: '2026-05-01' }, member)).toBe(true);
    expect(meets({ kind: 'list', listId: 7 }, member)).toBe(true);
    expect(meets({ kind: 'list', listId: 8 }, member)).toBe(false);
  });

  it('are the same people for the same salt, nested for a larger share, others for another salt', () => {
    const sampled = (percent: number, salt: string): number[] => Array.from({ length: 4_000 }, (_, i) => i + 1).filter((customerNo) => meets({ kind: 'sample', percent, salt }, { customerNo }));
    const tenth = sampled(10, '会员日');
    expect(tenth.length).toBeGreaterThan(320);
    expect(tenth.length).toBeLessThan(480);
    expect(tenth).toEqual(sampled(10, '会员日'));
    const half = new Set(sampled(50, '会员日'));
    expect(tenth.every((no) => half.has(no))).toBe(true);
    expect(sampled(10, '换一批').filter((no) => tenth.includes(no)).length).toBeLessThan(80);
    expect(sampled(100, 'x')).toHaveLength(4_000);
  });
});
