/**
 * What this domain's permissions allow: seeing points, giving and taking them by hand, and, for a shop's checkout, spending them; keeping the
 * mall, and planning activities; joining and leaving for others, lists as files, keeping benefits; working with partners, and reading their
 * contacts in full; sending members a link to their own page; designing the programme, and being the second person where it takes
 * two; asking for tiers to be given by hand.
 */
export const permissions = [
  'membership.read',
  'membership.adjust',
  'membership.checkout',
  'membership.mall',
  'membership.activities',
  'membership.join',
  'membership.export',
  'membership.benefits',
  'membership.partners',
  'membership.partner_contacts',
  'membership.links',
  'membership.design',
  'membership.approve',
  'membership.grant',
] as const;

export { adjustPoints, commitHold, givePointsBack, holdPoints, listPointsEntries, type PointsProof, readPoints, readPointsProof, releaseHold, type ShownEntry, type ShownPoints, spendPoints } from './contract/points.ts';
export {
  askTierGrant, decideTierGrant, decideTierReview, endTierGrant, type GrowthLine, keepTierPeople, listGrowth, listTierGrants, listTierPeople, type OwnTier, readTierBoard, readTierMovement, readTierOf, readTierReview,
  type TierBoard, type TierGrant, type TierGroup, tierGroups, type TierLine, type TierMovement, type TierPerson, type TierReview,
} from './contract/tiers.ts';
export { askBalance, askHistory, cancelOrder, commitOrder, holdOrder, type MemberOrder, type Quote, quoteCart, readOrder, returnOrder } from './contract/quote.ts';
export {
  addMallCodes, cancelMallOrder, changeMallItem, changeMallStock, confirmMallOrder, createMallItem, exchangeMallItem, listMallItems, listMallOrders, listPartnerBenefits, type MallDelivery, mallDeliveryKinds, type MallHindrance, mallIcons,
  type MallItem, type MallItemDefinition, mallItemStates, type MallOffer, type MallOrder, type MallOrderState, mallOrderStates, type MallRecipient, participationLimits, type ParticipationLimits, readExchangesOf, revealMallRecipient, setMallRecipient, readMallItem, readMallOf, readMallOrder,
  reverseMallOrder, shipMallOrder, showMallItem,
} from './contract/mall.ts';
export { exportMembersList, joinMember, leaveMembership, listMembers, type MemberRow, type Membership, readMember, shownTier, type ShownTier } from './contract/members.ts';
export {
  addPartnerContact, addPartnerScene, changePartner, changePartnerContact, changePartnerScene, createPartner, deletePartner, listPartnerHistory, movePartner, notePartner, type PartnerCard, type PartnerContact, type PartnerContactText,
  type PartnerEvent, type PartnerScene, type PartnerStage, partnerStages, readPartner, readPartnerBoard, removePartnerContact, removePartnerScene, revealPartnerContact, sceneMoments, type ShownPartner,
} from './contract/partners.ts';
export { addPartnerEstimate, matchingKinds, openPartnerMatching, type PartnerEstimate, readPartnerOverlap, removePartnerEstimate, uploadPartnerHashes } from './contract/partner-overlap.ts';
export {
  addPartnerContract, buyPartnerUnits, changePartnerContract, changePartnerPack, codeSources, createPartnerPack, grantPartnerBenefit, listPartnerContracts, listPartnerGrants, listPartnerPacks,
  type PartnerContract, type PartnerPack, reversePartnerGrant, uploadPartnerCodes, usePartnerBenefit,
} from './contract/partner-packs.ts';
export {
  comparePartnerStatement, decidePartnerDifference, differenceKinds, differenceStates, type DifferenceState, entryKinds, exportPartnerStatement, listPartnerComparisons, listPartnerDifferences, listPartnerEntries,
  type PartnerComparison, type PartnerDifference, type PartnerEntry, type PartnerLedger, type PartnerStatement, readPartnerLedger, readPartnerStatement, settlePartnerMonth,
} from './contract/partner-statements.ts';
export { type Multiplier, nameIn, type Names, type PointsRules, type ProgrammeDefinition, type Tier, type TierRules } from './contract/programme.ts';
export {
  changeDraft, compareVersions, createDraft, decideVersion, deleteDraft, endPause, type ExampleMember, type ExampleOrder, listReadyMade, listVersions, pauseProgramme, previewProgramme, publishVersion, readProgramme, readVersion,
  type ReadyMadeKey, readyMadeKeys, type ShownPause, type ShownVersion, type ToldChange, type ToldFinding, type ToldSentence, type VersionPhase, versionPhases, withdrawVersion,
} from './contract/programme-design.ts';
export {
  chooseConsent,
  closeMemberPage,
  createMemberLink,
  createPageLink,
  exchangeOwn,
  joinOwn,
  leaveOwn,
  listOwnEntries,
  type MemberLink,
  type MemberPage,
  openMemberPage,
  type OwnEntry,
  readMemberPage,
  readOwnPage,
  revokePageLinks,
  setOwnRecipient,
  takePartOwn,
} from './contract/member-page.ts';
export {
  type Activity, type ActivityDefinition, activityDefinition, type ActivityDoes, type ActivityKind, activityKinds, type ActivityOutcome, type ActivityState, activityStates, changeActivity, createActivity, type DayRule, dayRuleKinds,
  deleteActivity, type Hindrance, keepParticipants, listActivities, listParticipations, type Odds, type OpenActivity, type Participation, previewActivity, type Prize, profileFields, readActivitiesOf, readActivity, readActivityCalendar,
  readActivityResults, takePart, turnActivity,
} from './contract/activities.ts';
export {
  addCodes, type BenefitCounts, type BenefitDefinition, benefitDefinition, type BenefitKind, benefitKinds, benefitPeriods, type BenefitPromise, type BenefitSummary, changeBenefit, claimBenefit,
  createBenefit, createCodePool, type Gift, giftKinds, grantBenefit, listBenefits, listCodePools, listGivers, listGrants, type MemberBenefits, type PriceRule, readBenefit, readBenefitMatrix,
  readMemberBenefits, retryGrant, type ShownBenefit, type ShownGrant, type ShownPool, stopBenefit, takeGrantBack, undoUse, useBenefit,
} from './contract/benefits.ts';
export { explainEntry, explainPoints, type EntryExplained, type PointsExplained } from './contract/explain.ts';
export { cancelTrial, keepTrialPeople, listTrials, readTrial, readTrialPeople, type ShownTrial, startTrial, type TrialPeople, type TrialResult, type TrialSide, type TrialWorst } from './contract/trials.ts';
export { type MembersOverview, readMembersOverview } from './contract/members-overview.ts';
