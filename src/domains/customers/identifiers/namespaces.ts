import type pg from 'pg';
import { identifierKinds, kindOf, type IdentifierKind } from './kinds.ts';

/** A kind of identifier and where it is valid. */
export interface Slot {
  kind: IdentifierKind;
  namespace: string;
}

const everywhere: Slot[] = Object.keys(identifierKinds).map((kind) => ({ kind: kind as IdentifierKind, namespace: '' }));
const rememberedMs = 30_000;
const mostNamespaces = 200;

/** Notes where identifiers that are given are valid, so that a search looks there too. */
export async function noteNamespaces(client: pg.Pool | pg.PoolClient, slots: readonly Slot[]): Promise<void> {
  const special = new Map(slots.filter(({ namespace }) => namespace !== '').map((slot) => [`${slot.kind} ${slot.namespace}`, slot]));
  if (special.size === 0) return;
  const ordered = [...special.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, slot]) => slot);
  await client.query(
    'insert into identifier_namespace (kind, namespace) select * from unnest($1::smallint[], $2::text[]) on conflict do nothing',
    [ordered.map(({ kind }) => identifierKinds[kind]), ordered.map(({ namespace }) => namespace)]);
}

/** Every kind with every place it is valid in; remembered for half a minute, as a new shop or app does not come often. */
export function createSlots(pool: pg.Pool): () => Promise<Slot[]> {
  let known: Slot[] = [];
  let readAtMs = -Infinity;
  return async () => {
    if (Date.now() - readAtMs < rememberedMs) return known;
    const { rows } = await pool.query<{ kind: number; namespace: string }>('select kind, namespace from identifier_namespace limit $1', [mostNamespaces]);
    known = [...everywhere, ...rows.map((row) => ({ kind: kindOf(row.kind), namespace: row.namespace }))];
    readAtMs = Date.now();
    return known;
  };
}
