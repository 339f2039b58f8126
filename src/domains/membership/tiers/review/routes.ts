import { addDays, startOfDay } from '../../../../kernel/day.ts';
import { conflict } from '../../../../kernel/problem.ts';
import { route, type Route } from '../../../../platform/http/route.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import { readBrand } from '../../../../platform/settings.ts';
import { recordAudit } from '../../../access/public.ts';
import { decideTierReview, readTierReview } from '../../contract/tiers.ts';
import { shownTier } from '../../members/shown.ts';
import type { MembershipDoors } from '../../part.ts';
import type { TierKeeper } from '../keep/keeper.ts';
import { beginDecision, decideAbout, type RunningDecision, runningDecision } from './decide-all.ts';

const shownRunning = (running: RunningDecision | null) => running && { ...running, beganAt: running.beganAt.toISOString() };

/** Endpoints of reviews: what they would come to, and what is decided about drops that wait. */
export function reviewRoutes({ platform, programme }: MembershipDoors, keeper: TierKeeper): Route[] {
  const { pg, clock } = platform;
  return [
    route(readTierReview, async ({ query: { until }, actor: { locale } }) => {
      const now = clock.now();
      const version = await programme.at(now.getTime());
      if (!version) throw conflict('membership.no_tiers_yet');
      const [versions, { timeZone }] = [await programme.versions(), await readBrand(pg)];
      const { rows } = await pg.query<{ tier: string; due: number; missed: number }>(
        `select tier, count(*) as due, count(*) filter (where to_keep is not null) as missed from member
          where review_at > $1 and review_at <= $2 and grace_until is null and awaiting_since is null and left_at is null group by tier`, [now, startOfDay(addDays(until, 1), timeZone)]);
      const { rows: [{ awaiting }] } = await pg.query<{ awaiting: number }>('select count(*) as awaiting from member where awaiting_since is not null and left_at is null');
      const { graceDays, minimumDays, drop, review } = version.definition.tierRules;
      return {
        until, awaiting, running: shownRunning(await runningDecision(pg)), graceDays, minimumDays, drop, review, computedAt: now.toISOString(),
        tiers: version.definition.tiers.slice(1).map(({ key }) => {
          const { due, missed } = rows.find(({ tier }) => tier === key) ?? { due: 0, missed: 0 };
          return { tier: shownTier(versions, key, locale), due, missed, kept: due - missed };
        }),
      };
    }),
    route(decideTierReview, async ({ body: { verdict, reason, customerNos }, actor }) => inTransaction(pg, async (client) => {
      const decision = { verdict, reason, by: actor.name };
      const people = customerNos ? await decideAbout(client, keeper, customerNos, decision, clock.now()) : await beginDecision(client, decision, clock.now());
      await recordAudit(client, { actor, action: 'membership.decide_tier_review', subject: customerNos?.length === 1 ? `customer:${customerNos[0]}` : 'tiers', details: { verdict, reason, people } });
      return { people };
    })),
  ];
}
