import type { Platform } from '../../../platform/platform.ts';
import { readLineages } from '../merges/lineages.ts';
import { maskName } from '../profiles/mask.ts';
import { mergeProfiles } from '../profiles/profile.ts';
import { readProfiles } from '../profiles/store.ts';
import { createVault } from '../vault/vault.ts';

export type ShownNames = (customerNos: readonly number[]) => Promise<Map<number, string>>;

/** Names of customers, masked, for whom other domains tell of; those without a name, and who is gone, are left out. */
export function createShownNames({ pg: pool, secret }: Platform): ShownNames {
  const vault = createVault(secret);
  return async (customerNos) => {
    if (customerNos.length === 0) return new Map();
    const lineages = await readLineages(pool, customerNos);
    const profiles = await readProfiles(pool, vault, [...lineages.values()].flat().map((part) => part.customerNo));
    return new Map(customerNos.flatMap((customerNo) => {
      const parts = (lineages.get(customerNo) ?? []).flatMap((part) => profiles.get(part.customerNo)?.profile ?? []);
      const { name } = mergeProfiles(parts);
      return name === null ? [] : [[customerNo, maskName(name)] as const];
    }));
  };
}
