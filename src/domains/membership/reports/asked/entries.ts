import type { FactTable, Metric } from '../../../insights/public.ts';
import { relationOf } from '../standing/fields.ts';

/** A number of members; each says its own. */
export const metric = (name: string, given: Pick<Metric, 'table' | 'reckoned'> & Partial<Metric>): Metric => ({
  name: `membership.${name}`, words: `membership:metric.${name}`, subject: 'members', unit: 'count', more: 'good', isAdditive: true, ...given,
});

/** Rows of a table for which a condition holds, in one of ClickHouse's ways to put them together. */
export const counted = (sql: (when: string) => string): Metric['reckoned'] => ({ kind: 'aggregate', sql });
export const ratio = (first: string, second: string): Metric['reckoned'] => ({ kind: 'ratio', of: [first, second] });

/** The copies that PostgreSQL's members are read from; each is made anew or added to, and answers of before are old then. */
export interface Copied {
  version(): Promise<string>;
}
export const tables = ({ version }: Copied): FactTable[] => [
  {
    name: 'members', from: '(select customer_no, assumeNotNull(joined_at) as member_since, points from member_standing where tier_rank > 0)',
    at: 'member_since', customer: 'customer_no', columns: 'customer_no, points', version,
  },
  { name: 'pointsEntries', from: 'points_entry', at: 'occurred_at', customer: 'customer_no', columns: 'customer_no, kind, amount, worth', version },
  {
    name: 'memberCosts', at: 'occurred_at', customer: 'customer_no', columns: 'customer_no, of, cost', version,
    from: `(select customer_no, occurred_at, 'points' as of, toDecimal128(-amount * worth, 4) as cost from points_entry where kind in (${spends})
      union all select customer_no, occurred_at, 'benefit', toDecimal128(cost, 4) from benefit_cost)`,
  },
];

/** Points that were spent, and those of them that came back with what they had paid for. */
export const spends = "'spend', 'give_back'";

/** Whoever is a member today, in a number that counts for all of their numbers. */
export const isMember = `person in (select customer_no from (${relationOf('tier')}))`;
