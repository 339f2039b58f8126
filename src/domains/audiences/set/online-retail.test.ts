import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestImports, type TestImports } from '../../../../test/imports-server.ts';
import { rule } from '../contract/rule.ts';
import { createFieldRegistry } from '../fields/registry.ts';
import { resolveRule } from '../resolve/resolve.ts';
import { createDataVersions } from './data-versions.ts';
import { createSetEvaluator, type SetEvaluator } from './evaluator.ts';

const path = join(import.meta.dirname, '..', '..', '..', '..', '..', 'shared', 'data', 'online_retail', 'online_retail.csv.gz');
const present = existsSync(path);
if (!present) console.warn(`SKIPPED: rules are not counted on Online Retail, for there is no ${path}`);

interface Line { order: string; product: string; quantity: number; atMs: number; price: number; region: string; isRefund: boolean }
type Person = Line[];

/** The file read as plainly as can be: lines of a person under the number they have in it. */
function readPlainly(): Person[] {
  const people = new Map<string, Person>();
  for (const text of gunzipSync(readFileSync(path)).toString('utf8').trim().split('\n').slice(1)) {
    const cells = [...text.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|\r?$)/g)].map((match) => match[1]);
    const [order, product, , quantity, at, price, customer, region] = cells;
    if (!customer) continue;
    const line = { order, product, quantity: Number(quantity), atMs: Date.parse(`${at.replace(' ', 'T')}+08:00`), price: Math.round(Number(price) * 1000), region, isRefund: order.startsWith('C') };
    people.set(customer, [...(people.get(customer) ?? []), line]);
  }
  return [...people.values()];
}

const now = new Date('2011-12-10T04:00:00Z');
const day = (text: string): number => Date.parse(`${text}T00:00:00+08:00`);
const sales = (person: Person, fromMs = 0): Line[] => person.filter((line) => !line.isRefund && line.atMs >= fromMs);
const refunds = (person: Person): Line[] => person.filter((line) => line.isRefund);
const distinct = (lines: Line[], of: (line: Line) => unknown): number => new Set(lines.map(of)).size;
/** In thousandths of money: exact. */
const money = (lines: Line[]): number => lines.reduce((sum, line) => sum + line.quantity * line.price, 0);
const dayOf = (ms: number): string => new Date(ms + 8 * 3_600_000).toISOString().slice(0, 10);
const orderTotals = (lines: Line[]): number[] => [...Map.groupBy(lines, (line) => line.order).values()].map(money);

const order = (over: object = {}) => ({ fact: 'order', ...over });
const last = (ago: number) => ({ from: { ago, unit: 'day' } });
const measure = (name: string, compare: object, over: object = {}) => ({ kind: 'measure', facts: order(), measure: name, compare, ...over });
const atLeast = (value: number | string) => ({ is: 'at_least', value });
const group = (match: string, ...parts: unknown[]) => ({ kind: 'group', match, parts });
const regional = (...values: string[]) => order({ where: [{ field: 'region', test: 'any_of', values }] });
const since90 = day('2011-09-11');

const rules: [name: string, rule: unknown, holds: (person: Person) => boolean][] = [
  ['everybody', group('all'), () => true],
  ['nobody', group('any'), () => false],
  ['two orders in 90 days', measure('orders', atLeast(2), { period: last(90) }), (p) => distinct(sales(p, since90), (l) => l.order) >= 2],
  ['three orders in 90 days', measure('orders', atLeast(3), { period: last(90) }), (p) => distinct(sales(p, since90), (l) => l.order) >= 3],
  ['one order in 90 days', measure('orders', { is: 'equals', value: 1 }, { period: last(90) }), (p) => distinct(sales(p, since90), (l) => l.order) === 1],
  ['at most one order in 90 days', measure('orders', { is: 'at_most', value: 1 }, { period: last(90) }), (p) => distinct(sales(p, since90), (l) => l.order) <= 1],
  ['no order in 90 days', measure('orders', { is: 'equals', value: 0 }, { period: last(90) }), (p) => sales(p, since90).length === 0],
  ['ordered in 90 days', measure('orders', atLeast(1), { period: last(90) }), (p) => sales(p, since90).length > 0],
  ['spent over 500 ever', measure('amount', { is: 'more_than', value: 500 }), (p) => money(sales(p)) > 500_000],
  ['spent at most 500 in 90 days', measure('amount', { is: 'at_most', value: 500 }, { period: last(90) }), (p) => money(sales(p, since90)) <= 500_000],
  ['net of refunds between 100 and 1000.5', measure('amount', { is: 'between', from: 100, to: '1000.5' }, { facts: order({ of: 'net' }) }), (p) => money(p) >= 100_000 && money(p) <= 1_000_500],
  ['gave back at least 50 pieces', measure('quantity', atLeast(50), { facts: order({ of: 'refund' }) }), (p) => -refunds(p).reduce((s, l) => s + l.quantity, 0) >= 50],
  ['exactly two refunds', measure('orders', { is: 'equals', value: 2 }, { facts: order({ of: 'refund' }) }), (p) => distinct(refunds(p), (l) => l.order) === 2],
  ['ten products', measure('products', atLeast(10)), (p) => distinct(sales(p), (l) => l.product) >= 10],
  ['fewer than three lines, ever or never', measure('lines', { is: 'less_than', value: 3 }), (p) => sales(p).length < 3],
  ['ordered on five days', measure('days', atLeast(5)), (p) => distinct(sales(p), (l) => dayOf(l.atMs)) >= 5],
  ['average order over 400', measure('average_order', { is: 'more_than', value: 400 }), (p) => sales(p).length > 0 && money(sales(p)) > 400_000 * distinct(sales(p), (l) => l.order)],
  ['largest order of at least 1000', measure('largest_order', atLeast(1000)), (p) => orderTotals(sales(p)).some((total) => total >= 1_000_000)],
  ['no order below 100', measure('smallest_order', atLeast(100)), (p) => sales(p).length > 0 && orderTotals(sales(p)).every((total) => total >= 100_000)],
  ['last ordered 30 to 60 days ago', measure('days_since_last', { is: 'between', from: 30, to: 60 }), (p) => sales(p).length > 0 && dayOf(Math.max(...sales(p).map((l) => l.atMs))) >= '2011-10-11' && dayOf(Math.max(...sales(p).map((l) => l.atMs))) <= '2011-11-10'],
  ['first ordered in March', { kind: 'moment', facts: order(), which: 'first', when: { from: '2011-03-01', to: '2011-03-31' } }, (p) => sales(p).length > 0 && dayOf(Math.min(...sales(p).map((l) => l.atMs))).startsWith('2011-03')],
  ['of France or Germany', measure('orders', atLeast(1), { facts: regional('France', 'Germany') }), (p) => sales(p).some((l) => l.region === 'France' || l.region === 'Germany')],
  ['nothing from the United Kingdom', measure('orders', { is: 'equals', value: 0 }, { facts: regional('United Kingdom') }), (p) => !sales(p).some((l) => l.region === 'United Kingdom')],
  ['three pieces dearer than 10', measure('quantity', atLeast(3), { facts: order({ where: [{ field: 'unit_price', test: 'compare', compare: { is: 'more_than', value: 10 } }] }) }), (p) => sales(p).filter((l) => l.price > 10_000).reduce((s, l) => s + l.quantity, 0) >= 3],
  ['the heart but not the lantern', group('all', measure('orders', atLeast(1), { facts: order({ where: [{ field: 'product', test: 'any_of', values: ['85123A'] }] }) }), group('none', measure('orders', atLeast(1), { facts: order({ where: [{ field: 'product', test: 'any_of', values: ['71053'] }] }) }))), (p) => sales(p).some((l) => l.product === '85123A') && !sales(p).some((l) => l.product === '71053')],
  ['gave back within 7 days of ordering', { kind: 'sequence', first: order(), then: [{ facts: order({ of: 'refund' }), within: { amount: 7, unit: 'day' } }] }, (p) => sales(p).some((s) => refunds(p).some((r) => r.atMs > s.atMs && r.atMs <= s.atMs + 7 * 86_400_000))],
  ['ordered and did not again within 30 days', { kind: 'sequence', first: order(), then: [{ facts: order(), within: { amount: 30, unit: 'day' } }], ends: 'did_not', period: { from: '2011-06-01' } }, (p) => sales(p, day('2011-06-01')).some((s) => s.atMs + 30 * 86_400_000 <= now.getTime() && !sales(p).some((n) => n.atMs > s.atMs && n.atMs <= s.atMs + 30 * 86_400_000))],
  ['in three of the last six months', { kind: 'recurring', facts: order(), every: 'month', times: 3, of: 6 }, (p) => distinct(sales(p, day('2011-07-01')), (l) => dayOf(l.atMs).slice(0, 7)) >= 3],
  ['big or often, and not sleeping', group('all', group('any', measure('amount', atLeast(5000)), measure('orders', atLeast(10))), measure('days_since_last', { is: 'at_most', value: 60 })), (p) => (money(sales(p)) >= 5_000_000 || distinct(sales(p), (l) => l.order) >= 10) && sales(p).some((l) => dayOf(l.atMs) >= '2011-10-11')],
  ['at least two orders in 30 days for five days on end', { kind: 'held', days: 5, rule: measure('orders', atLeast(2), { period: last(30) }) }, (p) => [0, 1, 2, 3, 4, 5].every((ago) => {
    const until = ago === 0 ? Infinity : day('2011-12-11') - ago * 86_400_000;
    const from = day('2011-11-10') - ago * 86_400_000;
    return distinct(sales(p).filter((l) => l.atMs >= from && l.atMs < until), (l) => l.order) >= 2;
  })],
];

describe.skipIf(!present)('rules over Online Retail', () => {
  let test: TestImports;
  let evaluator: SetEvaluator;
  let people: Person[];
  beforeAll(async () => {
    test = await createTestImports();
    await test.bringIn('online_retail.csv.gz', readFileSync(path));
    evaluator = createSetEvaluator(test.platform, createDataVersions(test.platform.pg), {
      members: () => Promise.reject(new Error('no audience is asked for')), list: () => Promise.reject(new Error('no list is asked for')), tag: async () => null,
    });
    people = readPlainly();
  });
  afterAll(() => test.close());

  it('are as many as the language needs', () => {
    expect(rules.length).toBeGreaterThanOrEqual(25);
    expect(people).toHaveLength(4_372);
  });

  it.each(rules)('mean as many people as a plain reading of the file: %s', async (_name, given, holds) => {
    const resolved = resolveRule(rule.parse(given), createFieldRegistry(), { now, timeZone: 'Asia/Shanghai', untilMs: null });
    expect((await evaluator.evaluate(resolved)).size).toBe(people.filter(holds).length);
  });

  it('are answered again without asking, until the data changes', async () => {
    const resolved = resolveRule(rule.parse(rules[2][1]), createFieldRegistry(), { now, timeZone: 'Asia/Shanghai', untilMs: null });
    const before = await evaluator.evaluate(resolved);
    await test.platform.clickhouse.command('alter table order_line delete where 1 settings mutations_sync = 2');
    expect((await evaluator.evaluate(resolved)).equals(before)).toBe(true);
    await test.platform.pg.query('update fact_state set data_version = data_version + 1');
    expect((await evaluator.evaluate(resolved)).size).toBe(0);
  });
});
