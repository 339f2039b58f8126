import { describe, expect, it } from 'vitest';
import { rule } from '../contract/rule.ts';
import { createFieldRegistry } from '../fields/registry.ts';
import { momentsSince } from './days-since.ts';
import { endOfDay, monthDays, type Present, rangeOf, startOfPeriods } from './moments.ts';
import { resolveRule } from './resolve.ts';
import { isLeaf, leavesOf, type NumberTest } from './resolved.ts';

const shanghai = (now: string): Present => ({ now: new Date(now), timeZone: 'Asia/Shanghai', untilMs: null });
const at = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());
const told = ({ fromMs, untilMs }: { fromMs: number | null; untilMs: number | null }) => [at(fromMs), at(untilMs)];
const present = shanghai('2026-06-18T04:30:20Z');

describe('a period', () => {
  it('begins with the first moment of a day of the brand and ends with the last', () => {
    expect(told(rangeOf({ from: { ago: 90, unit: 'day' } }, present))).toEqual(['2026-03-19T16:00:00.000Z', null]);
    expect(told(rangeOf({ from: '2026-06-01', to: '2026-06-18' }, present))).toEqual(['2026-05-31T16:00:00.000Z', '2026-06-18T16:00:00.000Z']);
    expect(told(rangeOf({ from: { ago: 0, unit: 'day' }, to: { ahead: 1, unit: 'day' } }, present))).toEqual(['2026-06-17T16:00:00.000Z', '2026-06-19T16:00:00.000Z']);
    expect(told(rangeOf({ from: { ago: 1, unit: 'month' } }, shanghai('2026-03-31T04:00:00Z')))).toEqual(['2026-02-27T16:00:00.000Z', null]);
  });

  it('reaches no further than the calendar, however many years are said', () => {
    expect(told(rangeOf({ from: { ago: 36_500, unit: 'year' }, to: { ahead: 36_500, unit: 'month' } }, present))).toEqual(['1900-01-01T15:54:17.000Z', '2199-12-31T16:00:00.000Z']);
    expect(told(rangeOf({ from: { ago: 36_500, unit: 'week' }, to: { ahead: 36_500, unit: 'week' } }, present))).toEqual(told(rangeOf({ from: { ago: 36_500, unit: 'year' }, to: { ahead: 36_500, unit: 'year' } }, present)));
  });

  it('counts hours from the present minute', () => {
    expect(told(rangeOf({ from: { ago: 3, unit: 'hour' } }, present))).toEqual(['2026-06-18T01:30:00.000Z', null]);
  });

  it('begins at one where the clock skips midnight', () => {
    const beirut: Present = { now: new Date('2026-03-29T09:00:00Z'), timeZone: 'Asia/Beirut', untilMs: null };
    expect(told(rangeOf({ from: { ago: 0, unit: 'day' } }, beirut))).toEqual(['2026-03-28T22:00:00.000Z', null]);
    expect(told(rangeOf({ from: { ago: 1, unit: 'day' }, to: { ago: 1, unit: 'day' } }, beirut))).toEqual(['2026-03-27T22:00:00.000Z', '2026-03-28T22:00:00.000Z']);
  });

  it('can be a part of the calendar, whole, the present one or one before', () => {
    const whole = (calendar: 'week' | 'month' | 'year', ago: number, then = present) => told(rangeOf({ from: { calendar, ago }, to: { calendar, ago } }, then));
    expect(whole('week', 0)).toEqual(['2026-06-14T16:00:00.000Z', '2026-06-21T16:00:00.000Z']);
    expect(whole('week', 0, shanghai('2026-06-21T15:59:00Z'))).toEqual(['2026-06-14T16:00:00.000Z', '2026-06-21T16:00:00.000Z']);
    expect(whole('month', 0)).toEqual(['2026-05-31T16:00:00.000Z', '2026-06-30T16:00:00.000Z']);
    expect(whole('month', 1, shanghai('2026-03-31T04:00:00Z'))).toEqual(['2026-01-31T16:00:00.000Z', '2026-02-28T16:00:00.000Z']);
    expect(whole('year', 1)).toEqual(['2024-12-31T16:00:00.000Z', '2025-12-31T16:00:00.000Z']);
    expect(told(rangeOf({ from: { calendar: 'year', ago: 0 } }, present))).toEqual(['2025-12-31T16:00:00.000Z', null]);
  });

  it('never reaches beyond the end of the day it is asked for', () => {
    expect(told(rangeOf({ from: { ago: 1, unit: 'day' } }, endOfDay('2026-06-10', 'Asia/Shanghai')))).toEqual(['2026-06-08T16:00:00.000Z', '2026-06-10T16:00:00.000Z']);
  });

  it('knows where weeks and months begin', () => {
    const starts = (['day', 'week', 'month'] as const).map((every) => startOfPeriods(every, 1, present).toISOString());
    expect(starts).toEqual(['2026-06-16T16:00:00.000Z', '2026-06-07T16:00:00.000Z', '2026-04-30T16:00:00.000Z']);
  });
});

describe('days since', () => {
  const since = (test: NumberTest) => momentsSince(test, present).map(told);
  it('are days of the calendar: today is none', () => {
    expect(since({ is: 'equals', value: 0n })).toEqual([['2026-06-17T16:00:00.000Z', '2026-06-18T16:00:00.000Z']]);
    expect(since({ is: 'at_least', value: 300_000n })).toEqual([[null, '2026-05-19T16:00:00.000Z']]);
    expect(since({ is: 'at_most', value: 300_000n })).toEqual([['2026-05-18T16:00:00.000Z', null]]);
    expect(since({ is: 'between', from: 10_000n, to: 20_000n })).toEqual([['2026-06-15T16:00:00.000Z', '2026-06-17T16:00:00.000Z']]);
  });

  it('are whole: half a day is at least one, and equals none', () => {
    expect(since({ is: 'at_least', value: 5_000n })).toEqual(since({ is: 'at_least', value: 10_000n }));
    expect(since({ is: 'equals', value: 5_000n })).toEqual([]);
    expect(since({ is: 'not_equals', value: 5_000n })).toEqual([[null, null]]);
    expect(since({ is: 'not_equals', value: 0n })).toEqual([['2026-06-18T16:00:00.000Z', null], [null, '2026-06-17T16:00:00.000Z']]);
  });

  it('bear any number', () => {
    expect(since({ is: 'at_least', value: 10n ** 17n })).toHaveLength(1);
    expect(since({ is: 'at_most', value: 10n ** 17n })).toHaveLength(1);
  });
});

describe('anniversaries', () => {
  it('come round at the turn of the year', () => {
    expect(monthDays(0, 7, shanghai('2026-12-28T04:00:00Z'))).toEqual(['01-01', '01-02', '01-03', '01-04', '12-28', '12-29', '12-30', '12-31']);
  });

  it('of 29 February come on the 28th in other years, and on their day in their own', () => {
    expect(monthDays(0, 0, shanghai('2026-02-28T04:00:00Z'))).toEqual(['02-28', '02-29']);
    expect(monthDays(0, 0, shanghai('2028-02-28T04:00:00Z'))).toEqual(['02-28']);
    expect(monthDays(0, 1, shanghai('2028-02-28T04:00:00Z'))).toEqual(['02-28', '02-29']);
  });
});

describe('a rule', () => {
  const fields = createFieldRegistry();
  const resolve = (given: unknown) => resolveRule(rule.parse(given), fields, present);

  it('keeps the places of its parts', () => {
    const tag = { kind: 'tag', tags: [1] };
    const leaves = [...leavesOf(resolve({ kind: 'group', match: 'any', parts: [tag, { kind: 'held', days: 1, rule: { kind: 'group', match: 'none', parts: [tag] } }] }))];
    expect(leaves.map((leaf) => leaf.path)).toEqual(['parts.0', 'parts.1.rule.parts.0', 'parts.1.rule.parts.0']);
  });

  it('that has been true for days is asked for each of them as of its end', () => {
    const orders = { kind: 'measure', facts: { fact: 'order' }, measure: 'orders', period: { from: { ago: 7, unit: 'day' } }, compare: { is: 'at_least', value: 1 } };
    const ranges = [...leavesOf(resolve({ kind: 'held', days: 2, rule: orders }))].map(({ condition }) => (condition.kind === 'measure' ? told(condition.range) : null));
    expect(ranges).toEqual([
      ['2026-06-10T16:00:00.000Z', null],
      ['2026-06-09T16:00:00.000Z', '2026-06-17T16:00:00.000Z'],
      ['2026-06-08T16:00:00.000Z', '2026-06-16T16:00:00.000Z'],
    ]);
  });

  it('counts days since as a moment', () => {
    const found = resolve({ kind: 'measure', facts: { fact: 'order' }, measure: 'days_since_last', compare: { is: 'at_least', value: 30 } });
    expect(isLeaf(found) && found.condition).toMatchObject({ kind: 'moment', which: 'last', within: [{ fromMs: null, untilMs: Date.parse('2026-05-19T16:00:00Z') }] });
  });

  it('refuses fields that do not exist and tests they cannot answer, with the place', () => {
    const inGroup = (field: string, test: object) => () => resolve({ kind: 'group', match: 'all', parts: [{ kind: 'field', field, test }] });
    expect(inGroup('shoe_size', { test: 'known' })).toThrowError(expect.objectContaining({ code: 'audiences.unknown_field', fields: [{ path: 'body.rule.parts.0.field', code: 'unknown_field' }] }));
    expect(inGroup('birth_date', { test: 'contains', value: 'x' })).toThrowError(expect.objectContaining({ code: 'audiences.wrong_test', fields: [{ path: 'body.rule.parts.0.test', code: 'wrong_test' }] }));
    for (const key of ['a b', 'a.b', "a'b", '', 'x'.repeat(81)]) expect(inGroup(`attribute.${key}`, { test: 'known' }), key).toThrowError();
    expect(isLeaf(resolve({ kind: 'field', field: 'attribute.会员等级', test: { test: 'any_of', values: ['金'] } }))).toBe(true);
  });

  it('gives each name of a field once', () => {
    const own = createFieldRegistry();
    const field = own.find('gender');
    expect(() => field && own.register(field)).toThrowError(expect.objectContaining({ code: 'audiences.field_taken' }));
  });
});
