import type pg from 'pg';
import { readLineages } from '../merges/lineages.ts';
import type { Vault } from '../vault/vault.ts';
import { mergeProfiles, type Profile } from './profile.ts';
import { readProfiles } from './store.ts';

/** The profiles of customers as they count today, readable; of whoever is gone there is none. */
export async function profilesOf(connection: pg.Pool | pg.PoolClient, vault: Vault, customerNos: readonly number[]): Promise<Map<number, Profile>> {
  if (customerNos.length === 0) return new Map();
  const lineages = await readLineages(connection, customerNos);
  const profiles = await readProfiles(connection, vault, [...lineages.values()].flat().map((part) => part.customerNo));
  return new Map([...lineages].flatMap(([customerNo, parts]) => {
    if (parts[0].status !== 0) return [];
    return [[customerNo, mergeProfiles(parts.flatMap((part) => profiles.get(part.customerNo)?.profile ?? []))] as const];
  }));
}
