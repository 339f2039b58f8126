import type pg from 'pg';
import { type IdentifierKind, identifierKinds, normaliseIdentifier } from '../../../customers/contract.ts';
import type { Vault } from '../../../customers/public.ts';
import type { ChannelKind } from '../../contract.ts';
import type { SuppressionReason } from '../../contract/suppressions.ts';

/** An address as it is found and as it is kept. */
export interface Address {
  kind: IdentifierKind;
  hash: string;
  value: Buffer;
}

/** Undefined where it cannot be an address of that kind. Phones and mail addresses are valid everywhere: they have no namespace. */
export function addressOf(vault: Vault, kind: IdentifierKind, text: string, namespace = ''): Address | undefined {
  const normal = normaliseIdentifier(kind, text);
  if (!('text' in normal)) return undefined;
  return { kind, hash: vault.hashOf(kind, namespace, normal.text), value: vault.seal(kind, namespace, normal.text) };
}

export interface NewSuppression {
  reason: SuppressionReason;
  channel: ChannelKind | null;
  stopsService: boolean;
  /** One of the two. */
  customerNo: number | null;
  address: Address | null;
}

/** Puts people and addresses on the list; who stands there for the same reason already stays as they are. Returns how many are new. */
export async function addSuppressions(client: pg.PoolClient, entries: readonly NewSuppression[], by: string, at: Date): Promise<number> {
  if (entries.length === 0) return 0;
  const { rowCount } = await client.query(
    `insert into send_suppression (reason, channel, stops_service, customer_no, kind, hash, value, added_at, added_by)
      select reason, channel, stops, no, kind, hash, value, $8, $9
      from unnest($1::text[], $2::text[], $3::boolean[], $4::int[], $5::smallint[], $6::uuid[], $7::bytea[]) as s (reason, channel, stops, no, kind, hash, value)
      on conflict do nothing`,
    [
      entries.map((entry) => entry.reason), entries.map((entry) => entry.channel), entries.map((entry) => entry.stopsService), entries.map((entry) => entry.customerNo),
      entries.map(({ address }) => address && identifierKinds[address.kind]), entries.map(({ address }) => address?.hash ?? null), entries.map(({ address }) => address?.value ?? null),
      at, by,
    ]);
  return rowCount ?? 0;
}
