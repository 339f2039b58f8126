import type { Platform } from '../../platform/platform.ts';
import { consents, type Consents } from './consents/store.ts';
import { createCopier, type Copier } from './copies/copier.ts';
import { createCustomerNumbers } from './identities/numbers.ts';
import { createIdentities, type Identities } from './identities/resolve.ts';
import { lineageOf } from './merges/lineage.ts';
import { createProfiles, type Profiles } from './profiles/apply-traits.ts';
import { tags, type Tags } from './tags/store.ts';
import { createNameKeys, type NameKeys } from './vault/name-key.ts';
import { createVault, type Vault } from './vault/vault.ts';

/** The customers domain. */
export interface Customers {
  vault: Vault;
  nameKeys: NameKeys;
  identities: Identities;
  profiles: Profiles;
  consents: Consents;
  tags: Tags;
  copier: Copier;
  /** The numbers whose facts belong to a customer, the one they count under first. */
  lineage(customerNo: number): Promise<number[]>;
  /** Brings the copies of these customers in ClickHouse up to date, and whatever else waits. */
  syncToClickHouse(customerNos: readonly number[]): Promise<void>;
}

export function createCustomers(platform: Platform): Customers {
  const vault = createVault(platform.secret);
  const nameKeys = createNameKeys(platform.secret);
  const copier = createCopier(platform, vault);
  return {
    vault,
    nameKeys,
    identities: createIdentities(vault, createCustomerNumbers(platform.pg)),
    profiles: createProfiles(vault, nameKeys),
    consents,
    tags,
    copier,
    lineage: (customerNo) => lineageOf(platform.pg, customerNo),
    syncToClickHouse: (customerNos) => copier.sync(customerNos),
  };
}
