import type pg from 'pg';
import { identifierKinds, type Identifier, type IdentifierKind } from '../identifiers/kinds.ts';
import { queueCopies } from '../copies/queue.ts';
import { noteNamespaces } from '../identifiers/namespaces.ts';
import { normaliseIdentifier } from '../identifiers/normalise.ts';
import { namePurpose } from '../profiles/store.ts';
import { tags } from '../tags/store.ts';
import type { NameKeys } from '../vault/name-key.ts';
import type { Vault } from '../vault/vault.ts';
import { CopyRows } from './copy-rows.ts';
import { trustReferences } from './publish.ts';

/** What a customer agreed to or took back. */
export interface NewConsent {
  channel: string;
  purpose: string;
  granted: boolean;
  atMs: number;
  source: string;
  textVersion: string;
}

/** Everything that is known of a customer when the customer is written down for the first time. */
export interface NewCustomer {
  customerNo: number;
  firstSeenMs: number;
  channel: string;
  /** Nobody has them yet. */
  identifiers: readonly Identifier[];
  name: string | null;
  gender: 'male' | 'female' | null;
  /** `1990-05-17` */
  birthDate: string | null;
  country: string | null;
  province: string | null;
  city: string | null;
  language: string | null;
  attributes: Readonly<Record<string, string | number | boolean>>;
  /** When the profile was said. */
  traitsAtMs: number;
  consents: readonly NewConsent[];
  tags: readonly { name: string; atMs: number }[];
}

/** Writes whole new customers at the speed of COPY, in the caller's transaction. */
export interface CustomerWriter {
  /**
   * Numbers are to be reserved before. `by` is noted as who put the tags on and recorded the consents.
   * Throws PostgreSQL's 23505 where somebody has one of the identifiers already, and a RangeError for one
   * that is not of its kind's form.
   */
  write(client: pg.PoolClient, customers: readonly NewCustomer[], by: string): Promise<void>;
}

export function createCustomerWriter(vault: Vault, nameKeys: NameKeys): CustomerWriter {
  return {
    async write(client, customers, by) {
      await trustReferences(client);
      await copyCustomers(client, customers);
      await copyIdentifiers(client, vault, customers);
      await noteNamespaces(client, customers.flatMap((c) => c.identifiers));
      await copyProfiles(client, vault, nameKeys, customers);
      await copyConsents(client, customers, by);
      await tags.add(client, customers.flatMap((c) => c.tags.map(({ name, atMs }) => ({ customerNo: c.customerNo, name, at: new Date(atMs), by }))));
      await queueCopies(client, customers.map((c) => c.customerNo));
      await client.query("set local session_replication_role = 'origin'");
    },
  };
}

const longestText = (...texts: (string | null)[]): number => texts.reduce((sum, text) => sum + 4 * (text?.length ?? 0), 64);

/** Copies what `write` appends; where that throws, the server is told to forget it, so that the transaction can end. */
async function copyInto(client: pg.PoolClient, table: string, columns: readonly string[], write: (copy: CopyRows) => void): Promise<void> {
  const copy = new CopyRows(client, table, columns);
  try {
    write(copy);
  } catch (error) {
    copy.abandon();
    throw error;
  }
  await copy.finish();
}

function copyCustomers(client: pg.PoolClient, customers: readonly NewCustomer[]): Promise<void> {
  return copyInto(client, 'customer', ['customer_no', 'created_at', 'channel'], (copy) => {
    for (const { customerNo, firstSeenMs, channel } of customers) {
      copy.startRow(3, longestText(channel));
      copy.int4(customerNo);
      copy.time(firstSeenMs);
      copy.text(channel);
    }
  });
}

function copyIdentifiers(client: pg.PoolClient, vault: Vault, customers: readonly NewCustomer[]): Promise<void> {
  return copyInto(client, 'identifier', ['kind', 'namespace', 'hash', 'customer_no', 'value', 'added_at'], (copy) => {
    const words = new Uint32Array(4);
    for (const { customerNo, firstSeenMs, identifiers } of customers) {
      for (const { kind, namespace, value: raw } of identifiers) {
        const value = comparable(kind, raw);
        const sealed = vault.seal(kind, namespace, value);
        const hash = vault.hashOf(kind, namespace, value).replaceAll('-', '');
        for (let i = 0; i < 4; i++) words[i] = Number.parseInt(hash.slice(8 * i, 8 * i + 8), 16);
        copy.startRow(6, longestText(namespace) + sealed.length);
        copy.int2(identifierKinds[kind]);
        copy.text(namespace);
        copy.uuid(words);
        copy.int4(customerNo);
        copy.bytes(sealed);
        copy.time(firstSeenMs);
      }
    }
  });
}

function comparable(kind: IdentifierKind, raw: string): string {
  const normal = normaliseIdentifier(kind, raw);
  if ('refusal' in normal) throw new RangeError(`an identifier of kind ${kind} is not one: ${normal.refusal}`);
  return normal.text;
}

function copyProfiles(client: pg.PoolClient, vault: Vault, nameKeys: NameKeys, customers: readonly NewCustomer[]): Promise<void> {
  return copyInto(client, 'customer_profile', ['customer_no', 'name', 'name_key', 'gender', 'birth_date', 'country', 'province', 'city', 'language', 'attributes', 'traits_at'], (copy) => {
    for (const c of customers) {
      const attributes = JSON.stringify(c.attributes);
      copy.startRow(11, longestText(c.name, c.country, c.province, c.city, c.language, attributes) + 128);
      copy.int4(c.customerNo);
      if (c.name === null) {
        copy.text(null);
        copy.text(null);
      } else {
        copy.bytes(vault.encrypt(namePurpose(c.customerNo), c.name));
        copy.bytes(nameKeys.keyOf(c.name));
      }
      copy.text(c.gender);
      copy.date(c.birthDate);
      for (const place of [c.country, c.province, c.city, c.language]) copy.text(place);
      copy.json(attributes);
      copy.time(c.traitsAtMs);
    }
  });
}

function copyConsents(client: pg.PoolClient, customers: readonly NewCustomer[], by: string): Promise<void> {
  return copyInto(client, 'consent', ['customer_no', 'channel', 'purpose', 'granted', 'at', 'recorded_at', 'source', 'text_version', 'actor'], (copy) => {
    for (const { customerNo, consents } of customers) {
      for (const { channel, purpose, granted, atMs, source, textVersion } of consents) {
        copy.startRow(9, longestText(channel, purpose, source, textVersion, by));
        copy.int4(customerNo);
        copy.text(channel);
        copy.text(purpose);
        copy.boolean(granted);
        copy.time(atMs);
        copy.time(atMs);
        copy.text(source);
        copy.text(textVersion);
        copy.text(by);
      }
    }
  });
}
