import type { Metric } from './entry.ts';
import { differentPeopleIf } from './order-metrics.ts';

const base = { table: 'customers', subject: 'users', unit: 'count', more: 'good' } as const;

const people = (name: string, condition: string, more: Partial<Metric> = {}): Metric => ({
  ...base,
  name,
  words: `insights:metric.${name}`,
  // Everybody is one row of the table: parts add up.
  isAdditive: true,
  reckoned: { kind: 'aggregate', sql: (when) => `countIf(${condition} and ${when})` },
  people: () => condition,
  ...more,
});

const consented = "arrayExists(consent -> endsWith(consent, '/marketing/granted'), consents)";

/** What is known of people: who came within a period, and how many there are at its end. */
export const customerMetrics: Metric[] = [
  people('newCustomers', '1'),
  people('newKnownCustomers', 'is_identified = 1'),
  people('customers', '1', { isStanding: true }),
  people('knownCustomers', 'is_identified = 1', { isStanding: true }),
  people('reachableCustomers', consented, { isStanding: true }),
  {
    ...base,
    name: 'reachableShare',
    words: 'insights:metric.reachableShare',
    unit: 'percent',
    isAdditive: false,
    reckoned: { kind: 'ratio', of: ['reachableCustomers', 'customers'] },
    isStanding: true,
    people: () => consented,
  },
];

const visit = { table: 'events', subject: 'visits', unit: 'count', more: 'good' } as const;
const seen = "kind in ('page', 'screen')";

/** What trackers saw. */
export const eventMetrics: Metric[] = [
  { ...visit, name: 'visitors', words: 'insights:metric.visitors', isAdditive: false, people: () => 'person > 0', reckoned: { kind: 'aggregate', sql: (when) => `${differentPeopleIf}(person, person > 0 and ${when})` } },
  { ...visit, name: 'events', words: 'insights:metric.events', isAdditive: true, people: () => 'person > 0', reckoned: { kind: 'aggregate', sql: (when) => `countIf(${when})` } },
  { ...visit, name: 'pageViews', words: 'insights:metric.pageViews', isAdditive: true, people: () => `${seen} and person > 0`, reckoned: { kind: 'aggregate', sql: (when) => `countIf(${seen} and ${when})` } },
  { ...visit, name: 'eventsPerVisitor', words: 'insights:metric.eventsPerVisitor', unit: 'quantity', isAdditive: false, people: () => 'person > 0', reckoned: { kind: 'ratio', of: ['events', 'visitors'] } },
];
