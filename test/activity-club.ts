import { createActivities, type Activities } from '../src/domains/membership/activities/activities.ts';
import type { ActivityDefinition, ActivityDoes } from '../src/domains/membership/contract/activities.ts';
import type { Ledger } from '../src/domains/membership/ledger/ledger.ts';
import { createMembers } from '../src/domains/membership/members/members.ts';
import { type MembershipDoors, noBudget } from '../src/domains/membership/part.ts';
import { createProgramme } from '../src/domains/membership/programme/programme.ts';
import { createSay } from '../src/platform/i18n.ts';
import { createInsightsOn } from './insights-server.ts';
import { createMallShop, type MallShop, type MallShopOptions } from './mall-shop.ts';
import { sampleActivity } from './sample-activity.ts';

/** A mall with its members, and activities for them, over a file's own stores. */
export interface ActivityClub extends MallShop {
  activities: Activities;
  /** Puts an activity that runs past the endpoints. */
  run(does: ActivityDoes, changes?: Partial<ActivityDefinition>): Promise<number>;
}

export async function createActivityClub(options: MallShopOptions): Promise<ActivityClub> {
  const shop = await createMallShop(options);
  const { platform } = shop.test;
  const programme = createProgramme(platform);
  const ledger: Ledger = { ...shop.ledger, ...options.between?.(shop.ledger) };
  const doors: MembershipDoors = { platform, say: createSay(), ledger, programme, members: createMembers(platform, programme), budget: noBudget, ...createInsightsOn(platform) };
  return {
    ...shop,
    activities: createActivities(doors, shop.mall),
    async run(does, changes = {}) {
      const definition = sampleActivity(does, { startsAt: '2026-01-01T00:00:00Z', endsAt: null, ...changes });
      const [{ activityNo }] = await shop.rows<{ activityNo: number }>(
        `insert into activity (definition, state, budget, seed, edited_by, edited_at) values ($1, 'published', $2, '\\x0123456789abcdef', 'test', now()) returning activity_no as "activityNo"`, [definition, definition.budget]);
      const stocks = does.kind === 'lottery' ? does.prizes : does.kind === 'exchange' ? [{ key: 'exchange', stock: does.stock }] : [];
      for (const { key, stock } of stocks) await shop.rows('insert into activity_prize (activity_no, prize_key, stock) values ($1, $2, $3)', [activityNo, key, stock]);
      return activityNo;
    },
  };
}
