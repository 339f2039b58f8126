import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestPlatform, type TestPlatform } from '../../../../test/harness.ts';
import { insertCustomers, insertEvents, noSets } from '../../../../test/audience-people.ts';
import { insertLines, mergeCustomers, orderKeyOf } from '../../../../test/order-lines.ts';
import { noon } from '../../../../test/one-person.ts';
import { rule as ruleSchema } from '../contract.ts';
import { createFieldRegistry } from '../fields/registry.ts';
import { resolveRule } from '../resolve/resolve.ts';
import type { ResolvedRule } from '../resolve/resolved.ts';
import { evaluatePerson } from './evaluate-person.ts';
import { needsOf } from './needs.ts';
import { audienceKey, listKey, type PersonFacts } from './person-facts.ts';
import { mostPersons, readPersons } from './read-persons.ts';

const fields = createFieldRegistry();
const resolved = (rule: unknown): ResolvedRule => resolveRule(ruleSchema.parse(rule), fields, noon);
const all = (...parts: unknown[]): unknown => ({ kind: 'group', match: 'all', parts });
const bought = (rest: object = {}): unknown => ({ kind: 'measure', facts: { fact: 'order' }, measure: 'amount', compare: { is: 'at_least', value: 1 }, ...rest });
const viewed = (rest: object = {}): unknown => ({ kind: 'measure', facts: { fact: 'event', name: 'Product Viewed' }, measure: 'times', compare: { is: 'at_least', value: 1 }, ...rest });

describe('facts of people', () => {
  let test: TestPlatform;
  const read = (rules: unknown[], customerNos: number[], sets = noSets): Promise<Map<number, PersonFacts>> =>
    readPersons(test.platform.reader, sets, rules.map(resolved), customerNos);
  const of = async (customerNo: number, ...rules: unknown[]): Promise<PersonFacts> => (await read(rules, [customerNo])).get(customerNo) as PersonFacts;

  beforeAll(async () => {
    test = await createTestPlatform();
    const { clickhouse } = test.platform;
    await insertCustomers(clickhouse, [
      { customerNo: 1, province: '浙江', birthDate: '1996-02-29', attributes: { plan: 'gold', visits: 12.5 }, tags: [3, 5], consents: ['sms/marketing/granted'], identifierKinds: [1, 7] },
      { customerNo: 2, status: 'merged', tags: [9] }, { customerNo: 3, status: 'erased' }, { customerNo: 4 },
    ]);
    await mergeCustomers(clickhouse, [{ absorbed: 2, survivor: 1 }]);
    await insertLines(clickhouse, [
      { customerNo: 1, order: 'A', at: '2026-06-02T00:00:00.000Z', amount: 12.5, quantity: 2 },
      { customerNo: 2, order: 'B', at: '2026-06-01T00:00:00.125Z', amount: 3 },
      { customerNo: 2, order: 'B', at: '2026-06-03T00:00:00.000Z', amount: 3, kind: 'refund' },
      { customerNo: 0, order: 'C', amount: 99 }, { customerNo: 4, order: 'D', at: '2025-01-01T00:00:00.000Z', amount: 7 },
    ]);
    await insertEvents(clickhouse, [
      { customerNo: 2, at: '2026-06-01T00:00:00.000Z', name: 'Product Viewed', properties: { price: 9.5, page: { path: '/茶' }, empty: '' } },
      { customerNo: 1, at: '2026-05-01T00:00:00.000Z', name: 'Product Viewed', properties: { price: '面议' } },
      { customerNo: 1, at: '2026-05-02T00:00:00.000Z', name: 'Cart Viewed', properties: {} },
    ]);
    await clickhouse.insertRows('customer_summary', [{ customer_no: 1, version: 1, orders: 1, sales: '12.5' }, { customer_no: 2, version: 1, orders: 1, sales: '3', last_order_at: '2026-06-01 00:00:00.125' }]);
  });
  afterAll(() => test.close());

  it('are those of everybody who became part of them, oldest first, exact', async () => {
    const { lines } = await of(1, bought({ facts: { fact: 'order', of: 'net' }, measure: 'amount' }), bought({ measure: 'orders' }));
    expect(lines.map(({ atMs, kind, orderKey, amount }) => [new Date(atMs).toISOString(), kind, orderKey, amount])).toEqual([
      ['2026-06-01T00:00:00.125Z', 'sale', orderKeyOf('B'), 30_000n], ['2026-06-02T00:00:00.000Z', 'sale', orderKeyOf('A'), 125_000n], ['2026-06-03T00:00:00.000Z', 'refund', orderKeyOf('B'), -30_000n],
    ]);
    const { events } = await of(1, viewed({ measure: 'average', property: 'price', facts: { fact: 'event', name: 'Product Viewed', where: [{ property: 'page.path', test: 'known' }, { property: 'empty', test: 'known' }] } }));
    expect([...events]).toEqual([['Product Viewed', [
      { atMs: Date.parse('2026-05-01T00:00:00Z'), properties: new Map([['price', '面议']]) },
      { atMs: Date.parse('2026-06-01T00:00:00Z'), properties: new Map([['price', '9.5'], ['page.path', '/茶']]) },
    ]]]);
  });

  it('are of customers of today: not of those who were merged or erased, nor of numbers never given', async () => {
    expect([...(await read([bought()], [1, 2, 3, 4, 77, 0])).keys()].sort()).toEqual([1, 4]);
    expect(await read([bought()], [])).toEqual(new Map());
    expect((await of(4)).lines).toEqual([]);
  });

  it('hold what the copies say', async () => {
    const person = await of(1, { kind: 'tag', tags: [3] }, { kind: 'consent', channel: 'sms', purpose: 'marketing', state: 'granted' }, { kind: 'identifier', identifiers: ['phone'] });
    expect(person).toMatchObject({ tags: new Set([3, 5]), consents: new Set(['sms/marketing/granted']), identifierKinds: new Set(['external_id', 'device']) });
  });

  it('hold fields out of the registry by their own types, attributes included, however many', async () => {
    const known = (field: string): unknown => ({ kind: 'field', field, test: { test: 'known' } });
    const names = ['province', 'city', 'birth_date', 'first_seen', 'orders_ever', 'sales_ever', 'last_order', 'attribute.plan', 'attribute.visits', 'attribute.none', 'attribute.x\u2019y'];
    expect(Object.fromEntries((await of(1, ...names.map(known))).fields)).toEqual({
      province: '浙江', birth_date: '1996-02-29', first_seen: Date.parse('2026-01-01T00:00:00Z'), orders_ever: 20_000n, sales_ever: 155_000n, last_order: Date.parse('2026-06-01T00:00:00.125Z'),
      'attribute.plan': 'gold', 'attribute.visits': '12.5',
    });
  });

  it('say where somebody is a member, and who has a tag that is computed', async () => {
    const members = new Set([1]);
    const sets = { members: async (audienceId: number) => (audienceId === 7 ? members : new Set<number>()), list: async () => members, tag: async (tagId: number) => (tagId === 3 ? new Set<number>() : tagId === 8 ? members : null) };
    const rules = [{ kind: 'audience', audienceId: 7, on: '2026-01-01' }, { kind: 'audience', audienceId: 6 }, { kind: 'list', listId: 2 }, { kind: 'tag', tags: [3, 5, 8] }];
    const person = (await read(rules, [1, 4], sets)).get(1) as PersonFacts;
    expect(person.memberOf).toEqual(new Set([audienceKey(7, '2026-01-01'), listKey(2)]));
    expect(person.tags).toEqual(new Set([5, 8]));
  });

  it('are no more than the rules need', async () => {
    const recently = { period: { from: '2026-06-02' } };
    expect((await of(1, bought(recently))).lines).toHaveLength(1);
    expect((await of(1, bought(recently), bought({ period: { from: '2026-06-01', to: '2026-06-01' } }))).lines).toHaveLength(2);
    expect(await of(1, viewed(recently))).toMatchObject({ lines: [], tags: new Set(), events: new Map() });
    expect(needsOf([resolved(all({ kind: 'tag', tags: [3] }, { kind: 'sample', percent: 1, salt: 'x' }))])).toMatchObject({ lines: null, events: null, consents: false, fields: new Map() });
    expect(needsOf([resolved(bought({ measure: 'brands', facts: { fact: 'order', where: [{ field: 'unit_price', test: 'compare', compare: { is: 'at_least', value: 1 } }] } }))]).lines)
      .toEqual({ kinds: new Set(['sale']), columns: new Set(['brand', 'unitPrice']), range: { fromMs: null, untilMs: null } });
  });

  it('answer a rule', async () => {
    const rule = resolved(all(bought({ compare: { is: 'equals', value: '15.5' } }), { kind: 'field', field: 'birth_date', test: { test: 'anniversary', from: -180, to: 0 } }));
    expect(evaluatePerson(rule, await of(1, all(bought(), { kind: 'field', field: 'birth_date', test: { test: 'known' } }))).holds).toBe(true);
  });

  it('are refused of too many people at once, and cost no more than values however odd', async () => {
    await expect(read([bought()], Array.from({ length: mostPersons + 1 }, (_, i) => i + 1))).rejects.toThrow('10000 at most');
    const odd = ["'; DROP TABLE event; --", '\\', '％＿', '🍵'];
    const rules = odd.map((name) => viewed({ facts: { fact: 'event', name, where: [{ property: 'x', test: 'any_of', values: odd }] } }));
    expect((await read(rules, Array.from({ length: mostPersons }, (_, i) => i + 1))).size).toBe(2);
  });
});
