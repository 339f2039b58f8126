import type pg from 'pg';
import { identifierKinds, kindOf, type IdentifierKind } from '../identifiers/kinds.ts';

/** Where identifiers of a kind are valid, as far as any are known. */
export type Namespaces = () => Promise<{ kind: IdentifierKind; namespace: string }[]>;

const rememberedMs = 30_000;
const mostNamespaces = 200;

/**
 * The pairs of kind and namespace that occur. Jumps from each to the next along the primary key,
 * so that it costs as many steps as there are pairs, however many identifiers there are; remembered
 * for half a minute, because a new shop or app does not come often.
 */
export function createNamespaces(pool: pg.Pool): Namespaces {
  let known: { kind: IdentifierKind; namespace: string }[] = [];
  let readAtMs = -Infinity;
  return async () => {
    if (Date.now() - readAtMs < rememberedMs) return known;
    const { rows } = await pool.query<{ kind: number; namespace: string }>(
      `with recursive pair (kind, namespace) as (
          (select kind, namespace from identifier order by kind, namespace limit 1)
          union all
          select n.kind, n.namespace from pair p cross join lateral (
            select kind, namespace from identifier i where (i.kind, i.namespace) > (p.kind, p.namespace) order by kind, namespace limit 1) n
        ) select kind, namespace from pair limit $1`, [mostNamespaces]);
    // Everywhere-valid ones are looked up even before the first is known.
    const everywhere = Object.keys(identifierKinds).map((kind) => ({ kind: kind as IdentifierKind, namespace: '' }));
    known = [...everywhere, ...rows.filter((row) => row.namespace !== '').map((row) => ({ kind: kindOf(row.kind), namespace: row.namespace }))];
    readAtMs = Date.now();
    return known;
  };
}
