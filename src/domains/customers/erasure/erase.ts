import type pg from 'pg';
import type { Actor } from '../../../kernel/actor.ts';
import { Problem } from '../../../kernel/problem.ts';
import type { Platform } from '../../../platform/platform.ts';
import { inTransaction } from '../../../platform/postgres/pool.ts';
import { recordAudit } from '../../access/public.ts';
import { queueCopies } from '../copies/queue.ts';
import { readIdentifiers } from '../identifiers/store.ts';
import { lockCustomers } from '../identities/store.ts';
import { requireLineage } from '../profiles/read-profile.ts';
import type { HeldPerson, Sources } from '../sources.ts';
import type { Vault } from '../vault/vault.ts';
import { deleteOwnData } from './own-data.ts';
import { eraseElsewhere } from './elsewhere.ts';

export interface Receipt {
  customerNo: number;
  erasedAt: string;
  numbers: number[];
  counts: Record<string, number>;
}

/**
 * Erases a person: the customer and everybody who became part of them. What the vault holds goes in
 * one transaction, which leaves the tombstone and the keyed hashes; then the other domains delete
 * theirs. What fails there is done by the worker, which also deletes once more what was on its way.
 */
export async function erasePerson(platform: Platform, vault: Vault, sources: Sources, customerNo: number, confirm: string, reason: string, actor: Actor): Promise<Receipt> {
  const erasedAt = platform.clock.now();
  const { person, counts } = await inTransaction(platform.pg, async (client) => {
    const lineage = await lockedLineage(client, customerNo);
    if (confirm !== String(lineage[0])) throw new Problem('customers.erase_not_confirmed', { fields: [{ path: 'body.confirm', code: 'differs' }] });
    const identifiers = await readIdentifiers(client, vault, lineage);
    const deleted = await deleteOwnData(client, lineage);
    await client.query(
      'insert into erasure (customer_no, erased_at, actor, reason, counts) select no, $2, $3, $4, $5 from unnest($1::int[]) as n (no)',
      [lineage, erasedAt, actor.name, reason, JSON.stringify(deleted)]);
    await queueCopies(client, lineage);
    await recordAudit(client, { actor, action: 'customers.erase', subject: `customer:${lineage[0]}`, details: { numbers: lineage, reason, counts: deleted } });
    return { person: { customerNos: lineage, identifiers } satisfies HeldPerson, counts: deleted };
  });
  const elsewhere = await eraseElsewhere(platform, sources, person);
  return { customerNo: person.customerNos[0], erasedAt: erasedAt.toISOString(), numbers: [...person.customerNos], counts: { ...counts, ...elsewhere } };
}

/** The numbers of a person, kept from changing: nobody becomes part of them between the reading and the deleting. */
async function lockedLineage(client: pg.PoolClient, customerNo: number): Promise<number[]> {
  for (;;) {
    const before = await requireLineage(client, customerNo);
    await lockCustomers(client, before);
    const after = await requireLineage(client, customerNo);
    if (after.join() === before.join()) return after;
  }
}
