/** The customers domain for the browser and for the domains to its right. */
export { identifierKind, identifierKinds, type Identifier, type IdentifierKind } from './identifiers/kinds.ts';
export { normaliseEmail, normaliseIdentifier, normalisePhone, normaliseText, type Normalised, type Refusal } from './identifiers/normalise.ts';
export { looksPersonal } from './identifiers/personal.ts';
export { consentChannel, consentChannels, consentPurpose, consentPurposes, type ConsentChannel, type ConsentPurpose } from './contract/consent.ts';
