import { dueAt } from '../../ledger/store/write.ts';
import { BinaryRows } from './binary-rows.ts';
import type { History } from './replay.ts';

/** What is copied into which columns, in an order in which nothing refers to what is not there yet. */
export const copied = {
  points_entry: 'entry_no, customer_no, kind, amount, shortfall, occurred_at, recorded_at, command_key, reverses, derivation',
  points_lot: 'lot_no, customer_no, amount, remaining, earned_at, available_at, expires_at, restores, idle',
  points_allocation: 'entry_no, lot_no, amount',
  points_debt: 'entry_no, customer_no, amount, remaining, forgiven',
  order_earning: 'order_key, customer_no, order_id, placed_at, version_no, sold, applied, regular, bonus, by_money, per_order, points, growth, shortfall, entries, earnings, extras',
  growth_entry: 'customer_no, amount, kind, occurred_at, recorded_at, entry_key, derivation',
  earning_opening: 'customer_no, points, growth, recorded_at',
};
type Table = keyof typeof copied;
const tables = Object.keys(copied) as Table[];

/** Rows of some people's histories, as PostgreSQL copies them. */
export interface HistoryRows {
  accounts: { customerNos: number[]; dueAts: (number | null)[] };
  /** Whose growth there is now. */
  grown: number[];
  tables: [Table, Uint8Array][];
}

/** What histories come to, table by table; each is forgotten as soon as its rows are made. They come in the order of their numbers. */
export function rowsOf(histories: Iterable<History>, recordedAt: number): HistoryRows {
  const rows = Object.fromEntries(tables.map((table) => [table, new BinaryRows()])) as Record<Table, BinaryRows>;
  const [accounts, grown]: [HistoryRows['accounts'], number[]] = [{ customerNos: [], dueAts: [] }, []];
  for (const { person, changes, orders, growth, opening } of histories) {
    const [customerNo] = person.accounts;
    if (changes.entries.length > 0) {
      accounts.customerNos.push(customerNo);
      accounts.dueAts.push(dueAt(person, customerNo, recordedAt));
    }
    if (growth.length > 0) grown.push(customerNo);
    writePoints(rows, changes, recordedAt);
    writeOrders(rows.order_earning, orders);
    writeGrowth(rows.growth_entry, growth, recordedAt);
    if (opening) writeOpening(rows.earning_opening, opening, recordedAt);
  }
  return { accounts, grown, tables: tables.filter((table) => !rows[table].isEmpty).map((table) => [table, rows[table].taken()]) };
}

function writePoints(rows: Record<Table, BinaryRows>, { entries, newLots, allocations, debts }: History['changes'], recordedAt: number): void {
  const { points_entry: toEntries, points_lot: toLots, points_allocation: toAllocations, points_debt: toDebts } = rows;
  for (const { entryNo, customerNo, kind, amount, shortfall, occurredAt, commandKey, reverses, derivation } of entries) {
    toEntries.row(10);
    toEntries.int8(entryNo);
    toEntries.int4(customerNo);
    toEntries.text(kind);
    toEntries.int8(amount);
    toEntries.int8(shortfall);
    toEntries.moment(occurredAt);
    toEntries.moment(recordedAt);
    toEntries.text(commandKey);
    toEntries.int8(reverses);
    toEntries.json(JSON.stringify(derivation));
  }
  for (const { lotNo, customerNo, amount, remaining, earnedAt, availableAt, expiresAt, restores, idle } of newLots) {
    toLots.row(9);
    toLots.int8(lotNo);
    toLots.int4(customerNo);
    toLots.int8(amount);
    toLots.int8(remaining);
    toLots.moment(earnedAt);
    toLots.moment(availableAt);
    toLots.moment(expiresAt);
    toLots.int8(restores);
    toLots.json(idle && JSON.stringify(idle));
  }
  for (const { entryNo, lotNo, amount } of allocations) {
    toAllocations.row(3);
    toAllocations.int8(entryNo);
    toAllocations.int8(lotNo);
    toAllocations.int8(amount);
  }
  for (const { entryNo, customerNo, amount, remaining, forgiven } of debts.values()) {
    toDebts.row(5);
    toDebts.int8(entryNo);
    toDebts.int4(customerNo);
    toDebts.int8(amount);
    toDebts.int8(remaining);
    toDebts.int8(forgiven);
  }
}

function writeOrders(rows: BinaryRows, orders: History['orders']): void {
  for (const { kept, of } of orders) {
    rows.row(17);
    rows.long(kept.orderKey);
    rows.int4(kept.customerNo);
    rows.text(kept.orderId);
    rows.moment(kept.placedAt);
    rows.int4(kept.versionNo);
    rows.long(kept.sold);
    rows.texts(kept.applied);
    rows.int8(kept.regular);
    rows.int8(kept.bonus);
    rows.int8(kept.byMoney);
    rows.int8(kept.perOrder);
    rows.int8(kept.points);
    rows.int8(kept.growth);
    rows.int8(of.missed);
    rows.int4(kept.entries);
    rows.json(JSON.stringify(kept.earnings));
    rows.json(JSON.stringify(kept.extras));
  }
}

function writeGrowth(rows: BinaryRows, growth: History['growth'], recordedAt: number): void {
  for (const { customerNo, amount, kind, occurredAt, key, derivation } of growth) {
    rows.row(7);
    rows.int4(customerNo);
    rows.int8(amount);
    rows.text(kind);
    rows.moment(occurredAt);
    rows.moment(recordedAt);
    rows.text(key);
    rows.json(JSON.stringify(derivation));
  }
}

function writeOpening(rows: BinaryRows, { customerNo, points, growth }: NonNullable<History['opening']>, recordedAt: number): void {
  rows.row(4);
  rows.int4(customerNo);
  rows.int8(points);
  rows.int8(growth);
  rows.moment(recordedAt);
}
