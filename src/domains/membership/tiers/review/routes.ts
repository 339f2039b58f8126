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

/** So many are decided about by one request; of more the rest is told. */
const decidedAtOnce = 2_000;

/** Endpoints of reviews: what they would come to, and what is decided about drops that wait. */
export function reviewRoutes({ platform, programme }: MembershipDoors, keeper: TierKeeper): Route[] {
  const { pg, clock } = platform;
  const waiting = async (customerNos: readonly number[] | undefined): Promise<number[]> => {
    const { rows } = await pg.query<{ customerNo: number }>(
      `select customer_no as "customerNo" from member where awaiting_since is not null and left_at is null and ($1::int[] is null or customer_no = any($1)) order by awaiting_since, customer_no limit $2`, [customerNos ?? null, decidedAtOnce]);
    return rows.map(({ customerNo }) => customerNo);
  };
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
        until, awaiting, graceDays, minimumDays, drop, review, computedAt: now.toISOString(),
        tiers: version.definition.tiers.slice(1).map(({ key }) => {
          const { due, missed } = rows.find(({ tier }) => tier === key) ?? { due: 0, missed: 0 };
          return { tier: shownTier(versions, key, locale), due, missed, kept: due - missed };
        }),
      };
    }),
    route(decideTierReview, async ({ body: { verdict, reason, customerNos }, actor }) => {
      const numbers = await waiting(customerNos);
      const decided = await inTransaction(pg, async (client) => {
        const before = new Map((await client.query<{ no: number; tier: string }>('select customer_no as no, tier from member where customer_no = any($1::int[])', [numbers])).rows.map(({ no, tier }) => [no, tier]));
        const looked = await keeper.decide(client, numbers, verdict);
        await client.query(
          `insert into tier_decision (customer_no, verdict, reason, decided_by, decided_at, from_tier, to_tier)
            select no, $4, $5, $6, $7, from_tier, to_tier from unnest($1::int[], $2::text[], $3::text[]) as d (no, from_tier, to_tier)`,
          [looked.map(({ row }) => row.customerNo), looked.map(({ row, standing }) => before.get(row.customerNo) ?? standing.life.shown), looked.map(({ standing }) => standing.life.shown), verdict, reason, actor.name, clock.now()]);
        await recordAudit(client, { actor, action: 'membership.decide_tier_review', subject: customerNos?.length === 1 ? `customer:${customerNos[0]}` : 'tiers', details: { verdict, reason, people: looked.length } });
        return looked.length;
      });
      return { decided, left: (await waiting(customerNos)).length };
    }),
  ];
}
