import { expect, it } from 'vitest';
import { createSay } from '../../../platform/i18n.ts';
import type { Metric } from '../registry/entry.ts';
import { ownRegistry } from '../registry/own.ts';
import { templatesOf } from './templates.ts';

const registry = () => ownRegistry({ namesOf: async () => new Map() } as never, createSay());
const metric = (name: string, more: Partial<Metric>): Metric => ({
  name, words: 'insights:metric.units', subject: 'members', table: 'lines', unit: 'count', more: 'good', isAdditive: true,
  reckoned: { kind: 'aggregate', sql: (when) => `countIf(${when})` }, ...more,
});

it('are offered for the subjects that have metrics, and for no other', () => {
  const known = registry();
  expect(templatesOf(known).map(({ subject }) => subject)).toEqual(['sales', 'users', 'visits']);
  known.registerMetric(metric('membership.points', {}));
  known.registerMetric(metric('membership.members', { isStanding: true }));
  known.registerMetric(metric('service.open', { subject: 'service', isStanding: true }));
  const found = templatesOf(known);
  expect(found.map(({ subject }) => subject)).toEqual(['sales', 'users', 'visits', 'members', 'service']);
  expect(found[3].question).toMatchObject({ metrics: ['membership.points'], dimensions: ['day'] });
  expect(found[4].question).toMatchObject({ metrics: ['service.open'], dimensions: [] });
});

it('tell apart by what facts say of themselves under the name of their subject, if it goes with all that is asked for', () => {
  const known = registry();
  const of = (name: string, table: string) => known.registerDimension({ name, words: 'insights:dimension.channel', group: 'campaigns', of: { [table]: 'name' } });
  known.registerMetric(metric('campaigns.sent', { subject: 'campaigns', table: 'events' }));
  known.registerMetric(metric('membership.points', {}));
  of('campaigns.product', 'lines');
  expect(templatesOf(known).at(-1)?.question).toMatchObject({ metrics: ['campaigns.sent'], dimensions: ['day'], compare: 'before' });
  of('campaigns.program', 'events');
  expect(templatesOf(known).map(({ question }) => question.dimensions)).toEqual([['day'], ['day'], ['event'], ['day'], ['campaigns.program']]);
  expect(templatesOf(known).at(-1)?.question.compare).toBe('none');
});

it('ask only for what goes together', () => {
  const known = registry();
  for (const { question: { metrics, dimensions } } of templatesOf(known)) {
    for (const name of metrics) for (const dimension of dimensions) expect(known.combines(known.metric(name), known.dimension(dimension)), `${name} ${dimension}`).toBe(true);
  }
});
