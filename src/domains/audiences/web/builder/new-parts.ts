import type { Facts, PlainCondition } from '../../contract.ts';
import { newTest, testsOf } from '../condition/field-test.ts';
import { type Measure, measuresOf } from '../condition/measure-words.ts';
import type { FieldList } from '../inputs/use-field-list.ts';
import { type DraftPart, newCondition, newGroup } from '../rule/draft.ts';

type Field = FieldList['fields'][number];
type Of = 'sale' | 'refund' | 'net';

const orders = (of: Of): Facts => ({ fact: 'order', of, where: [] });
const events = (name: string): Facts => ({ fact: 'event', name, where: [] });
const lastDays = (ago: number) => ({ from: { ago, unit: 'day' as const } });

const measure = (facts: Facts, what: Measure, least: string): PlainCondition => ({
  kind: 'measure', facts, measure: what, period: what.startsWith('days_since') ? {} : lastDays(90), compare: { is: 'at_least', value: least },
});

/** What is measured of sales first, of refunds, and of both against each other. */
export const orderChoices: { key: string; of: Of; measure: Measure }[] = [
  ...measuresOf(orders('sale')).map((name) => ({ key: `sale.${name}`, of: 'sale' as const, measure: name })),
  ...(['orders', 'amount', 'quantity'] as const).map((name) => ({ key: `refund.${name}`, of: 'refund' as const, measure: name })),
  ...measuresOf(orders('net')).map((name) => ({ key: `net.${name}`, of: 'net' as const, measure: name })),
];

/** Totals of all time: fields that an operator looks for among the orders. */
export const orderFields: readonly string[] = ['orders_ever', 'sales_ever', 'refunded_ever', 'first_order', 'last_order'];

const isOfOrder = (name: Measure): boolean => name === 'orders' || name === 'lines' || name === 'days';

export const newOrderMeasure = (of: Of, name: Measure): DraftPart => newCondition(measure(orders(of), name, isOfOrder(name) ? '1' : ''));

/** Bought a product, or did not: the products are still to be said. */
export const newBought = (isBought: boolean): DraftPart => newCondition({
  kind: 'measure',
  facts: { fact: 'order', of: 'sale', where: [{ field: 'product', test: 'any_of', values: [] }] },
  measure: 'orders',
  period: lastDays(90),
  compare: isBought ? { is: 'at_least', value: '1' } : { is: 'at_most', value: '0' },
});

export const newEventMeasure = (name: string): DraftPart => newCondition({ ...measure(events(name), 'times', '1'), period: lastDays(30) } as PlainCondition);

export const newMoment = (which: 'first' | 'last'): DraftPart => newCondition({ kind: 'moment', facts: orders('sale'), which, period: {}, when: lastDays(30) });

export const newField = ({ name, type }: Pick<Field, 'name' | 'type'>, isAnniversary = false): DraftPart =>
  newCondition({ kind: 'field', field: name, test: newTest(isAnniversary ? 'anniversary' : type === 'day' ? 'within' : testsOf[type][0]) });

export const newTag = (tagId?: number): DraftPart => newCondition({ kind: 'tag', tags: tagId === undefined ? [] : [tagId], match: 'any' });

/** Viewed and not bought: the commonest sequence, of the first event there is. */
export const newSequence = (event: string | undefined): DraftPart => newCondition({
  kind: 'sequence',
  first: event === undefined ? orders('sale') : events(event),
  then: [{ facts: orders('sale'), within: { amount: 3, unit: 'day' } }],
  ends: 'did_not',
  period: lastDays(30),
});

/** Conditions of the other kinds, as they begin. */
export const newOther: Record<'consent' | 'identifier' | 'recurring' | 'audience' | 'list' | 'sample', () => DraftPart> = {
  consent: () => newCondition({ kind: 'consent', channel: 'sms', purpose: 'marketing', state: 'granted' }),
  identifier: () => newCondition({ kind: 'identifier', identifiers: ['phone'], match: 'any' }),
  recurring: () => newCondition({ kind: 'recurring', facts: orders('sale'), every: 'month', times: 3, of: 6 }),
  audience: () => newCondition({ kind: 'audience', audienceId: 0 }),
  list: () => newCondition({ kind: 'list', listId: 0 }),
  sample: () => newCondition({ kind: 'sample', percent: 10, salt: 'A' }),
};

export const newHeld = (): DraftPart => newGroup('all', [], 7);
