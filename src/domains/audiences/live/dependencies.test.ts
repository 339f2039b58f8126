import { describe, expect, it } from 'vitest';
import { rule as ruleSchema } from '../contract/rule.ts';
import { createFieldRegistry } from '../fields/registry.ts';
import { inOrder, type Live } from './audiences-to-keep.ts';
import { dependenciesOf } from './dependencies.ts';

const fields = createFieldRegistry();
const of = (rule: unknown) => dependenciesOf(ruleSchema.parse(rule), fields);
const measure = (over: object = {}): unknown => ({ kind: 'measure', facts: { fact: 'order' }, measure: 'orders', compare: { is: 'at_least', value: 1 }, ...over });
const field = (name: string, test: object): unknown => ({ kind: 'field', field: name, test });

describe('what the members of a rule change with', () => {
  it('are the facts it asks for, and no others', () => {
    expect(of(measure())).toMatchObject({ lines: true, facts: false, events: new Set(), clock: 'never' });
    expect(of(measure({ facts: { fact: 'event', name: 'Cart Viewed' }, measure: 'times' }))).toMatchObject({ lines: false, events: new Set(['Cart Viewed']) });
    expect(of(field('orders_ever', { test: 'known' }))).toMatchObject({ facts: true });
    expect(of(field('city', { test: 'known' }))).toMatchObject({ facts: false, lines: false, clock: 'never' });
    expect(of({ kind: 'tag', tags: [4, 5] }).tags).toEqual(new Set([4, 5]));
  });

  it('are audiences as they are now, however deep, and none as they were', () => {
    expect(of({ kind: 'group', match: 'none', parts: [{ kind: 'held', days: 2, rule: { kind: 'audience', audienceId: 7 } }, { kind: 'audience', audienceId: 8, on: '2026-01-01' }] }).audiences).toEqual(new Set([7]));
  });

  it.each([
    [measure({ period: { from: '2026-01-01', to: '2026-02-01' } }), 'never'],
    [measure({ period: { from: { ago: 30, unit: 'day' } } }), 'day'],
    [measure({ period: { from: { ago: 2, unit: 'hour' } } }), 'minute'],
    [measure({ measure: 'days_since_last' }), 'day'],
    [{ kind: 'moment', facts: { fact: 'order' }, which: 'last', when: { to: { ago: 3, unit: 'month' } } }, 'day'],
    [{ kind: 'recurring', facts: { fact: 'order' }, every: 'week', times: 2, of: 4 }, 'day'],
    [{ kind: 'sequence', first: { fact: 'order' }, then: [{ facts: { fact: 'order' }, within: { amount: 3, unit: 'day' } }], ends: 'did_not' }, 'minute'],
    [field('birth_date', { test: 'anniversary', from: 0, to: 7 }), 'day'],
    [field('first_seen', { test: 'within', period: { from: { ago: 1, unit: 'hour' } } }), 'minute'],
    [{ kind: 'held', days: 3, rule: { kind: 'sample', percent: 5, salt: 'x' } }, 'day'],
    [{ kind: 'group', match: 'all', parts: [measure({ period: { from: { ago: 2, unit: 'hour' } } }), measure({ period: { from: { ago: 2, unit: 'day' } } })] }, 'minute'],
    [{ kind: 'list', listId: 3 }, 'never'],
  ])('is the clock as finely as the rule counts %#', (rule, clock) => {
    expect(of(rule).clock).toBe(clock);
  });

  it('comes to an audience after those it refers to, whatever their numbers', () => {
    const live = (audienceId: number, ...audiences: number[]) => ({ standing: { audienceId }, dependencies: { audiences: new Set(audiences) } }) as unknown as Live;
    const ordered = inOrder([live(1, 3), live(2), live(3, 4, 99), live(4, 2)]).map((each) => each.standing.audienceId);
    expect(ordered).toEqual([2, 4, 3, 1]);
  });
});
