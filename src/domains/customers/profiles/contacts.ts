import type pg from 'pg';
import { queueCopies } from '../copies/queue.ts';
import { keyOf, type Key } from '../identities/claim.ts';
import { insertDuplicates, insertIdentifiers, lockCustomers, readOwners } from '../identities/store.ts';
import { identifierKinds } from '../identifiers/kinds.ts';
import { normaliseIdentifier } from '../identifiers/normalise.ts';
import type { Vault } from '../vault/vault.ts';

export interface SaidContact {
  customerNo: number;
  at: Date;
  kind: 'phone' | 'email';
  raw: string;
}

type Contact = Omit<SaidContact, 'raw'> & { text: string; key: Key };

/**
 * Makes phones and addresses from traits identifiers of their customers where nobody has them yet.
 * Returns those that cannot be: somebody else is known by them, or they are not of their kind's form.
 * What an erased person was known by is dropped.
 */
export async function attachContacts(client: pg.PoolClient, vault: Vault, said: readonly SaidContact[]): Promise<{ customerNo: number; at: Date; kind: 'phone' | 'email'; text: string }[]> {
  if (said.length === 0) return [];
  const unreadable: { customerNo: number; at: Date; kind: 'phone' | 'email'; text: string }[] = [];
  const contacts: Contact[] = [];
  for (const { customerNo, at, kind, raw } of said) {
    const normal = normaliseIdentifier(kind, raw);
    if ('refusal' in normal) unreadable.push({ customerNo, at, kind, text: raw });
    else contacts.push({ customerNo, at, kind, text: normal.text, key: keyOf(vault, { kind, namespace: '', value: normal.text }) });
  }
  const before = await readOwners(client, contacts.map((c) => c.key));
  const free = new Map(contacts
    .filter(({ key }) => !before.owners.has(key.id) && !before.erased.has(key.id))
    .map((c) => [c.key.id, c] as const));
  if (free.size > 0) {
    await lockCustomers(client, [...new Set([...free.values()].map((c) => c.customerNo))]);
    await insertIdentifiers(client, vault, [...free.values()].map((c) => ({ key: c.key, customerNo: c.customerNo, at: c.at, importId: 0 })));
    await queueCopies(client, [...free.values()].map((c) => c.customerNo));
  }
  const after = free.size > 0 ? await readOwners(client, contacts.map((c) => c.key)) : before;
  const shared = contacts.filter(({ key, customerNo }) => (after.owners.get(key.id) ?? customerNo) !== customerNo);
  await insertDuplicates(client, shared.map((c) => ({ aNo: c.customerNo, bNo: after.owners.get(c.key.id) ?? 0, code: identifierKinds[c.kind] })));
  return [...unreadable, ...shared.map(({ customerNo, at, kind, text }) => ({ customerNo, at, kind, text }))];
}
