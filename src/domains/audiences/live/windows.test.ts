import { describe, expect, it } from 'vitest';
import { rule as ruleSchema } from '../contract/rule.ts';
import { createFieldRegistry } from '../fields/registry.ts';
import { resolveRule } from '../resolve/resolve.ts';
import { leavesOf } from '../resolve/resolved.ts';
import { inOrder, type Live } from './audiences-to-keep.ts';
import { audiencesOf, sourcesOf } from './sources.ts';
import { differing, windowsBetween } from './windows.ts';

const fields = createFieldRegistry();
const noon = new Date('2026-06-18T04:00:00Z');
const conditionAt = (rule: unknown, now: Date) => [...leavesOf(resolveRule(ruleSchema.parse(rule), fields, { now, timeZone: 'Asia/Shanghai', untilMs: null }))][0].condition;
const measure = (over: object = {}): unknown => ({ kind: 'measure', facts: { fact: 'order' }, measure: 'orders', compare: { is: 'at_least', value: 1 }, ...over });
const field = (name: string, test: object): unknown => ({ kind: 'field', field: name, test });
const viewed = { fact: 'event', name: 'Cart Viewed' };

describe('what can change whom a condition means', () => {
  it.each([
    [measure(), { lines: true }],
    [measure({ facts: viewed, measure: 'times' }), { events: new Set(['Cart Viewed']) }],
    [{ kind: 'sequence', first: viewed, then: [{ facts: { fact: 'order' }, within: { amount: 1, unit: 'day' } }] }, { lines: true, events: new Set(['Cart Viewed']) }],
    [field('orders_ever', { test: 'known' }), { lines: true }],
    [field('city', { test: 'known' }), { copies: true }],
    [{ kind: 'tag', tags: [4, 5] }, { copies: true }],
    [{ kind: 'sample', percent: 5, salt: 'x' }, {}],
    [{ kind: 'list', listId: 3 }, {}],
  ])('are the facts and copies it asks for, and no others %#', (rule, sources) => {
    expect(sourcesOf(conditionAt(rule, noon))).toEqual({ events: new Set(), lines: false, facts: false, copies: false, ...sources });
  });

  it('is any fact for a field that another domain makes of facts', () => {
    const score = { name: 'score', label: '', type: 'number', source: 'facts', relation: '' } as const;
    expect(sourcesOf({ kind: 'field', field: score, test: { test: 'known' } })).toMatchObject({ facts: true, lines: false });
  });

  it('are audiences as they are now, however deep, and none as they were', () => {
    const deep = { kind: 'group', match: 'none', parts: [{ kind: 'held', days: 2, rule: { kind: 'audience', audienceId: 7 } }, { kind: 'audience', audienceId: 8, on: '2026-01-01' }] };
    expect(audiencesOf(ruleSchema.parse(deep))).toEqual(new Set([7]));
  });

  it('comes to an audience after those it refers to, whatever their numbers', () => {
    const live = (audienceId: number, ...uses: number[]) => ({ standing: { audienceId }, uses: new Set(uses) }) as unknown as Live;
    expect(inOrder([live(1, 3), live(2), live(3, 4, 99), live(4, 2)]).map((each) => each.standing.audienceId)).toEqual([2, 4, 3, 1]);
  });
});

describe('what time alone can change', () => {
  const [minute, day] = [new Date(noon.getTime() + 60_000), new Date(noon.getTime() + 86_400_000)];
  const text = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());
  const between = (rule: unknown, later: Date) => windowsBetween(conditionAt(rule, noon), conditionAt(rule, later))?.map(({ facts, range }) => [facts.fact, text(range.fromMs), text(range.untilMs)]);

  it.each([
    ['a period of days', measure({ period: { from: { ago: 30, unit: 'day' } } }), day, [['order', '2026-05-18T16:00:00.000Z', '2026-05-19T16:00:00.000Z']]],
    ['a period of hours, within the day', measure({ period: { from: { ago: 2, unit: 'hour' } } }), minute, [['order', '2026-06-18T02:00:00.000Z', '2026-06-18T02:01:00.000Z']]],
    ['days since the last', measure({ facts: viewed, measure: 'days_since_last', compare: { is: 'at_least', value: 3 } }), day, [['event', '2026-06-15T16:00:00.000Z', '2026-06-16T16:00:00.000Z']]],
    ['a period of fixed days', measure({ period: { from: '2026-01-01', to: '2026-02-01' } }), day, []],
    ['what recurs by week, within a week', { kind: 'recurring', facts: viewed, every: 'week', times: 2, of: 4 }, day, []],
    ['what followed', { kind: 'sequence', first: viewed, then: [{ facts: { fact: 'order' }, within: { amount: 1, unit: 'hour' } }] }, minute,
      [['event', '2026-06-18T04:00:00.000Z', '2026-06-18T04:01:00.000Z'], ['order', '2026-06-18T04:00:00.000Z', '2026-06-18T04:01:00.000Z']]],
    ['what did not follow, and whose time ran out', { kind: 'sequence', first: viewed, then: [{ facts: { fact: 'order' }, within: { amount: 1, unit: 'hour' } }], ends: 'did_not' }, minute,
      [['event', '2026-06-18T04:00:00.000Z', '2026-06-18T04:01:00.000Z'], ['order', '2026-06-18T04:00:00.000Z', '2026-06-18T04:01:00.000Z'], ['event', '2026-06-18T03:00:00.001Z', '2026-06-18T03:01:00.001Z']]],
  ])('is told by facts at the edges of %s', (_name, rule, later, windows) => {
    expect(between(rule, later)).toEqual(windows);
  });

  it('is not told by facts where a field is asked for', () => {
    expect(between(field('first_seen', { test: 'within', period: { from: { ago: 1, unit: 'hour' } } }), minute)).toBeUndefined();
  });

  it('lies in one set of ranges and not in the other, empty and open ones among them', () => {
    const range = (fromMs: number | null, untilMs: number | null) => ({ fromMs, untilMs });
    expect(differing([range(1, 5), range(7, 9)], [range(3, 8)])).toEqual([range(1, 3), range(8, 9), range(5, 7)]);
    expect(differing([range(null, null)], [range(3, null)])).toEqual([range(null, 3)]);
    expect(differing([range(5, 5), range(9, 2)], [])).toEqual([]);
  });
});
