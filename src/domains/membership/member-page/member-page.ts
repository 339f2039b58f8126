import { notFound } from '../../../kernel/problem.ts';
import { route, type Route } from '../../../platform/http/route.ts';
import {
  chooseConsent, closeMemberPage, createMemberLink, createPageLink, joinOwn, leaveOwn, listOwnEntries, openMemberPage, readMemberPage, readOwnPage, revokePageLinks,
} from '../contract/member-page.ts';
import type { MembershipDoors, MembershipPart } from '../part.ts';
import { choose, join, leaveFor } from './changes.ts';
import { consentsOn, createContent, type PageParts } from './content.ts';
import { createLinks } from './links.ts';
import { ownHistory } from './own-history.ts';
import { createVisits } from './visit.ts';

/** The page a member sees: by a link of their own, or shown by the shop. */
export function createMemberPage(doors: MembershipDoors, parts: PageParts): MembershipPart {
  return { routes: [...linkRoutes(doors, parts), ...ownRoutes(doors, parts)] };
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

function ownRoutes(doors: MembershipDoors, parts: PageParts): Route[] {
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
    route(leaveOwn, async ({ request, actor: { locale } }) => {
      const visitor = await visits.ownerOf(request);
      await leaveFor(doors, visitor, locale);
      return content.read(visitor, visitor.mode, locale);
    }),
  ];
}
