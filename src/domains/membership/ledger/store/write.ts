import type pg from 'pg';
import type { Changes, Person } from '../person.ts';

const column = <T, V>(rows: readonly T[], of: (row: T) => V): V[] => rows.map(of);
const moment = (at: number | null): Date | null => (at === null ? null : new Date(at));

/** Writes what decisions changed, a statement a table. */
export async function writeChanges(client: pg.PoolClient, { entries, allocations, newLots, lots, holds, debts }: Changes, at: Date): Promise<void> {
  if (entries.length > 0) {
    await client.query({
      name: 'points.write-entries',
      text: `insert into points_entry (entry_no, customer_no, kind, amount, shortfall, occurred_at, recorded_at, command_key, reverses, derivation)
        select e.no, e.customer_no, e.kind, e.amount, e.shortfall, e.occurred_at, $10, e.command_key, e.reverses, e.derivation
        from unnest($1::bigint[], $2::int[], $3::text[], $4::bigint[], $5::bigint[], $6::timestamptz[], $7::text[], $8::bigint[], $9::jsonb[])
          as e (no, customer_no, kind, amount, shortfall, occurred_at, command_key, reverses, derivation)`,
      values: [
        column(entries, (e) => e.entryNo), column(entries, (e) => e.customerNo), column(entries, (e) => e.kind), column(entries, (e) => e.amount), column(entries, (e) => e.shortfall),
        column(entries, (e) => moment(e.occurredAt)), column(entries, (e) => e.commandKey), column(entries, (e) => e.reverses), column(entries, (e) => JSON.stringify(e.derivation)), at,
      ],
    });
  }
  if (newLots.length > 0) {
    await client.query({
      name: 'points.write-lots',
      text: `insert into points_lot (lot_no, customer_no, amount, remaining, earned_at, available_at, expires_at, restores, idle)
        select * from unnest($1::bigint[], $2::int[], $3::bigint[], $4::bigint[], $5::timestamptz[], $6::timestamptz[], $7::timestamptz[], $8::bigint[], $9::jsonb[])`,
      values: [
        column(newLots, (l) => l.lotNo), column(newLots, (l) => l.customerNo), column(newLots, (l) => l.amount), column(newLots, (l) => l.remaining),
        column(newLots, (l) => moment(l.earnedAt)), column(newLots, (l) => moment(l.availableAt)), column(newLots, (l) => moment(l.expiresAt)), column(newLots, (l) => l.restores),
        column(newLots, (l) => l.idle && JSON.stringify(l.idle)),
      ],
    });
  }
  const changed = [...lots].filter((lot) => !newLots.includes(lot));
  if (changed.length > 0) {
    await client.query({
      name: 'points.change-lots', text: 'update points_lot l set remaining = c.remaining, expires_at = c.expires_at from unnest($1::bigint[], $2::bigint[], $3::timestamptz[]) as c (lot_no, remaining, expires_at) where l.lot_no = c.lot_no',
      values: [column(changed, (l) => l.lotNo), column(changed, (l) => l.remaining), column(changed, (l) => moment(l.expiresAt))],
    });
  }
  if (allocations.length > 0) {
    await client.query({
      name: 'points.write-allocations', text: 'insert into points_allocation (entry_no, lot_no, amount) select * from unnest($1::bigint[], $2::bigint[], $3::bigint[])',
      values: [column(allocations, (a) => a.entryNo), column(allocations, (a) => a.lotNo), column(allocations, (a) => a.amount)],
    });
  }
  for (const { holdKey, customerNo, state, heldAt, expiresAt, parts } of holds.values()) {
    await client.query({
      name: 'points.write-hold',
      text: `insert into points_hold (hold_key, customer_no, state, held_at, expires_at, parts) values ($1, $2, $3, $4, $5, $6) on conflict (hold_key, customer_no) do update set state = excluded.state`,
      values: [holdKey, customerNo, state, moment(heldAt), moment(expiresAt), JSON.stringify(parts)],
    });
  }
  for (const { entryNo, customerNo, amount, remaining, forgiven } of debts.values()) {
    await client.query({
      name: 'points.write-debt',
      text: `insert into points_debt (entry_no, customer_no, amount, remaining, forgiven) values ($1, $2, $3, $4, $5)
        on conflict (entry_no) do update set remaining = excluded.remaining, forgiven = excluded.forgiven`,
      values: [entryNo, customerNo, amount, remaining, forgiven],
    });
  }
}

/** Remembers when time alone changes something of these people next, so that the day boundary finds them. */
export async function writeDue(client: pg.PoolClient, persons: readonly Person[], now: number): Promise<void> {
  const due = persons.flatMap((person) => person.accounts.map((customerNo) => ({ customerNo, at: dueAt(person, customerNo, now) })));
  await client.query({
    name: 'points.write-due', text: 'update points_account a set due_at = d.at from unnest($1::int[], $2::timestamptz[]) as d (customer_no, at) where a.customer_no = d.customer_no and a.due_at is distinct from d.at',
    values: [column(due, (d) => d.customerNo), column(due, (d) => moment(d.at))],
  });
}

/** When time alone changes something next of an account. */
export function dueAt({ lots, holds, debts }: Person, customerNo: number, now: number): number | null {
  const owes = [...debts.values()].some(({ remaining }) => remaining > 0);
  const own = [...lots.values()].filter((lot) => lot.customerNo === customerNo && lot.remaining > 0);
  const moments = [
    ...own.flatMap(({ expiresAt }) => (expiresAt === null ? [] : [expiresAt])),
    ...(owes ? own.flatMap(({ availableAt }) => (availableAt > now ? [availableAt] : [])) : []),
    ...[...holds.values()].filter((hold) => hold.customerNo === customerNo && hold.state === 'open').map(({ expiresAt }) => expiresAt),
  ];
  return moments.length === 0 ? null : Math.min(...moments);
}
