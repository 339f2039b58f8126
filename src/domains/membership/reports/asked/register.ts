import type { Platform } from '../../../../platform/platform.ts';
import type { Dimension, Insights } from '../../../insights/public.ts';
import { nameIn } from '../../contract/programme.ts';
import type { MembershipDoors } from '../../part.ts';
import { relationOf, wayRelation } from '../standing/fields.ts';
import { tables } from './entries.ts';
import { memberMetrics } from './metrics.ts';

type RegisterDoors = Pick<MembershipDoors, 'say' | 'programme'> & {
  platform: Pick<Platform, 'pg' | 'clock'>;
  insights: Pick<Insights, 'registerTable' | 'registerMetric' | 'registerDimension'>;
};

const ways = ['order', 'policy', 'asked', 'staff'];

/** Members, what they buy, their points and what all of it costs; every fact by the tier of its person and by how they joined: for reports, dashboards and targets. */
export function registerMembers({ platform, say, programme, insights }: RegisterDoors): void {
  const version = async (): Promise<string> => (await platform.pg.query<{ ticket: string }>('select last_value::text as ticket from customer_copy_ticket')).rows[0].ticket;
  const dimension = (name: string, relation: string, named: Dimension['named']): Dimension => ({
    name: `membership.${name}`, words: `membership:dimension.${name}`, group: 'members', version, named,
    ofPerson: `select customer_no, assumeNotNull(value) as value from (${relation})`,
  });
  tables({ version }).forEach(insights.registerTable);
  memberMetrics.forEach(insights.registerMetric);
  insights.registerDimension(dimension('tier', relationOf('tier'), async (values, locale) => {
    const tiers = (await programme.at(platform.clock.now().getTime()))?.definition.tiers ?? [];
    return new Map(tiers.filter(({ key }) => values.includes(key)).map(({ key, names }) => [key, nameIn(names, locale)]));
  }));
  // `order:天猫` is somebody's way, and the channel they came by.
  insights.registerDimension(dimension('way', wayRelation, async (values, locale) => new Map(values.flatMap((value) => {
    const [way, ...channel] = value.split(':');
    return ways.includes(way) ? [[value, [say(locale, 'membership', `overview.way.${way}`), channel.join(':')].filter(Boolean).join(' · ')]] : [];
  }))));
}
