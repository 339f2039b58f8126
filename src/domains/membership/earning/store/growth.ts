import type pg from 'pg';
import type { GrowthEntry } from '../reckon/entries.ts';

/** Lets tiers look at these members again, whatever becomes of this process; also those who are due already, whose look may have begun before this. */
export async function makeDue(client: pg.PoolClient, customerNos: readonly number[], at: Date): Promise<void> {
  if (customerNos.length === 0) return;
  await client.query({ name: 'earning.make-due', text: 'update member set due_at = least(due_at, $2) where customer_no = any($1::int[])', values: [customerNos, at] });
}

/** Adds to people's growth; what was added under a key before is not added again. */
export async function writeGrowth(client: pg.PoolClient, entries: readonly GrowthEntry[], at: Date): Promise<void> {
  if (entries.length === 0) return;
  await client.query({
    name: 'earning.write-growth',
    text: `insert into growth_entry (customer_no, amount, kind, occurred_at, recorded_at, entry_key, derivation)
      select no, amount, kind, occurred_at, $7, key, derivation from unnest($1::int[], $2::bigint[], $3::text[], $4::timestamptz[], $5::text[], $6::jsonb[]) as g (no, amount, kind, occurred_at, key, derivation)
      on conflict (customer_no, entry_key) do nothing`,
    values: [
      entries.map(({ customerNo }) => customerNo), entries.map(({ amount }) => amount), entries.map(({ kind }) => kind), entries.map(({ occurredAt }) => new Date(occurredAt)),
      entries.map(({ key }) => key), entries.map(({ derivation }) => JSON.stringify(derivation)), at,
    ],
  });
}
