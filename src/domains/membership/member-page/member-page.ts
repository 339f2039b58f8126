import type { Locale } from '../../../kernel/locale.ts';
import { notFound } from '../../../kernel/problem.ts';
import { route, type Route } from '../../../platform/http/route.ts';
import {
  chooseConsent, closeMemberPage, createMemberLink, createPageLink, exchangeOwn, joinOwn, leaveOwn, listOwnEntries, openMemberPage, readMemberPage, readOwnPage, revokePageLinks, setOwnRecipient, takePartOwn,
} from '../contract/member-page.ts';
import type { Say } from '../../../platform/i18n.ts';
import type { ActivityOutcome } from '../contract/activities.ts';
import { nameIn } from '../contract/programme.ts';
import type { Activities } from '../activities/activities.ts';
import { activitiesOnPage } from '../activities/on-page.ts';
import type { Benefits } from '../benefits/benefits.ts';
import type { Mall } from '../mall/mall.ts';
import type { MembershipDoors, MembershipPart } from '../part.ts';
import { choose, join, leaveFor } from './changes.ts';
import { consentsOn, createContent, type PageParts } from './content.ts';
import { createLinks } from './links.ts';
import { ownHistory } from './own-history.ts';
import { benefitsPart } from './parts/benefits.ts';
import { mallPart } from './parts/mall.ts';
import { progressPart } from './parts/progress.ts';
import { createVisits, memberActor } from './visit.ts';

/** What of the domain shows itself on the page. */
export interface Shown {
  mall: Mall;
  activities: Activities;
  benefits: Benefits;
}

/** The page a member sees: by a link of their own, or shown by the shop. */
export function createMemberPage(doors: MembershipDoors, shown: Shown): MembershipPart {
  const parts: PageParts = { progress: progressPart(doors), mall: mallPart(doors, shown.mall), activities: activitiesOnPage(doors.say, shown.activities), benefits: benefitsPart(doors, shown.benefits) };
  return { routes: [...linkRoutes(doors, parts), ...ownRoutes(doors, parts, shown)] };
}

function linkRoutes(doors: MembershipDoors, parts: PageParts): Route[] {
  const links = createLinks(doors);
  const content = createContent(doors, parts);
  return [
    route(createMemberLink, ({ body: { customer, minutes }, actor }) => links.make(customer, 'own', minutes, actor)),
    route(createPageLink, ({ params, body: { mode, minutes }, actor }) => links.make(params, mode, minutes, actor)),
    route(revokePageLinks, async ({ params: { customerNo }, actor }) => ({ revokedAt: (await links.revoke(customerNo, actor)).toISOString() })),
    route(readMemberPage, async ({ params, actor: { locale } }) => {
      const person = await doors.customers.recognise(params);
      if (!person) throw notFound('membership.nobody', params);
      return content.read(person, 'view', locale);
    }),
  ];
}

function ownRoutes(doors: MembershipDoors, parts: PageParts, { mall, activities }: Shown): Route[] {
  const visits = createVisits(doors);
  const content = createContent(doors, parts);
  return [
    route(openMemberPage, async ({ body: { token }, request, reply }) => {
      const { expiresAt, mode } = await visits.open(token, request, reply);
      return { expiresAt: expiresAt.toISOString(), mode };
    }),
    route(closeMemberPage, async ({ reply }) => {
      visits.close(reply);
      return {};
    }),
    route(readOwnPage, async ({ request, actor: { locale } }) => {
      const visitor = await visits.visitorOf(request);
      return content.read(visitor, visitor.mode, locale);
    }),
    route(listOwnEntries, async ({ query, request, actor: { locale } }) => ownHistory(doors, (await visits.visitorOf(request)).lineage, query, locale)),
    route(chooseConsent, async ({ body, request, actor: { locale } }) => {
      const visitor = await visits.ownerOf(request);
      await choose(doors, visitor, body, locale);
      return { consents: await consentsOn(doors, visitor.customerNo) };
    }),
    route(joinOwn, async ({ body: { agrees }, request, actor: { locale } }) => {
      const visitor = await visits.ownerOf(request);
      await join(doors, visitor, agrees, locale);
      return content.read(visitor, visitor.mode, locale);
    }),
    route(exchangeOwn, async ({ body: { key, itemNo }, request, actor: { locale } }) => {
      const visitor = await visits.ownerOf(request);
      const { customerNo } = visitor;
      // Only they know the key of a turn of theirs: two members may send the same.
      await mall.exchange({ key: `page ${customerNo} ${key}`, customerNo, itemNo }, memberActor(locale));
      return content.read(visitor, visitor.mode, locale);
    }),
    route(setOwnRecipient, async ({ params: { orderNo }, body, request, actor: { locale } }) => {
      const visitor = await visits.ownerOf(request);
      await mall.setRecipient(visitor.lineage, orderNo, body, memberActor(locale));
      return content.read(visitor, visitor.mode, locale);
    }),
    route(takePartOwn, async ({ params: { activityNo }, body: { key }, request, actor: { locale } }) => {
      const visitor = await visits.ownerOf(request);
      const { customerNo } = visitor;
      const outcome = await activities.takePart({ key: `page ${customerNo} ${key}`, activityNo, customerNo });
      return { page: await content.read(visitor, visitor.mode, locale), sentence: sayOutcome(outcome, doors.say, locale) };
    }),
    route(leaveOwn, async ({ request, actor: { locale } }) => {
      const visitor = await visits.ownerOf(request);
      await leaveFor(doors, visitor, locale);
      return content.read(visitor, visitor.mode, locale);
    }),
  ];
}

/** What taking part came to. */
function sayOutcome({ prize, points, streak, orderNo }: ActivityOutcome, say: Say, locale: Locale): string {
  const key = points > 0 ? (streak === null ? 'points' : 'streak') : prize === null ? 'done' : orderNo === null ? 'drew' : 'prize';
  return say(locale, 'membership', `page.took.${key}`, { points: new Intl.NumberFormat(locale).format(points), count: streak ?? 0, name: prize && nameIn(prize.names, locale) });
}
