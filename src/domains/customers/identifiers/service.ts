import type pg from 'pg';
import type { Actor } from '../../../kernel/actor.ts';
import { conflict, notFound, Problem } from '../../../kernel/problem.ts';
import type { Platform } from '../../../platform/platform.ts';
import { inTransaction } from '../../../platform/postgres/pool.ts';
import { recordAudit } from '../../access/public.ts';
import { noteChange } from '../changes.ts';
import { queueCopies } from '../copies/queue.ts';
import { keyOf } from '../identities/claim.ts';
import { insertIdentifiers, lockCustomers, readOwners } from '../identities/store.ts';
import { requireLineage } from '../profiles/read-profile.ts';
import type { Vault } from '../vault/vault.ts';
import { isOwnId, readFormerOwnIds } from './former-own-ids.ts';
import { identifierKinds, type Identifier, type IdentifierKind } from './kinds.ts';
import { normaliseIdentifier } from './normalise.ts';

/** Gives a customer an identifier on a person's word. One that is somebody else's stays theirs. */
export function giveIdentifier({ pg: pool, clock }: Platform, vault: Vault, customerNo: number, given: Identifier, actor: Actor): Promise<{ id: string }> {
  const normal = normaliseIdentifier(given.kind, given.value);
  if ('refusal' in normal) throw new Problem('customers.bad_identifier', { fields: [{ path: 'body.value', code: normal.refusal }] });
  const key = keyOf(vault, { ...given, value: normal.text });
  return inTransaction(pool, async (client) => {
    const [rootNo] = await requireLineage(client, customerNo);
    await lockCustomers(client, [rootNo]);
    const former = isOwnId(given) ? await readFormerOwnIds(client) : null;
    const keys = former === null ? [key] : [key, keyOf(vault, { ...given, namespace: former, value: normal.text })];
    const { owners, erased } = await readOwners(client, keys);
    const [owner] = keys.flatMap(({ id }) => owners.get(id) ?? []);
    if (owner === rootNo) throw conflict('customers.identifier_held', { customerNo: rootNo });
    if (owner !== undefined) throw conflict('customers.identifier_taken', { customerNo: owner });
    if (keys.some(({ id }) => erased.has(id))) throw conflict('customers.identifier_erased');
    const at = clock.now();
    const wasFree = await insertIdentifiers(client, vault, [{ key, customerNo: rootNo, at, importId: 0 }]);
    if (!wasFree) throw conflict('customers.changed_meanwhile');
    await note(client, rootNo, 'identifier_added', key.kind, at, actor);
    return { id: `${key.kind}-${key.hash}` };
  });
}

/** Takes an identifier from a customer; it is then nobody's. The last one stays: nobody could be found without. */
export function takeIdentifier({ pg: pool, clock }: Platform, customerNo: number, identifierId: string, actor: Actor): Promise<void> {
  const kind = identifierId.slice(0, identifierId.indexOf('-')) as IdentifierKind;
  const hash = identifierId.slice(kind.length + 1);
  return inTransaction(pool, async (client) => {
    const [rootNo] = await requireLineage(client, customerNo);
    await lockCustomers(client, [rootNo]);
    const { rows: [held] } = await client.query<{ mine: number; all: number }>(
      'select count(*) filter (where kind = $2 and hash = $3)::int as mine, count(*)::int as all from identifier where customer_no = $1',
      [rootNo, identifierKinds[kind] ?? 0, hash]);
    if (held.mine === 0) throw notFound('customers.identifier_not_found');
    if (held.all === 1) throw conflict('customers.last_identifier', { customerNo: rootNo });
    await client.query('delete from identifier where customer_no = $1 and kind = $2 and hash = $3', [rootNo, identifierKinds[kind], hash]);
    await note(client, rootNo, 'identifier_removed', kind, clock.now(), actor);
  });
}

async function note(client: pg.PoolClient, customerNo: number, change: 'identifier_added' | 'identifier_removed', kind: IdentifierKind, at: Date, actor: Actor): Promise<void> {
  await queueCopies(client, [customerNo]);
  await noteChange(client, { customerNo, kind: change, at, actor: actor.name, details: { kind } });
  const action = change === 'identifier_added' ? 'customers.add_identifier' : 'customers.remove_identifier';
  await recordAudit(client, { actor, action, subject: `customer:${customerNo}`, details: { kind } });
}
