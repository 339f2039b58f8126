import type pg from 'pg';
import { inTransaction } from '../../../platform/postgres/pool.ts';
import { queueCopies } from '../copies/queue.ts';
import type { NameKeys } from '../vault/name-key.ts';
import type { Vault } from '../vault/vault.ts';
import type { Profile } from './profile.ts';
import { joinSteps, type ProfileSteps, stepsBetween, withoutSteps } from './profile-steps.ts';
import { readProfiles, writeProfiles } from './store.ts';

/** A profile an import changed. */
export interface ChangedProfile {
  customerNo: number;
  before: Profile;
  after: Profile;
}

/** Profiles taken back in one transaction. */
const profilesAtOnce = 2_000;

const purpose = (importId: number, customerNo: number): string => `profile before import ${importId} ${customerNo}`;

/** Keeps what an import changes of people who were there before it, so that it can be taken back. */
export async function keepSteps(client: pg.PoolClient, vault: Vault, importId: number, changed: readonly ChangedProfile[]): Promise<void> {
  const { rows: older } = await client.query<{ customer_no: number; steps: Buffer | null }>(
    `select c.customer_no, b.steps from customer c left join profile_before_import b on b.customer_no = c.customer_no and b.import_id = $2
     where c.customer_no = any($1::int[]) and c.import_id <> $2`,
    [changed.map((one) => one.customerNo), importId]);
  const kept = new Map(older.map((row) => [row.customer_no, row.steps]));
  const rows = changed.filter((one) => kept.has(one.customerNo)).map(({ customerNo, before, after }) => {
    const earlier = kept.get(customerNo);
    const steps = stepsBetween(before, after);
    const whole = earlier ? joinSteps(opened(vault, importId, customerNo, earlier), steps) : steps;
    return { customerNo, sealed: vault.encrypt(purpose(importId, customerNo), JSON.stringify(whole)) };
  });
  if (rows.length === 0) return;
  await client.query(
    `insert into profile_before_import (import_id, customer_no, steps) select $1, * from unnest($2::int[], $3::bytea[])
     on conflict (import_id, customer_no) do update set steps = excluded.steps`,
    [importId, rows.map((row) => row.customerNo), rows.map((row) => row.sealed)]);
}

/** Takes back what an import made of profiles, some at a time; may be begun again. */
export async function undoSteps(pool: pg.Pool, vault: Vault, nameKeys: NameKeys, importId: number): Promise<void> {
  for (;;) {
    const taken = await inTransaction(pool, async (client) => {
      const { rows } = await client.query<{ customer_no: number; steps: Buffer }>(
        `delete from profile_before_import where import_id = $1 and customer_no in
           (select customer_no from profile_before_import where import_id = $1 order by customer_no limit $2)
         returning customer_no, steps`, [importId, profilesAtOnce]);
      const profiles = await readProfiles(client, vault, rows.map((row) => row.customer_no), true);
      const reverted = rows.flatMap(({ customer_no: customerNo, steps }) => {
        const stored = profiles.get(customerNo);
        return stored ? [{ ...stored, profile: withoutSteps(stored.profile, opened(vault, importId, customerNo, steps)) }] : [];
      });
      await writeProfiles(client, vault, nameKeys, reverted);
      await queueCopies(client, reverted.map((one) => one.customerNo));
      return rows.length;
    });
    if (taken < profilesAtOnce) return;
  }
}

const opened = (vault: Vault, importId: number, customerNo: number, sealed: Buffer): ProfileSteps =>
  JSON.parse(vault.decrypt(purpose(importId, customerNo), sealed)) as ProfileSteps;
