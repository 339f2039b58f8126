import { describe, expect, it } from 'vitest';
import { explained, meets, noon, personOf } from '../../../../../test/one-person.ts';
import { dayIn } from '../../../../kernel/day.ts';
import { dayFinder, startOfPeriod } from './zone-days.ts';

const orders = { fact: 'order' };
const views = { fact: 'event', name: 'Product Viewed' };
const view = (at: string, more: object = {}) => ({ at, name: 'Product Viewed', ...more });

describe('the first and the last', () => {
  const moment = (which: string, when: object, rest: object = {}): object => ({ kind: 'moment', facts: orders, which, when, ...rest });
  const buyer = { lines: [{ at: '2026-01-05T04:00:00Z', product: 'P1' }, { at: '2026-05-05T04:00:00Z', product: 'P2' }] };
  const may = { from: '2026-05-01', to: '2026-05-31' };

  it('are looked for among all facts that are meant, and then compared', () => {
    expect(meets(moment('last', may), buyer)).toBe(true);
    expect(meets(moment('first', may), buyer)).toBe(false);
    expect(meets(moment('first', may, { period: { from: '2026-02-01' } }), buyer)).toBe(true);
    expect(meets(moment('first', may, { facts: { ...orders, where: [{ field: 'product', test: 'any_of', values: ['P2'] }] } }), buyer)).toBe(true);
    expect(explained(moment('first', may), personOf(buyer)).parts.get('')?.found).toEqual({ moment: Date.parse('2026-01-05T04:00:00Z') });
  });

  it('do not exist without facts', () => {
    expect(meets(moment('first', {}), {})).toBe(false);
    expect(meets(moment('last', {}, { facts: { ...orders, of: 'refund' } }), buyer)).toBe(false);
  });
});

describe('a sequence', () => {
  const viewedThen = (ends: string, rest: object = {}): object =>
    ({ kind: 'sequence', first: views, then: [{ facts: orders, within: { amount: 3, unit: 'day' } }], ends, ...rest });

  it('is one fact after another within the time given, to the millisecond', () => {
    const bought = (at: string) => ({ events: [view('2026-06-01T04:00:00Z')], lines: [{ at }] });
    expect(meets(viewedThen('did'), bought('2026-06-04T04:00:00.000Z'))).toBe(true);
    expect(meets(viewedThen('did'), bought('2026-06-04T04:00:00.001Z'))).toBe(false);
    expect(meets(viewedThen('did'), bought('2026-06-01T04:00:00.000Z'))).toBe(false);
    expect(meets(viewedThen('did'), bought('2026-05-31T04:00:00.000Z'))).toBe(false);
  });

  it('that ends in what did not follow is true once the time has run out', () => {
    expect(meets(viewedThen('did_not'), { events: [view('2026-06-15T04:00:00Z')] })).toBe(true);
    expect(meets(viewedThen('did_not'), { events: [view('2026-06-15T04:00:01Z')] })).toBe(false);
    expect(meets(viewedThen('did_not'), { events: [view('2026-06-01T04:00:00Z')], lines: [{ at: '2026-06-03T00:00:00Z' }] })).toBe(false);
    expect(meets(viewedThen('did_not'), { events: [view('2026-06-01T04:00:00Z'), view('2026-06-08T00:00:00Z')], lines: [{ at: '2026-06-03T00:00:00Z' }] })).toBe(true);
    expect(meets(viewedThen('did_not'), { lines: [{ at: '2026-06-03T00:00:00Z' }] })).toBe(false);
  });

  it('begins in its period and may end after it', () => {
    const person = { events: [view('2026-05-31T04:00:00Z')], lines: [{ at: '2026-06-02T00:00:00Z' }] };
    expect(meets(viewedThen('did', { period: { to: '2026-05-31' } }), person)).toBe(true);
    expect(meets(viewedThen('did', { period: { from: '2026-06-01' } }), person)).toBe(false);
  });

  it('is not answered by what lies in the future', () => {
    expect(meets(viewedThen('did'), { events: [view('2026-06-17T04:00:00Z')], lines: [{ at: '2026-06-19T00:00:00Z' }] })).toBe(false);
  });

  it('goes on from any step before, not only from the first', () => {
    const viewCartOrder = (ends: string) => ({ kind: 'sequence', first: views, ends, then: [
      { facts: { fact: 'event', name: 'Product Added' }, within: { amount: 1, unit: 'hour' } }, { facts: orders, within: { amount: 30, unit: 'minute' } }] });
    const added = (at: string) => ({ at, name: 'Product Added' });
    const person = (...times: string[]) => ({ events: [view('2026-06-01T04:00:00Z'), view('2026-06-01T06:00:00Z'), ...times.map(added)], lines: [{ at: '2026-06-01T07:20:00Z' }] });
    expect(meets(viewCartOrder('did'), person('2026-06-01T04:30:00Z', '2026-06-01T06:55:00Z'))).toBe(true);
    expect(meets(viewCartOrder('did'), person('2026-06-01T05:30:00Z', '2026-06-01T07:10:00Z'))).toBe(false);
    expect(meets(viewCartOrder('did_not'), person('2026-06-01T06:55:00Z'))).toBe(false);
    expect(meets(viewCartOrder('did_not'), person('2026-06-01T04:30:00Z', '2026-06-01T06:55:00Z'))).toBe(true);
  });

  it('may be of the same fact again', () => {
    const again = { kind: 'sequence', first: orders, then: [{ facts: orders, within: { amount: 30, unit: 'day' } }] };
    expect(meets(again, { lines: [{ at: '2026-01-01T00:00:00Z' }, { at: '2026-01-01T00:00:00Z' }] })).toBe(false);
    expect(meets(again, { lines: [{ at: '2026-01-01T00:00:00Z' }, { at: '2026-01-31T00:00:00Z' }] })).toBe(true);
  });
});

describe('what is done again and again', () => {
  const recurring = (every: string, times: number, of: number): object => ({ kind: 'recurring', facts: views, every, times, of });

  it('is counted in periods of the calendar, the present one included', () => {
    // Weeks from Mondays: 15 June 2026 is one.
    const weeks = { events: ['2026-06-14T15:00:00Z', '2026-06-14T16:30:00Z', '2026-06-17T00:00:00Z'].map((at) => view(at)) };
    expect(meets(recurring('week', 2, 2), weeks)).toBe(true);
    expect(meets(recurring('week', 2, 4), { events: [view('2026-06-15T00:00:00Z'), view('2026-06-18T00:00:00Z')] })).toBe(false);
    expect(meets(recurring('day', 2, 2), { events: [view('2026-06-17T00:00:00Z'), view('2026-06-18T00:00:00Z')] })).toBe(true);
    expect(meets(recurring('day', 2, 2), { events: [view('2026-06-16T00:00:00Z'), view('2026-06-18T00:00:00Z')] })).toBe(false);
    expect(meets(recurring('month', 3, 3), { events: ['2026-03-31T16:00:00Z', '2026-05-01T00:00:00Z', '2026-06-01T00:00:00Z'].map((at) => view(at)) })).toBe(true);
    expect(meets(recurring('month', 3, 3), { events: ['2026-03-31T15:59:59Z', '2026-05-01T00:00:00Z', '2026-06-01T00:00:00Z'].map((at) => view(at)) })).toBe(false);
  });

  it('knows the day of every moment as the calendar does', () => {
    for (const zone of ['Asia/Shanghai', 'Asia/Beirut', 'America/St_Johns', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'Pacific/Apia']) {
      const dayOf = dayFinder(zone);
      for (const day of ['2006-04-02', '2006-10-29', '2011-12-30', '2026-03-28', '2026-06-18', '1899-12-31']) {
        for (let minutes = 0; minutes < 2_880; minutes += 7) {
          const moment = new Date(Date.parse(`${day}T00:00:30Z`) + minutes * 60_000);
          expect(dayOf(moment.getTime()), `${zone} ${moment.toISOString()}`).toBe(dayIn(zone, moment));
        }
      }
    }
  });

  it('begins weeks on Mondays and months on the first', () => {
    expect(['2026-06-14', '2026-06-15', '2026-06-21', '2024-12-31'].map((day) => startOfPeriod('week', day))).toEqual(['2026-06-08', '2026-06-15', '2026-06-15', '2024-12-30']);
    expect(startOfPeriod('month', '2026-02-28')).toBe('2026-02-01');
    expect(startOfPeriod('day', '2026-02-28')).toBe('2026-02-28');
  });
});

describe('groups', () => {
  const yes = { kind: 'sample', percent: 100, salt: 'x' };
  const no = { kind: 'tag', tags: [1] };
  const group = (match: string, ...parts: object[]): object => ({ kind: 'group', match, parts });

  it('are everybody where nothing is asked of all or none, and nobody where any of nothing is', () => {
    expect(['all', 'any', 'none'].map((match) => meets(group(match), {}))).toEqual([true, false, true]);
  });

  it('nest, and tell of each part by its place', () => {
    const rule = group('all', yes, group('none', no, group('any', no, no)));
    const { holds, parts } = explained(rule, personOf({}));
    expect(holds).toBe(true);
    expect([...parts].map(([path, part]) => [path, part.holds])).toEqual([
      ['parts.0', true], ['parts.1.parts.0', false], ['parts.1.parts.1.parts.0', false], ['parts.1.parts.1.parts.1', false], ['parts.1.parts.1', false], ['parts.1', true], ['', true],
    ]);
    expect(meets(group('all', yes, no), {})).toBe(false);
    expect(meets(group('any', no, yes), {})).toBe(true);
    expect(meets(group('none', no, yes), {})).toBe(false);
  });

  it('held for days hold at the end of each of them and now', () => {
    const held = (days: number): object => ({ kind: 'held', days, rule: { kind: 'measure', facts: orders, measure: 'orders', compare: { is: 'at_least', value: 1 }, period: { from: { ago: 9, unit: 'day' } } } });
    const bought = (at: string) => ({ lines: [{ at }] });
    // Nine days ago is the 9th; for three days it has been within nine days of each day from the 15th on.
    expect(meets(held(3), bought('2026-06-12T04:00:00Z'))).toBe(true);
    expect(meets(held(3), bought('2026-06-08T04:00:00Z'))).toBe(false);
    // Bought on the 16th: not yet at the end of the 15th.
    expect(meets(held(2), bought('2026-06-16T04:00:00Z'))).toBe(true);
    expect(meets(held(3), bought('2026-06-16T04:00:00Z'))).toBe(false);
    expect(explained(held(3), personOf(bought('2026-06-16T04:00:00Z')), noon).parts.get('rule')).toEqual({ holds: false, found: { number: 10_000n } });
  });
});
