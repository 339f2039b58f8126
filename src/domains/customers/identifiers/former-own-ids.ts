import type pg from 'pg';
import type { Identifier } from './kinds.ts';

/**
 * Where files that named no source kept the shop's own customer numbers before they were one with
 * those that trackers tell (docs/decisions/0045); null for a brand that has none there.
 */
export async function readFormerOwnIds(client: pg.Pool | pg.PoolClient): Promise<string | null> {
  const { rows } = await client.query<{ namespace: string }>({ name: 'customers.former-own-ids', text: 'select namespace from identifier_namespace where is_own' });
  return rows[0]?.namespace ?? null;
}

/** A customer number of the brand's own shop, of no named system. */
export const isOwnId = ({ kind, namespace }: Pick<Identifier, 'kind' | 'namespace'>): boolean => kind === 'external_id' && namespace === '';
