import type pg from 'pg';
import type { Vault } from '../vault/vault.ts';
import { identifierKinds, type IdentifierKind } from './kinds.ts';
import { createSlots } from './namespaces.ts';

/** Asked for in one statement, and made ready in one turn: others are served between two. */
const batchSize = 5_000;

/** Whose these identifiers of a kind are, by their normalised values, wherever they are valid. Those of nobody are absent. */
export async function readOwnersOf(pool: pg.Pool, vault: Vault, kind: IdentifierKind, values: readonly string[]): Promise<Map<string, number>> {
  const namespaces = (await createSlots(pool)()).filter((slot) => slot.kind === kind).map((slot) => slot.namespace);
  const owners = new Map<string, number>();
  for (let from = 0; from < values.length; from += batchSize) {
    const keys = values.slice(from, from + batchSize).flatMap((value) => namespaces.map((namespace) => ({ value, namespace, hash: vault.hashOf(kind, namespace, value) })));
    const { rows } = await pool.query<{ position: number; customerNo: number }>({
      name: 'customers.owners-of',
      text: `select k.position::int, i.customer_no as "customerNo" from unnest($2::text[], $3::uuid[]) with ordinality as k (namespace, hash, position)
        join identifier i on i.kind = $1 and i.namespace = k.namespace and i.hash = k.hash`,
      values: [identifierKinds[kind], keys.map((key) => key.namespace), keys.map((key) => key.hash)],
    });
    for (const { position, customerNo } of rows) owners.set(keys[position - 1].value, customerNo);
  }
  return owners;
}
