import type { FactTable, Metric } from '../../insights/public.ts';
import { type FactKind, factNames } from '../sending/facts/message-facts.ts';

const property = (name: string): string => `toString(getSubcolumn(properties, '${name}'))`;

/** What was told of messages, as events say it. Messages that somebody sent to try a template are nobody's. */
export const messageTable: FactTable = {
  name: 'messages',
  from: `(select customer_no, occurred_at, name as told, ${property('channel')} as way, ${property('program')} as program, ${property('machine')} = 'true' as is_machine from event
    where source = 'messaging' and name in (${Object.values(factNames).map((name) => `'${name}'`).join(', ')}) and not startsWith(program, 'test '))`,
  at: 'occurred_at', customer: 'customer_no', columns: 'customer_no, told, is_machine',
};

const base = { table: messageTable.name, subject: 'campaigns', unit: 'count' } as const;
const told = (kind: FactKind): string => `told = '${factNames[kind]}'`;
const metric = (name: string, condition: string, given: Pick<Metric, 'more' | 'reckoned'> & Partial<Metric>): Metric => ({
  ...base, name: `messaging.${name}`, words: `messaging:metric.${name}`, isAdditive: false, people: () => `${condition} and person > 0`, ...given,
});
const messages = (name: string, condition: string, more: Metric['more']): Metric =>
  metric(name, condition, { more, isAdditive: true, reckoned: { kind: 'aggregate', sql: (when) => `countIf(${condition} and ${when})` } });
const people = (name: string, condition: string, more: Metric['more']): Metric =>
  metric(name, condition, { more, reckoned: { kind: 'aggregate', sql: (when) => `groupBitmapIf(person, ${condition} and person > 0 and ${when})` } });
const ratio = (name: string, condition: string, more: Metric['more'], of: string, by: string, unit: Metric['unit'] = 'percent'): Metric =>
  metric(name, condition, { more, unit, reckoned: { kind: 'ratio', of: [`messaging.${of}`, `messaging.${by}`] } });

/** Programs that fetch the pictures of every mail read nothing. */
const openedByPeople = `${told('opened')} and not is_machine`;

/** In the order in which they are offered: a first report of campaigns takes those in front. Ratios stand after what they are made of. */
export const messageMetrics: Metric[] = [
  messages('sent', told('sent'), 'neutral'),
  people('reached', told('sent'), 'good'),
  messages('delivered', told('delivered'), 'good'),
  ratio('deliveryRate', told('delivered'), 'good', 'delivered', 'sent'),
  messages('opened', openedByPeople, 'good'),
  people('clickers', told('clicked'), 'good'),
  ratio('clickRate', told('clicked'), 'good', 'clickers', 'reached'),
  messages('unsubscribed', told('unsubscribed'), 'bad'),
  messages('clicks', told('clicked'), 'good'),
  messages('bounced', told('bounced'), 'bad'),
  messages('complained', told('complained'), 'bad'),
  messages('replied', told('replied'), 'good'),
  ratio('openRate', openedByPeople, 'good', 'opened', 'sent'),
  ratio('bounceRate', told('bounced'), 'bad', 'bounced', 'sent'),
  ratio('complaintRate', told('complained'), 'bad', 'complained', 'sent'),
  ratio('unsubscribeRate', told('unsubscribed'), 'bad', 'unsubscribed', 'sent'),
  ratio('messagesPerPerson', told('sent'), 'neutral', 'sent', 'reached', 'quantity'),
];
