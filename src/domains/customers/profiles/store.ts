import type pg from 'pg';
import type { Vault } from '../vault/vault.ts';
import type { NameKeys } from '../vault/name-key.ts';
import { emptyProfile, type Profile } from './profile.ts';

/** A profile with what tells how new it is. */
export interface StoredProfile {
  customerNo: number;
  profile: Profile;
  traitsAt: Date | null;
  version: number;
}

interface Row {
  customer_no: number;
  name: Buffer | null;
  gender: 'male' | 'female' | null;
  birth_date: string | null;
  country: string | null;
  province: string | null;
  city: string | null;
  language: string | null;
  attributes: Profile['attributes'];
  personal: Buffer | null;
  traits_at: Date | null;
  version: number;
}

/** What the personal parts of a profile are encrypted for: they cannot be moved to another customer. */
export const namePurpose = (customerNo: number): string => `name ${customerNo}`;
export const personalPurpose = (customerNo: number): string => `personal ${customerNo}`;

/** The profiles that exist among these numbers, readable; `forUpdate` keeps others from changing them meanwhile. */
export async function readProfiles(connection: pg.Pool | pg.PoolClient, vault: Vault, customerNos: readonly number[], forUpdate = false): Promise<Map<number, StoredProfile>> {
  const { rows } = await connection.query<Row>({
    name: forUpdate ? 'customers.profiles-for-update' : 'customers.profiles',
    text: `select customer_no, name, gender, birth_date::text, country, province, city, language, attributes, personal, traits_at, version
      from customer_profile where customer_no = any($1::int[]) order by customer_no ${forUpdate ? 'for no key update' : ''}`,
    values: [customerNos],
  });
  return new Map(rows.map((row) => [row.customer_no, {
    customerNo: row.customer_no,
    traitsAt: row.traits_at,
    version: row.version,
    profile: {
      name: row.name && vault.decrypt(namePurpose(row.customer_no), row.name),
      gender: row.gender,
      birthDate: row.birth_date,
      country: row.country,
      province: row.province,
      city: row.city,
      language: row.language,
      attributes: row.attributes,
      personal: row.personal ? JSON.parse(vault.decrypt(personalPurpose(row.customer_no), row.personal)) as Profile['personal'] : {},
    },
  }]));
}

/** What ClickHouse may know of these profiles: their personal parts are left where they are, and nothing is decrypted. */
export async function readPlainProfiles(client: pg.PoolClient, customerNos: readonly number[]): Promise<Map<number, Profile>> {
  const { rows } = await client.query<Omit<Profile, 'name' | 'personal'> & { customerNo: number }>({
    name: 'customers.plain-profiles',
    text: `select customer_no as "customerNo", gender, birth_date::text as "birthDate", country, province, city, language, attributes
      from customer_profile where customer_no = any($1::int[])`,
    values: [customerNos],
  });
  return new Map(rows.map(({ customerNo, ...plain }) => [customerNo, { ...emptyProfile, ...plain }]));
}

/** Writes profiles whole and raises their versions. */
export async function writeProfiles(client: pg.PoolClient, vault: Vault, nameKeys: NameKeys, stored: readonly Omit<StoredProfile, 'version'>[]): Promise<void> {
  if (stored.length === 0) return;
  const column = <T>(of: (profile: Profile, no: number) => T): T[] => stored.map((s) => of(s.profile, s.customerNo));
  await client.query(
    `insert into customer_profile (customer_no, name, name_key, gender, birth_date, country, province, city, language, attributes, personal, traits_at)
      select * from unnest($1::int[], $2::bytea[], $3::bytea[], $4::text[], $5::date[], $6::text[], $7::text[], $8::text[], $9::text[],
        $10::jsonb[], $11::bytea[], $12::timestamptz[])
      on conflict (customer_no) do update set name = excluded.name, name_key = excluded.name_key, gender = excluded.gender,
        birth_date = excluded.birth_date, country = excluded.country, province = excluded.province, city = excluded.city,
        language = excluded.language, attributes = excluded.attributes, personal = excluded.personal,
        traits_at = excluded.traits_at, version = customer_profile.version + 1, updated_at = now()`,
    [
      stored.map((s) => s.customerNo),
      column((p, no) => p.name === null ? null : vault.encrypt(namePurpose(no), p.name)),
      column((p) => p.name === null ? null : nameKeys.keyOf(p.name)),
      column((p) => p.gender), column((p) => p.birthDate), column((p) => p.country), column((p) => p.province),
      column((p) => p.city), column((p) => p.language), column((p) => JSON.stringify(p.attributes)),
      column((p, no) => Object.keys(p.personal).length === 0 ? null : vault.encrypt(personalPurpose(no), JSON.stringify(p.personal))),
      stored.map((s) => s.traitsAt),
    ]);
}
