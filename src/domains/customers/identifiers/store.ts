import type pg from 'pg';
import type { Vault } from '../vault/vault.ts';
import { identifierKinds, kindOf, type Identifier } from './kinds.ts';

/** An identifier a customer is known by, readable. */
export interface HeldIdentifier extends Identifier {
  /** Names it in addresses: its kind and its keyed hash. */
  id: string;
  customerNo: number;
  /** The number it came with, before any merge. */
  homeNo: number;
  addedAt: Date;
}

interface Row {
  kind: number;
  namespace: string;
  hash: string;
  customer_no: number;
  home_no: number;
  value: Buffer;
  added_at: Date;
}

/** What these customers are known by today, the oldest first; with `kinds` only those. */
export async function readIdentifiers(connection: pg.Pool | pg.PoolClient, vault: Vault, customerNos: readonly number[], kinds: readonly number[] = Object.values(identifierKinds)): Promise<HeldIdentifier[]> {
  const { rows } = await connection.query<Row>({
    name: 'customers.identifiers',
    text: `select kind, namespace, hash, customer_no, coalesce(home_no, customer_no) as home_no, value, added_at
      from identifier where customer_no = any($1::int[]) and kind = any($2::smallint[]) order by added_at, kind, hash`,
    values: [customerNos, kinds],
  });
  return rows.map((row) => {
    const kind = kindOf(row.kind);
    return {
      id: `${kind}-${row.hash}`,
      kind,
      namespace: row.namespace,
      value: vault.open(kind, row.namespace, row.value),
      customerNo: row.customer_no,
      homeNo: row.home_no,
      addedAt: row.added_at,
    };
  });
}
