import type { Metric } from '../../../insights/public.ts';
import { expectedSql, worthSql } from '../points/terms.ts';
import { counted, isMember, metric, ratio, spends } from './entries.ts';

const everybody = { people: () => 'person > 0' };

/** Who joined, who there is, and what they have. */
const ofMembers: Metric[] = [
  metric('joined', { table: 'members', reckoned: counted((when) => `groupBitmapIf(person, ${when})`), ...everybody }),
  metric('members', { table: 'members', isStanding: true, reckoned: counted((when) => `groupBitmapIf(person, ${when})`), ...everybody }),
  metric('joiningRate', { table: 'members', isStanding: true, unit: 'percent', isAdditive: false, reckoned: ratio('membership.members', 'customers'), ...everybody }),
  metric('points', { table: 'members', isStanding: true, more: 'neutral', reckoned: counted((when) => `sumIf(points, ${when})`), people: () => 'points > 0' }),
];

const sold = `kind = 'sale' and person > 0 and ${isMember}`;
const bought = { table: 'lines', people: () => sold } as const;

/** What whoever is a member today bought. */
const ofPurchases: Metric[] = [
  metric('active', { ...bought, isAdditive: false, reckoned: counted((when) => `groupBitmapIf(person, ${sold} and ${when})`) }),
  metric('sales', { ...bought, unit: 'money', reckoned: counted((when) => `sumIf(amount, ${sold} and ${when})`) }),
  metric('salesShare', { ...bought, unit: 'percent', isAdditive: false, reckoned: ratio('membership.sales', 'sales') }),
];

const cost = (name: string, condition: string): Metric => metric(name, {
  table: 'memberCosts', unit: 'money', more: 'neutral', reckoned: counted((when) => `sumIf(cost, ${condition} and ${when})`), people: () => `${condition} and person > 0`,
});

/** What the programme costs beside what its members buy. */
const ofCosts: Metric[] = [
  cost('cost', '1'),
  metric('costRate', { table: 'memberCosts', unit: 'percent', more: 'neutral', isAdditive: false, reckoned: ratio('membership.cost', 'membership.sales') }),
];

const entries = (name: string, kinds: string, sign: '' | '-', more: Metric['more']): Metric => metric(name, {
  table: 'pointsEntries', more, reckoned: counted((when) => `${sign}sumIf(amount, kind in (${kinds}) and ${when})`), people: () => `kind in (${kinds}) and person > 0`,
});
const standing = (name: string, sql: (when: string) => string, more: Partial<Metric> = {}): Metric =>
  metric(name, { table: 'pointsEntries', isStanding: true, more: 'neutral', reckoned: counted(sql), ...everybody, ...more });
/** What the ledger says, and what is owed by it. */
const ofPoints: Metric[] = [
  entries('pointsIssued', "'earn'", '', 'neutral'),
  entries('pointsSpent', spends, '-', 'good'),
  entries('pointsExpired', "'expire'", '-', 'neutral'),
  entries('pointsTakenBack', "'take_back', 'net'", '-', 'bad'),
  metric('pointsUseRate', { table: 'pointsEntries', unit: 'percent', isAdditive: false, reckoned: ratio('membership.pointsSpent', 'membership.pointsIssued') }),
  standing('pointsBalance', (when) => `sumIf(amount, ${when})`),
  standing('pointsFaceValue', (when) => `toDecimal128(sumIf(amount, ${when}) * ${worthSql}, 4)`, { unit: 'money' }),
  standing('pointsLiability', (when) => `toDecimal128(sumIf(amount, ${when}) * ${worthSql} * ${expectedSql}, 4)`, { unit: 'money' }),
];

const further: Metric[] = [
  metric('salesPerActive', { ...bought, unit: 'money', isAdditive: false, reckoned: ratio('membership.sales', 'membership.active') }),
  metric('activeShare', { table: 'members', isStanding: true, unit: 'percent', isAdditive: false, reckoned: ratio('membership.active', 'membership.members') }),
  cost('pointsCost', "of = 'points'"),
  cost('benefitsCost', "of = 'benefit'"),
];

/** In the order in which they are offered: a first report of members takes those in front. Ratios stand after what they are made of. */
export const memberMetrics: Metric[] = [...ofMembers, ...ofPurchases, ...ofCosts, ...ofPoints, ...further];
