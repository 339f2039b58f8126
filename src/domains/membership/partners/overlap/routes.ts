import { route, type Route } from '../../../../platform/http/route.ts';
import { addPartnerEstimate, openPartnerMatching, readPartnerOverlap, removePartnerEstimate, uploadPartnerHashes } from '../../contract/partner-overlap.ts';
import type { ContactDoors } from '../contacts/contacts.ts';
import { addEstimate, readOverlap, removeEstimate } from './estimates.ts';
import { openMatching, takeHashes } from './matchings.ts';

/** Endpoints of how many customers a partner and we may have in common. */
export const overlapRoutes = (doors: ContactDoors): Route[] => [
  route(readPartnerOverlap, ({ params: { partnerId } }) => readOverlap(doors.platform, partnerId)),
  route(openPartnerMatching, ({ params: { partnerId }, body, actor }) => openMatching(doors, partnerId, body.kind, actor)),
  route(uploadPartnerHashes, ({ params: { partnerId, matchingId }, body, actor }) => takeHashes(doors, partnerId, matchingId, body.text, actor)),
  route(addPartnerEstimate, async ({ params: { partnerId }, body, actor }) => ({ estimateId: await addEstimate(doors.platform, partnerId, body, actor) })),
  route(removePartnerEstimate, async ({ params: { partnerId, estimateId }, actor }) => {
    await removeEstimate(doors.platform, partnerId, estimateId, actor);
    return {};
  }),
];
