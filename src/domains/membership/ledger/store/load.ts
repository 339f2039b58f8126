import type pg from 'pg';
import { type Debt, type Entry, type Hold, holdId, type Lot, type Person, type Reversible } from '../person.ts';

/** Moments travel as milliseconds: exact, and the same in every driver. */
export const ms = (column: string): string => `(extract(epoch from ${column}) * 1000)::bigint`;
const lotColumns = `lot_no as "lotNo", customer_no as "customerNo", amount, remaining, ${ms('earned_at')} as "earnedAt", ${ms('available_at')} as "availableAt",
  ${ms('expires_at')} as "expiresAt", idle, restores`;
const holdsSql = `select hold_key as "holdKey", customer_no as "customerNo", state, ${ms('held_at')} as "heldAt", ${ms('expires_at')} as "expiresAt", parts from points_hold`;
const debtsSql = 'select entry_no as "entryNo", customer_no as "customerNo", amount, remaining, forgiven from points_debt';

/** A command's key, and an account it may be of. */
export interface OfAccount {
  key: string;
  account: number;
}

/** Entries of commands, by keys and the accounts they may be of: the index of earnings has no other kinds, and the other one no earnings. */
export const entriesOfKeys = (columns: string): string => ['=', '<>'].map((which) => `select ${columns}
  from (select distinct key, account from unnest($1::text[], $2::int[]) as u (key, account)) w
  join points_entry e on e.customer_no = w.account and e.command_key = w.key where e.kind ${which} 'earn' and e.command_key is not null`).join(' union all ');

/**
 * Everything about these people that decisions need, with their accounts locked in ascending order until the transaction ends, so that
 * nobody waits in a circle. With them come the commands that are to be reversed, and the holds that are to be spent or let go.
 */
export async function loadPersons(client: pg.PoolClient, lineages: readonly (readonly number[])[], { reversed: of, holds: holdKeys }: { reversed: readonly OfAccount[]; holds: readonly string[] }): Promise<Person[]> {
  const accounts = [...new Set(lineages.flat())].sort((a, b) => a - b);
  await client.query('insert into points_account (customer_no) select unnest($1::int[]) on conflict do nothing', [accounts]);
  const { rows: locked } = await client.query<{ customerNo: number; oneSince: number | null }>({
    name: 'points.lock-accounts', text: `select customer_no as "customerNo", ${ms('one_since')} as "oneSince" from points_account where customer_no = any($1::int[]) order by customer_no for update`, values: [accounts],
  });
  const since = new Map(locked.map(({ customerNo, oneSince }) => [customerNo, oneSince ?? -Infinity]));
  const { rows: holds } = await client.query<Hold>({
    name: 'points.holds',
    text: `${holdsSql} where (customer_no = any($1::int[]) and state = 'open') or (hold_key = any($2::text[]) and customer_no = any($1::int[]))`,
    values: [accounts, holdKeys],
  });
  const { rows: debts } = await client.query<Debt>({
    name: 'points.debts', text: `${debtsSql} where customer_no = any($1::int[]) and remaining > 0`, values: [accounts],
  });
  const reversible = of.length > 0 ? await loadReversible(client, of) : { entries: [] as Reversible[], debts: [] as Debt[], lots: [] as number[] };
  const heldLots = holds.filter(({ state }) => state === 'open').flatMap(({ parts }) => parts.map(({ lotNo }) => lotNo));
  const { rows: lots } = await client.query<Lot>({
    name: 'points.lots',
    text: `select ${lotColumns} from points_lot where (customer_no = any($1::int[]) and remaining > 0) or (lot_no = any($2::bigint[]) and remaining = 0)`,
    values: [accounts, [...heldLots, ...reversible.lots]],
  });
  return lineages.map((lineage) => {
    const isTheirs = ({ customerNo }: { customerNo: number }): boolean => lineage.includes(customerNo);
    return {
      accounts: lineage,
      oneSince: lineage.length === 1 ? -Infinity : Math.max(...lineage.map((account) => since.get(account) ?? -Infinity)),
      lots: new Map(lots.filter(isTheirs).map((lot) => [lot.lotNo, lot])),
      holds: new Map(holds.filter(isTheirs).map((hold) => [holdId(hold), hold])),
      debts: new Map([...debts, ...reversible.debts].filter(isTheirs).map((debt) => [debt.entryNo, debt])),
      reversible: new Map(reversible.entries.filter(({ entry }) => isTheirs(entry)).map((each) => [each.entry.entryNo, each])),
    };
  });
}

/** A person's open lots, holds and debts as they are, without keeping anybody from changing them. */
export async function readPerson(pool: pg.Pool, accounts: readonly number[]): Promise<Person> {
  const [lots, holds, debts] = await Promise.all([
    pool.query<Lot>(`select ${lotColumns} from points_lot where customer_no = any($1::int[]) and remaining > 0`, [accounts]),
    pool.query<Hold>(`${holdsSql} where customer_no = any($1::int[]) and state = 'open'`, [accounts]),
    pool.query<Debt>(`${debtsSql} where customer_no = any($1::int[]) and remaining > 0`, [accounts]),
  ]);
  return {
    accounts,
    oneSince: -Infinity,
    lots: new Map(lots.rows.map((lot) => [lot.lotNo, lot])),
    holds: new Map(holds.rows.map((hold) => [holdId(hold), hold])),
    debts: new Map(debts.rows.map((debt) => [debt.entryNo, debt])),
    reversible: new Map(),
  };
}

/** What commands made that are to be reversed, how much of it was reversed, and the lots and debts it touched. */
async function loadReversible(client: pg.PoolClient, of: readonly OfAccount[]) {
  const { rows } = await client.query<Entry & { reversed: number; allocations: [entryNo: number, lotNo: number, amount: number][] }>({
    name: 'points.reversible',
    text: `select entry_no as "entryNo", customer_no as "customerNo", kind, amount, shortfall, ${ms('occurred_at')} as "occurredAt", command_key as "commandKey", reverses, derivation,
        coalesce((select sum(abs(r.amount) + r.shortfall) from points_entry r where r.reverses = e.entry_no), 0)::bigint as reversed,
        coalesce((select jsonb_agg(jsonb_build_array(a.entry_no, a.lot_no, a.amount) order by a.allocation_no) from points_allocation a where a.entry_no = e.entry_no), '[]') as allocations
      from (${entriesOfKeys('e.*')}) e order by entry_no`,
    values: [of.map(({ key }) => key), of.map(({ account }) => account)],
  });
  const { rows: debts } = await client.query<Debt>(
    `${debtsSql} where entry_no = any($1::bigint[]) and remaining = 0`, [rows.map(({ entryNo }) => entryNo)]);
  const entries = rows.map(({ reversed, allocations, ...entry }): Reversible => ({
    entry, reversed, allocations: allocations.map(([entryNo, lotNo, amount]) => ({ entryNo, lotNo, amount })),
  }));
  return { entries, debts, lots: rows.flatMap(({ allocations }) => allocations.map(([, lotNo]) => lotNo)) };
}
