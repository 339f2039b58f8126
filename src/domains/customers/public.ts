/** The server door of the customers domain. */
export { createCustomers, type Customers } from './customers.ts';
export { BulkIdentities, type IdentifierSlot } from './bulk/bulk-identities.ts';
export { createByteHash } from './bulk/byte-hash.ts';
export { copyImportedCustomers } from './bulk/copy-to-clickhouse.ts';
export { KeyTable, newKey } from './bulk/key-table.ts';
export { type Published, publishIdentities } from './bulk/publish.ts';
export { removeImported } from './bulk/remove-imported.ts';
export { dropStaging } from './bulk/staging.ts';
export { createCustomerWriter, type CustomerWriter, type NewCustomer } from './bulk/write-customers.ts';
export type { SaidConsent } from './consents/store.ts';
export type { IdentityClaim } from './identities/claim.ts';
export { reserveCustomerNumbers } from './identities/numbers.ts';
export type { SaidTraits } from './profiles/apply-traits.ts';
export { namePurpose, personalPurpose } from './profiles/store.ts';
export type { GivenTag } from './tags/store.ts';
export type { Vault } from './vault/vault.ts';
export type { Figure, FigureSource, HeldDataSource, HeldPerson, TimelinePosition, TimelineSource } from './sources.ts';
export type { TimelineEntry } from './contract/timeline.ts';
