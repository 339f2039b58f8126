import type pg from 'pg';
import type { ConsentChannel } from '../contract/consent.ts';
import { evaluateConsent, type LineagePart, type Statement } from '../consents/rules.ts';
import type { IdentifierKind } from '../identifiers/kinds.ts';
import type { Slot } from '../identifiers/namespaces.ts';
import { normaliseIdentifier } from '../identifiers/normalise.ts';
import type { Vault } from '../vault/vault.ts';
import { keyOf } from './claim.ts';

/** Whom a shop means: by number, or by what somebody is known by. */
export type Meant = { customerNo: number } | { kind: IdentifierKind; value: string };

/** A customer as a shop's page needs them. */
export interface Recognised {
  customerNo: number;
  /** The numbers whose facts are theirs. */
  lineage: number[];
  /** False where they said, on any channel, that what is known of them may not be used for what they are shown. */
  mayPersonalise: boolean;
}

interface Row {
  customerNo: number;
  survivorNo: number | null;
  mergedAt: Date | null;
  status: number;
  said: { channel: ConsentChannel; granted: boolean; at: string }[] | null;
}

/**
 * Recognises somebody in one statement: it is asked while a shop's page waits. Null for whoever is unknown or erased.
 */
export function createRecognise(pool: pg.Pool, vault: Vault, slots: () => Promise<Slot[]>) {
  return async (meant: Meant): Promise<Recognised | null> => {
    const keys = 'kind' in meant ? await keysOf(meant, vault, slots) : [];
    if ('kind' in meant && keys.length === 0) return null;
    const { rows } = await pool.query<Row>({
      name: 'customers.recognise',
      text: `with recursive meant (customer_no) as (
          select $4::int where $4::int is not null
          union all
          (select i.customer_no from unnest($1::smallint[], $2::text[], $3::uuid[]) as k (kind, namespace, hash) join identifier i using (kind, namespace, hash) limit 1)
        ), way (customer_no, merged_into) as (
          select customer_no, merged_into from customer join meant using (customer_no)
          union all
          select c.customer_no, c.merged_into from customer c join way w on c.customer_no = w.merged_into
        ), part (customer_no, depth) as (
          select customer_no, 0 from way where merged_into is null
          union all
          select c.customer_no, p.depth + 1 from customer c join part p on c.merged_into = p.customer_no where c.status = 1
        ) select customer_no as "customerNo", merged_into as "survivorNo", merged_at as "mergedAt", status,
            (select json_agg(json_build_object('channel', channel, 'granted', granted, 'at', at)) from consent
              where consent.customer_no = part.customer_no and purpose = 'personalisation') as said
          from part join customer using (customer_no) order by depth, customer_no`,
      values: [keys.map((key) => key.code), keys.map((key) => key.namespace), keys.map((key) => key.hash), 'kind' in meant ? null : meant.customerNo],
    });
    const [root] = rows;
    if (!root || root.status !== 0) return null;
    return { customerNo: root.customerNo, lineage: rows.map((row) => row.customerNo), mayPersonalise: mayPersonalise(rows) };
  };
}

async function keysOf({ kind, value }: { kind: IdentifierKind; value: string }, vault: Vault, slots: () => Promise<Slot[]>) {
  const normal = normaliseIdentifier(kind, value);
  if (!('text' in normal)) return [];
  return (await slots()).filter((slot) => slot.kind === kind).map(({ namespace }) => keyOf(vault, { kind, namespace, value: normal.text }));
}

function mayPersonalise(rows: readonly Row[]): boolean {
  const lineage: LineagePart[] = rows.map(({ customerNo, survivorNo, mergedAt }, n) => ({ customerNo, survivorNo: n === 0 ? null : survivorNo, mergedAt }));
  const said = rows.flatMap(({ customerNo, said: ofNumber }) => (ofNumber ?? []).map(({ channel, granted, at }) => ({ channel, statement: { customerNo, granted, at: new Date(at) } satisfies Statement })));
  const byChannel = Map.groupBy(said, ({ channel }) => channel).values();
  return byChannel.every((ofChannel) => evaluateConsent(ofChannel.map(({ statement }) => statement), lineage)?.decisive.granted !== false);
}
