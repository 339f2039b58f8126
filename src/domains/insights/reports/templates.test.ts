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

it('ask only for what goes together', () => {
  const known = registry();
  for (const { question: { metrics, dimensions } } of templatesOf(known)) {
    for (const name of metrics) for (const dimension of dimensions) expect(known.combines(known.metric(name), known.dimension(dimension)), `${name} ${dimension}`).toBe(true);
  }
});
