import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { insertEvents } from '../../../../test/audience-people.ts';
import { createTestPlatform, type TestPlatform } from '../../../../test/harness.ts';
import { insertLines, mergeCustomers } from '../../../../test/order-lines.ts';
import { Bitmap } from '../../../kernel/bitmap/bitmap.ts';
import type { ResolvedRule } from '../resolve/resolved.ts';
import { combine } from './combine.ts';
import { peopleWithin } from './crossed.ts';

describe('people who have facts in a window of time', () => {
  let test: TestPlatform;
  beforeAll(async () => {
    test = await createTestPlatform();
    const at = (minute: number): string => `2026-06-18T04:0${minute}:00.000Z`;
    await insertEvents(test.platform.clickhouse, [1, 2, 3, 4].map((no) => ({ customerNo: no, at: at(no), name: 'Viewed', properties: { price: no } })));
    await insertLines(test.platform.clickhouse, [{ customerNo: 5, at: at(2), category: '茶' }, { customerNo: 6, at: at(2), category: '酒' }, { customerNo: 0, at: at(2) }]);
    await mergeCustomers(test.platform.clickhouse, [{ absorbed: 2, survivor: 9 }]);
  });
  afterAll(() => test.close());

  it('count for whom they became part of, once a window, whatever events say; of lines only those that are meant', async () => {
    const ms = (minute: number): number => Date.parse(`2026-06-18T04:0${minute}:00Z`);
    const viewed = { fact: 'event' as const, name: 'Viewed', where: [{ property: 'price', test: 'any_of' as const, values: ['77'] }] };
    const tea = { fact: 'order' as const, of: 'sale' as const, where: [{ field: 'category' as const, test: 'any_of' as const, values: ['茶'] }] };
    const windows = [
      { facts: viewed, range: { fromMs: ms(2), untilMs: ms(4) } }, { facts: tea, range: { fromMs: ms(2), untilMs: ms(3) } },
      { facts: { ...viewed, name: 'Left' }, range: { fromMs: null, untilMs: null } }, { facts: viewed, range: { fromMs: null, untilMs: null } }, { facts: viewed, range: { fromMs: ms(2), untilMs: ms(4) } },
    ];
    const found = await peopleWithin(test.platform.reader, windows, 3);
    expect(found.map((people) => people && [...people])).toEqual([[3, 9], [5], [], null, [3, 9]]);
  });
});

it('combines conditions from left to right, among the people it is asked of', () => {
  const leaf = (path: string): ResolvedRule => ({ path, condition: { kind: 'list', listId: 1 } });
  const rule: ResolvedRule = { match: 'any', path: '', parts: [{ match: 'all', path: '0', parts: [leaf('a'), leaf('b')] }, { match: 'none', path: '1', parts: [leaf('c'), leaf('d')] }] };
  const sets = [[1, 2, 3], [2, 3, 4], [1, 2], [5]].map((members) => Bitmap.of(members));
  expect([...combine(rule, sets, Bitmap.range(1, 8))]).toEqual([2, 3, 4, 6, 7]);
  expect([...combine(rule, sets, Bitmap.of([1, 2, 6, 9]))]).toEqual([2, 6, 9]);
  expect([...combine({ match: 'all', path: '', parts: [] }, [], Bitmap.of([4]))]).toEqual([4]);
});
