/** What this domain's permissions allow: seeing points, giving and taking them by hand, and, for a shop's checkout, spending them. */
export const permissions = ['membership.read', 'membership.adjust', 'membership.checkout'] as const;

export { adjustPoints, commitHold, givePointsBack, holdPoints, listPointsEntries, readPoints, releaseHold, type ShownEntry, type ShownPoints, spendPoints } from './contract/points.ts';
export { askBalance, askHistory, cancelOrder, commitOrder, holdOrder, type MemberOrder, type Quote, quoteCart, readOrder, returnOrder } from './contract/quote.ts';
