/** What this domain's permissions allow: seeing points, giving and taking them by hand, and, for a shop's checkout, spending them;
 * keeping the mall, and planning activities; joining and leaving for others, lists as files, keeping benefits. */
export const permissions = ['membership.read', 'membership.adjust', 'membership.checkout', 'membership.mall', 'membership.activities', 'membership.join', 'membership.export', 'membership.benefits'] as const;

export { adjustPoints, commitHold, givePointsBack, holdPoints, listPointsEntries, readPoints, releaseHold, type ShownEntry, type ShownPoints, spendPoints } from './contract/points.ts';
export { askBalance, askHistory, cancelOrder, commitOrder, holdOrder, type MemberOrder, type Quote, quoteCart, readOrder, returnOrder } from './contract/quote.ts';
export {
  addMallCodes, cancelMallOrder, changeMallItem, changeMallStock, confirmMallOrder, createMallItem, exchangeMallItem, listMallItems, listMallOrders, listPartnerBenefits, type MallDelivery, mallDeliveryKinds, type MallHindrance, mallIcons,
  type MallItem, type MallItemDefinition, mallItemStates, type MallOffer, type MallOrder, type MallOrderState, mallOrderStates, participationLimits, type ParticipationLimits, readExchangesOf, readMallItem, readMallOf, readMallOrder,
  reverseMallOrder, shipMallOrder, showMallItem,
} from './contract/mall.ts';
export { exportMembersList, joinMember, leaveMembership, listMembers, type MemberRow, type Membership, readMember, shownTier, type ShownTier } from './contract/members.ts';
