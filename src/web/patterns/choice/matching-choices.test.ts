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

it('puts what begins with what is typed before what merely holds it', () => {
  const tags = { key: 'tags', label: '标签', choices: [{ key: 'tag', label: '近 90 天下单的人' }, { key: 'other', label: '下单意向' }] };
  expect(matchingChoices([tags, ...groups], '下单', undefined).flatMap(({ choices }) => choices.map(({ key }) => key))).toEqual(['other', 'tag', 'count']);
  expect(matchingChoices([{ ...tags, choices: tags.choices.slice(0, 1) }, ...groups], '下单', undefined).map(({ key }) => key)).toEqual(['orders', 'tags']);
});

it('shows one group where nothing is typed', () => {
  expect(found('', 'orders')).toEqual(['count', 'amount']);
});
