/** What this domain's permissions allow; each is named by `permission.<action>` in its messages. */
export const permissions = [
  'customers.read', 'customers.edit', 'customers.reveal', 'customers.merge',
  'customers.tag', 'customers.consent', 'customers.export', 'customers.erase',
] as const;

export {
  byStrength, identifierKind, identifierKinds, type Identifier, type IdentifierKind,
} from './identifiers/kinds.ts';
export {
  normaliseEmail, normaliseIdentifier, normalisePhone, normaliseText, type Normalised, type Refusal,
} from './identifiers/normalise.ts';
export { looksPersonal, mentionsPersonal, withoutPersonal } from './identifiers/personal.ts';
export {
  consentChannel, consentChannels, consentPurpose, consentPurposes, recordConsent,
  type ConsentChannel, type ConsentPurpose, type ConsentState,
} from './contract/consent.ts';
export { eraseCustomer, exportCustomer, readHeldData } from './contract/erasure.ts';
export { addIdentifier, removeIdentifier } from './contract/identifiers.ts';
export {
  exportCustomers, listCustomers, mostNameMatches, readCustomerFacets, searchCustomers, type CustomerRow,
} from './contract/lists.ts';
export { dismissDuplicate, listDuplicates, mergeCustomers, undoMerge } from './contract/merges.ts';
export { editCustomer, genders, readCustomer, revealCustomer, type ShownProfile } from './contract/profile.ts';
export { addTag, listTags, removeTag } from './contract/tags.ts';
export { registeredUserTabs, registerUserTab, type UserTab } from './contract/user-tabs.ts';
export { readTimeline, timelineKinds, type TimelineEntry, type TimelineKind } from './contract/timeline.ts';
