import type pg from 'pg';
import type { TierChange } from '../rules/life.ts';
import type { TierRow } from './load.ts';
import type { Looked } from './look.ts';

const date = (moment: number | null | undefined): Date | null => (moment === null || moment === undefined ? null : new Date(moment));

/** When the tier that is shown began: by the last change that moved it, or with the one that was earned. */
function shownSince({ row, standing: { life, changes } }: Looked): number {
  const moved = changes.findLast(({ from, to }) => from !== to);
  return life.shown === life.tier ? life.since : (moved?.at ?? row.tierSince);
}

/** Everything a look came to, in a statement a table. Numbers of a person that rest are looked at again together with the one that leads. */
export async function writeLooked(client: pg.PoolClient, looked: readonly Looked[], at: Date): Promise<void> {
  if (looked.length === 0) return;
  const rows = looked.flatMap((each) => [{ ...each, customerNo: each.row.customerNo, isLeading: true }, ...each.member.rows.filter((row) => row !== each.row).map((row) => ({ ...each, customerNo: row.customerNo, isLeading: false, resting: row }))]);
  const lead = rows.filter(({ isLeading }) => isLeading);
  await client.query({
    name: 'tiers.write',
    text: `update member m set tier = w.tier, tier_since = w.since, cycle_start = w.cycle_start, review_at = w.review_at, grace_until = w.grace_until, due_at = w.due_at, version_no = w.version_no, life = w.life,
        awaiting_since = w.awaiting_since, to_next = w.to_next, to_next_share = w.share, to_next_until = w.to_next_until, expected_rise_at = w.expected, to_keep = w.to_keep
      from unnest($1::int[], $2::text[], $3::timestamptz[], $4::timestamptz[], $5::timestamptz[], $6::timestamptz[], $7::timestamptz[], $8::int[], $9::jsonb[], $10::timestamptz[], $11::bigint[], $12::int[], $13::timestamptz[], $14::timestamptz[], $15::bigint[])
        as w (no, tier, since, cycle_start, review_at, grace_until, due_at, version_no, life, awaiting_since, to_next, share, to_next_until, expected, to_keep)
      where m.customer_no = w.no`,
    values: [
      lead.map(({ customerNo }) => customerNo), lead.map(({ standing }) => standing.life.shown), lead.map((each) => date(shownSince(each))), lead.map(({ standing }) => date(standing.life.cycleStart)),
      lead.map(({ standing }) => date(standing.life.reviewAt)), lead.map(({ standing }) => date(standing.life.graceUntil)), lead.map(({ standing }) => date(standing.dueAt)), lead.map(({ standing }) => standing.life.versionNo),
      lead.map(({ row, standing }) => JSON.stringify({ ...standing.life, joinedAt: row.joinedAt })), lead.map(({ standing }) => date(standing.life.awaiting?.since)),
      lead.map(({ outlook }) => outlook?.next?.missing ?? null), lead.map(({ outlook }) => (outlook?.next ? Math.ceil((1_000 * outlook.next.missing) / Math.max(outlook.next.entry, 1)) : null)), lead.map(({ outlook }) => date(outlook?.changesAt)),
      lead.map(({ outlook }) => date(outlook?.next?.expectedAt)), lead.map(({ outlook, standing }) => (standing.life.reviewAt !== null && outlook?.keep && outlook.keep.missing > 0 ? outlook.keep.missing : null)),
    ],
  });
  await writeResting(client, rows.flatMap((each) => ('resting' in each ? [{ ...each.resting, dueAt: each.standing.dueAt }] : [])));
  await writeChanges(client, looked.flatMap(({ row, standing }) => standing.changes.map((change) => ({ ...change, customerNo: row.customerNo }))), at);
}

async function writeResting(client: pg.PoolClient, rows: readonly (TierRow & { dueAt: number | null })[]): Promise<void> {
  if (rows.length === 0) return;
  await client.query({
    name: 'tiers.rest',
    text: `update member m set tier = coalesce(w.tier, m.tier), life = coalesce(w.life, m.life), due_at = w.due_at, awaiting_since = null, to_next = null, to_next_share = null,
        expected_rise_at = null, to_keep = null
      from unnest($1::int[], $2::text[], $3::jsonb[], $4::timestamptz[]) as w (no, tier, life, due_at) where m.customer_no = w.no`,
    values: [rows.map(({ customerNo }) => customerNo), rows.map(({ life }) => life?.tier ?? null), rows.map(({ life, joinedAt }) => life && JSON.stringify({ ...life, joinedAt })), rows.map(({ dueAt }) => date(dueAt))],
  });
}

async function writeChanges(client: pg.PoolClient, changes: readonly (TierChange & { customerNo: number })[], at: Date): Promise<void> {
  if (changes.length === 0) return;
  await client.query({
    name: 'tiers.write-changes',
    text: `insert into tier_change (customer_no, kind, from_tier, to_tier, cycle_start, occurred_at, recorded_at, version_no, derivation)
      select no, kind, from_tier, to_tier, cycle_start, occurred_at, $9, version_no, derivation
      from unnest($1::int[], $2::text[], $3::text[], $4::text[], $5::timestamptz[], $6::timestamptz[], $7::int[], $8::jsonb[]) as c (no, kind, from_tier, to_tier, cycle_start, occurred_at, version_no, derivation)`,
    values: [
      changes.map(({ customerNo }) => customerNo), changes.map(({ kind }) => kind), changes.map(({ from }) => from), changes.map(({ to }) => to), changes.map(({ cycleStart }) => date(cycleStart)), changes.map((change) => date(change.at)),
      changes.map(({ versionNo }) => versionNo), changes.map(({ derivation }) => JSON.stringify(derivation)), at,
    ],
  });
}
