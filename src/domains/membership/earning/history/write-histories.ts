import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { dueAt } from '../../ledger/store/write.ts';
import { signed } from '../store/kept-orders.ts';
import { copyLine, copyMoment, type CopyValue } from './copy-text.ts';
import type { History } from './replay.ts';

/** Rows of one COPY that are sent together. */
const rowsAtOnce = 500;

/**
 * Writes what histories of newcomers come to, in a COPY a table: whatever is written of one is written of all, or not at all. Returns
 * those that are written: not of whom something else has opened an account since they were found to have none, a gift for joining.
 */
export async function writeHistories(client: pg.PoolClient, histories: readonly History[], now: Date): Promise<History[]> {
  const at = now.getTime();
  const recorded = copyMoment(at);
  const opened = await withoutReferences(client, () => openAccounts(client, histories, at));
  const written = histories.filter((history) => !hasPoints(history) || opened.has(history.person.accounts[0]));
  const some = written.filter(({ orders, opening }) => orders.length > 0 || opening !== null);
  await withoutReferences(client, () => writePoints(client, some, at));
  await copy(client, `order_earning (order_key, customer_no, order_id, placed_at, version_no, sold, applied, regular, bonus, by_money, per_order, points, growth, shortfall, entries, earnings, extras)`, some, ({ orders }) =>
    orders.map(({ kept: k, of }) => [signed(k.orderKey), k.customerNo, k.orderId, copyMoment(k.placedAt), k.versionNo, k.sold, `{${k.applied.join()}}`, k.regular, k.bonus, k.byMoney, k.perOrder, k.points, k.growth, of.missed, k.entries, JSON.stringify(k.earnings), JSON.stringify(k.extras)]));
  await copy(client, 'growth_entry (customer_no, amount, kind, occurred_at, recorded_at, entry_key, derivation)', some, ({ growth }) =>
    growth.map((g) => [g.customerNo, g.amount, g.kind, copyMoment(g.occurredAt), recorded, g.key, JSON.stringify(g.derivation)]));
  await copy(client, 'earning_opening (customer_no, points, growth, recorded_at)', some, ({ opening }) => (opening ? [[opening.customerNo, opening.points, opening.growth, recorded]] : []));
  return written;
}

const hasPoints = ({ changes: { entries } }: History): boolean => entries.length > 0;

/** Opens accounts in the order of their numbers, as everybody does, so that nobody waits in a circle; returns those that nobody had opened. */
async function openAccounts(client: pg.PoolClient, histories: readonly History[], at: number): Promise<Set<number>> {
  const some = histories.filter(hasPoints).toSorted((a, b) => a.person.accounts[0] - b.person.accounts[0]);
  const { rows } = await client.query<{ customerNo: number }>({
    name: 'earning.open-accounts',
    text: `insert into points_account (customer_no, due_at) select * from unnest($1::int[], $2::timestamptz[]) on conflict do nothing returning customer_no as "customerNo"`,
    values: [some.map(({ person }) => person.accounts[0]), some.map(({ person }) => copyMoment(dueAt(person, person.accounts[0], at)))],
  });
  return new Set(rows.map(({ customerNo }) => customerNo));
}

async function writePoints(client: pg.PoolClient, some: readonly History[], at: number): Promise<void> {
  const recorded = copyMoment(at);
  await copy(client, 'points_entry (entry_no, customer_no, kind, amount, shortfall, occurred_at, recorded_at, command_key, reverses, derivation)', some, ({ changes: { entries } }) =>
    entries.map((e) => [e.entryNo, e.customerNo, e.kind, e.amount, e.shortfall, copyMoment(e.occurredAt), recorded, e.commandKey, e.reverses, JSON.stringify(e.derivation)]));
  await copy(client, 'points_lot (lot_no, customer_no, amount, remaining, earned_at, available_at, expires_at, restores, idle)', some, ({ changes: { newLots } }) =>
    newLots.map((l) => [l.lotNo, l.customerNo, l.amount, l.remaining, copyMoment(l.earnedAt), copyMoment(l.availableAt), copyMoment(l.expiresAt), l.restores, l.idle && JSON.stringify(l.idle)]));
  await copy(client, 'points_allocation (entry_no, lot_no, amount)', some, ({ changes: { allocations } }) => allocations.map((a) => [a.entryNo, a.lotNo, a.amount]));
  await copy(client, 'points_debt (entry_no, customer_no, amount, remaining, forgiven)', some, ({ changes: { debts } }) =>
    [...debts.values()].map((d) => [d.entryNo, d.customerNo, d.amount, d.remaining, d.forgiven]));
}

/**
 * Where the database lets us, references are not looked up row by row: all that these rows refer to is written by the same transaction,
 * and looking it up takes most of the time of writing it.
 */
async function withoutReferences<T>(client: pg.PoolClient, work: () => Promise<T>): Promise<T> {
  const { rows: [{ may }] } = await client.query<{ may: boolean }>("select has_parameter_privilege(current_user, 'session_replication_role', 'set') as may");
  if (may) await client.query("set local session_replication_role = 'replica'");
  const done = await work();
  if (may) await client.query("set local session_replication_role = 'origin'");
  return done;
}

async function copy(client: pg.PoolClient, table: string, histories: readonly History[], rowsOf: (history: History) => readonly (readonly CopyValue[])[]): Promise<void> {
  await pipeline(Readable.from(textOf(histories, rowsOf)), client.query(copyFrom(`copy ${table} from stdin`)));
}

function* textOf(histories: readonly History[], rowsOf: (history: History) => readonly (readonly CopyValue[])[]): Generator<string> {
  let lines: string[] = [];
  for (const history of histories) {
    for (const row of rowsOf(history)) lines.push(copyLine(row));
    if (lines.length < rowsAtOnce) continue;
    yield lines.join('');
    lines = [];
  }
  if (lines.length > 0) yield lines.join('');
}
