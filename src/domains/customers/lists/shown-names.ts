import type { Platform } from '../../../platform/platform.ts';
import { maskName } from '../profiles/mask.ts';
import { profilesOf } from '../profiles/profiles-of.ts';
import { createVault } from '../vault/vault.ts';

export type ShownNames = (customerNos: readonly number[]) => Promise<Map<number, string>>;

/** Names of customers, masked, for whom other domains tell of; those without a name, and who is gone, are left out. */
export function createShownNames({ pg: pool, secret }: Platform): ShownNames {
  const vault = createVault(secret);
  return async (customerNos) => {
    const profiles = await profilesOf(pool, vault, customerNos);
    return new Map(customerNos.flatMap((customerNo) => {
      const name = profiles.get(customerNo)?.name ?? null;
      return name === null ? [] : [[customerNo, maskName(name)] as const];
    }));
  };
}
