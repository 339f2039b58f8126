import type { Clock } from '../../../../platform/clock.ts';
import type { Insights, Metric } from '../../../insights/public.ts';
import { nameIn } from '../../contract/programme.ts';
import type { Programme } from '../../programme/programme.ts';
import { relationOf } from '../standing/fields.ts';

const people = (name: string, more: Partial<Metric> = {}): Metric => ({
  name: `membership.${name}`, words: `membership:metric.${name}`, subject: 'members', table: 'members', unit: 'count', more: 'good', isAdditive: true,
  reckoned: { kind: 'aggregate', sql: (when) => `groupBitmapIf(person, ${when})` }, people: () => '1', ...more,
});

/** Members by when they joined, and every fact by the tier of its person: so reports and dashboards can ask for them. */
export function registerMembers(insights: Pick<Insights, 'registerTable' | 'registerMetric' | 'registerDimension'>, programme: Programme, clock: Clock): void {
  insights.registerTable({
    name: 'members', from: '(select customer_no, assumeNotNull(joined_at) as member_since, points from member_standing where tier_rank > 0)', at: 'member_since', customer: 'customer_no', columns: 'customer_no, points',
  });
  insights.registerMetric(people('joined'));
  insights.registerMetric(people('members', { isStanding: true }));
  insights.registerMetric(people('points', { isStanding: true, reckoned: { kind: 'aggregate', sql: (when) => `sumIf(points, ${when})` }, more: 'neutral', people: () => 'points > 0' }));
  insights.registerDimension({
    name: 'membership.tier', words: 'membership:dimension.tier', group: 'members', ofPerson: `select customer_no, assumeNotNull(value) as value from (${relationOf('tier')})`,
    async named(values, locale) {
      const tiers = (await programme.at(clock.now().getTime()))?.definition.tiers ?? [];
      return new Map(tiers.filter(({ key }) => values.includes(key)).map(({ key, names }) => [key, nameIn(names, locale)]));
    },
  });
}
