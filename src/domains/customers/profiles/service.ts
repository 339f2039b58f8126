import type { z } from 'zod';
import type { Actor } from '../../../kernel/actor.ts';
import { conflict } from '../../../kernel/problem.ts';
import type { Platform } from '../../../platform/platform.ts';
import { inTransaction } from '../../../platform/postgres/pool.ts';
import { recordAudit } from '../../access/public.ts';
import { noteChange } from '../changes.ts';
import type { editCustomer } from '../contract/profile.ts';
import { queueCopies } from '../copies/queue.ts';
import { mentionsPersonal } from '../identifiers/personal.ts';
import { readIdentifiers } from '../identifiers/store.ts';
import { lockCustomers } from '../identities/store.ts';
import type { NameKeys } from '../vault/name-key.ts';
import type { Vault } from '../vault/vault.ts';
import { emptyProfile, mergeProfiles, profileColumns, type Profile } from './profile.ts';
import { requireLineage } from './read-profile.ts';
import { readProfiles, writeProfiles } from './store.ts';

type Edit = z.output<NonNullable<(typeof editCustomer)['body']>>;

/**
 * Changes a profile on a person's word, made on the version they saw; 409 when somebody was
 * quicker. The edit counts as said now: older traits that arrive later only fill gaps.
 */
export function editProfile({ pg: pool, clock }: Platform, vault: Vault, nameKeys: NameKeys, customerNo: number, edit: Edit, actor: Actor): Promise<{ version: number }> {
  return inTransaction(pool, async (client) => {
    const [rootNo] = await requireLineage(client, customerNo);
    await lockCustomers(client, [rootNo]);
    const stored = (await readProfiles(client, vault, [rootNo], true)).get(rootNo);
    const version = stored?.version ?? 0;
    if (edit.version !== version) throw conflict('customers.changed_meanwhile');
    const { profile, fields } = applyEdit(stored?.profile ?? emptyProfile, edit);
    if (fields.length === 0) return { version };
    const at = clock.now();
    await writeProfiles(client, vault, nameKeys, [{ customerNo: rootNo, profile, traitsAt: at }]);
    await noteChange(client, { customerNo: rootNo, kind: 'edit', at, actor: actor.name, details: { fields } });
    await queueCopies(client, [rootNo]);
    await recordAudit(client, { actor, action: 'customers.edit', subject: `customer:${rootNo}`, details: { fields } });
    return { version: version + 1 };
  });
}

/** The profile after the edit, and the names of what is different. */
function applyEdit(profile: Profile, edit: Edit): { profile: Profile; fields: string[] } {
  const next: Profile = { ...profile, attributes: { ...profile.attributes }, personal: { ...profile.personal } };
  const fields: string[] = [];
  for (const column of profileColumns) {
    const value = edit[column] === '' ? null : edit[column];
    if (value === undefined || value === profile[column]) continue;
    Object.assign(next, { [column]: value });
    fields.push(column);
  }
  for (const [key, value] of Object.entries(edit.attributes ?? {})) {
    const before = next.attributes[key] ?? next.personal[key] ?? null;
    if (JSON.stringify(before) === JSON.stringify(value)) continue;
    delete next.attributes[key];
    delete next.personal[key];
    if (typeof value === 'string' && mentionsPersonal(value)) next.personal[key] = value;
    else if (value !== null) next.attributes[key] = value;
    fields.push(key);
  }
  return { profile: next, fields };
}

/** A person's values in full; the audit log says who read them and when. */
export function revealProfile({ pg: pool }: Platform, vault: Vault, customerNo: number, actor: Actor) {
  return inTransaction(pool, async (client) => {
    const lineage = await requireLineage(client, customerNo);
    const profiles = await readProfiles(client, vault, lineage);
    const merged = mergeProfiles(lineage.map((no) => profiles.get(no)?.profile).filter((p) => p !== undefined));
    const identifiers = await readIdentifiers(client, vault, [lineage[0]]);
    await recordAudit(client, { actor, action: 'customers.reveal', subject: `customer:${lineage[0]}`, details: { identifiers: identifiers.length } });
    return { name: merged.name, personal: merged.personal, identifiers: identifiers.map(({ id, value }) => ({ id, value })) };
  });
}
