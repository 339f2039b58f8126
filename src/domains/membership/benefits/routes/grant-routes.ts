import type { Locale } from '../../../../kernel/locale.ts';
import { notFound } from '../../../../kernel/problem.ts';
import { route, type Route } from '../../../../platform/http/route.ts';
import { claimBenefit, grantBenefit, listGrants, readMemberBenefits, retryGrant, type ShownGrant, takeGrantBack, undoUse, useBenefit } from '../../contract/benefits.ts';
import type { MembershipDoors } from '../../part.ts';
import type { Describe } from '../describe.ts';
import { giveByHand, retryGrant as retry, takeGrantBack as takeBack } from '../grants/by-hand.ts';
import { readGrants } from '../grants/shown-grants.ts';
import { benefitsOfPerson } from '../person/of-person.ts';
import { readBenefit } from '../store/benefits.ts';
import { undoUse as undo, useBenefit as use } from '../uses/use-benefit.ts';

/** What people are given and use: by hand, by claiming, at a checkout. `give` hands what was granted to its givers. */
export function grantRoutes(doors: MembershipDoors, give: () => Promise<void>, describe: Describe): Route[] {
  const { platform, members, say } = doors;
  const { pg: pool, clock } = platform;
  const shown = async (grantNo: number, locale: Locale): Promise<ShownGrant> => {
    const { rows: [grant] } = await readGrants(pool, clock.now(), { grantNo, limit: 1 }, describe, say, locale);
    if (!grant) throw notFound('membership.grant_not_found', { grantNo });
    return grant;
  };
  return [
    route(listGrants, async ({ params: { benefitId }, query: { page, pageSize, state }, actor: { locale } }) => {
      await readBenefit(pool, benefitId);
      return { ...(await readGrants(pool, clock.now(), { benefitId, state, limit: pageSize, offset: (page - 1) * pageSize }, describe, say, locale)), computedAt: clock.now().toISOString() };
    }),
    route(readMemberBenefits, ({ params: { customerNo }, actor: { locale } }) => benefitsOfPerson(doors, describe, customerNo, locale)),
    route(grantBenefit, async ({ params: { benefitId }, body, actor }) => {
      const { grantNo, isReplay } = await giveByHand(platform, members, give, actor, { ...body, benefitId });
      return { grant: await shown(grantNo, actor.locale), isReplay };
    }),
    route(claimBenefit, async ({ body, actor }) => {
      const { grantNo, isReplay } = await giveByHand(platform, members, give, actor, body);
      return { grant: await shown(grantNo, actor.locale), isReplay };
    }),
    route(retryGrant, async ({ params: { grantNo }, actor }) => {
      await retry(platform, give, actor, grantNo);
      return shown(grantNo, actor.locale);
    }),
    route(takeGrantBack, async ({ params: { grantNo }, body: { reason }, actor }) => {
      await takeBack(platform, actor, grantNo, reason);
      await give();
      return shown(grantNo, actor.locale);
    }),
    route(useBenefit, ({ body, actor }) => use(platform, members, actor, body)),
    route(undoUse, ({ body, actor }) => undo(platform, actor, body)),
  ];
}
