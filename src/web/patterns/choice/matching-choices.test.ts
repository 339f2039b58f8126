import { expect, it } from 'vitest';
import { matchingChoices } from './matching-choices.ts';

const groups = [
  { key: 'orders', label: '订单行为', choices: [{ key: 'count', label: '下单次数', words: 'orders' }, { key: 'amount', label: '消费金额' }] },
  { key: 'events', label: '行为事件', choices: [{ key: 'viewed', label: 'Product Viewed', hint: '1,204 次' }] },
];
const found = (typed: string, only?: string): string[] => matchingChoices(groups, typed, only).flatMap(({ choices }) => choices.map(({ key }) => key));

it('finds a choice by any of its words, its group’s too, in whatever width and case', () => {
  expect(found('product viewed')).toEqual(['viewed']);
  expect(found('Ｐｒｏｄｕｃｔ')).toEqual(['viewed']);
  expect(found('订单 金额')).toEqual(['amount']);
  expect(found('ORDERS')).toEqual(['count']);
  expect(found('nothing')).toEqual([]);
});

it('shows one group where nothing is typed', () => {
  expect(found('', 'orders')).toEqual(['count', 'amount']);
});
