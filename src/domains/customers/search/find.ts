import type pg from 'pg';
import { mostNameMatches } from '../contract/lists.ts';
import { byStrength, type IdentifierKind } from '../identifiers/kinds.ts';
import type { Slot } from '../identifiers/namespaces.ts';
import { normaliseIdentifier } from '../identifiers/normalise.ts';
import { keyOf } from '../identities/claim.ts';
import { activeRoots } from '../merges/lineages.ts';
import { namePurpose } from '../profiles/store.ts';
import { comparableName, type NameKeys } from '../vault/name-key.ts';
import type { Vault } from '../vault/vault.ts';

/** Whom a typed text means. */
export interface Found {
  by: IdentifierKind | 'customer_no' | 'name';
  customerNos: number[];
  /** How many there are in all; names are counted up to `mostNameMatches`. */
  total: number;
}

export interface Search {
  /**
   * Recognises what was typed. A whole phone, address, number or id finds its owner: who types it
   * knows it already. `#12` and, where nothing else has it, `12` is a customer's own number. Anything
   * else is the beginning of a name. To who may not see names (`maySeeNames`) a beginning longer than
   * what a mask shows finds nothing, only a whole name does: otherwise a name could be read out of
   * the search letter by letter.
   */
  find(text: string, maySeeNames: boolean, limit: number, offset?: number): Promise<Found>;
}

/** A mask shows this many characters of a name. */
const shownCharacters = 1;

export function createSearch(pool: pg.Pool, vault: Vault, nameKeys: NameKeys, slots: () => Promise<Slot[]>): Search {
  const byIdentifier = async (text: string): Promise<Found | undefined> => {
    const keys = (await slots()).flatMap(({ kind, namespace }) => {
      const normal = normaliseIdentifier(kind, text);
      return 'text' in normal ? [keyOf(vault, { kind, namespace, value: normal.text })] : [];
    });
    const { rows } = await pool.query<{ position: number; customer_no: number }>({
      name: 'customers.search-identifiers',
      text: `select k.position::int, i.customer_no from unnest($1::smallint[], $2::text[], $3::uuid[]) with ordinality as k (kind, namespace, hash, position)
        join identifier i using (kind, namespace, hash)`,
      values: [keys.map((k) => k.code), keys.map((k) => k.namespace), keys.map((k) => k.hash)],
    });
    const hits = rows.map((row) => ({ customerNo: row.customer_no, kind: keys[row.position - 1].kind }))
      .sort((a, b) => byStrength.indexOf(a.kind) - byStrength.indexOf(b.kind));
    if (hits.length === 0) return undefined;
    const customerNos = [...new Set(hits.map((hit) => hit.customerNo))];
    return { by: hits[0].kind, customerNos, total: customerNos.length };
  };
  const byNumber = async (text: string): Promise<Found | undefined> => {
    const digits = /^#?(\d{1,9})$/.exec(text)?.[1];
    if (digits === undefined) return undefined;
    const customerNos = await activeRoots(pool, [Number(digits)]);
    return { by: 'customer_no', customerNos, total: customerNos.length };
  };
  const byName = async (text: string, maySeeNames: boolean, limit: number, offset: number): Promise<Found> => {
    const wanted = comparableName(text);
    const isWhole = !maySeeNames && [...wanted].length > shownCharacters;
    const range = wanted === '' ? undefined : isWhole ? wholeRange(nameKeys, text) : nameKeys.prefixRange(text);
    if (!range || offset >= mostNameMatches) return { by: 'name', customerNos: [], total: 0 };
    const [matches, total] = await Promise.all([readNames(pool, vault, range, limit, offset), countNames(pool, range)]);
    const fitting = matches.filter(({ name }) => (isWhole ? comparableName(name) === wanted : comparableName(name).startsWith(wanted)));
    return { by: 'name', customerNos: await activeRoots(pool, fitting.map((match) => match.customerNo)), total };
  };
  return {
    async find(text, maySeeNames, limit, offset = 0) {
      const typed = text.trim();
      const isOwnNumber = typed.startsWith('#');
      const found = (isOwnNumber ? undefined : await byIdentifier(typed)) ?? (await byNumber(typed)) ?? (await byName(typed, maySeeNames, limit, offset));
      return found.by === 'name' ? found : { ...found, customerNos: found.customerNos.slice(offset, offset + limit) };
    },
  };
}

const wholeRange = (nameKeys: NameKeys, name: string): KeyRange => {
  const from = nameKeys.keyOf(name);
  return { from, before: Buffer.concat([from, Buffer.of(0)]) };
};

interface KeyRange {
  from: Buffer;
  before: Buffer;
}

async function readNames(pool: pg.Pool, vault: Vault, { from, before }: KeyRange, limit: number, offset: number): Promise<{ customerNo: number; name: string }[]> {
  const { rows } = await pool.query<{ customer_no: number; name: Buffer }>({
    name: 'customers.search-names',
    text: 'select customer_no, name from customer_profile where name_key >= $1 and name_key < $2 order by name_key, customer_no limit $3 offset $4',
    values: [from, before, Math.min(limit, mostNameMatches - offset), offset],
  });
  return rows.map((row) => ({ customerNo: row.customer_no, name: vault.decrypt(namePurpose(row.customer_no), row.name) }));
}

async function countNames(pool: pg.Pool, { from, before }: KeyRange): Promise<number> {
  const { rows } = await pool.query<{ total: number }>({
    name: 'customers.count-names',
    text: 'select count(*)::int as total from (select from customer_profile where name_key >= $1 and name_key < $2 limit $3) n',
    values: [from, before, mostNameMatches],
  });
  return rows[0].total;
}
