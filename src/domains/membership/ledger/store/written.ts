import type pg from 'pg';
import type { Command } from '../command.ts';
import type { Outcome } from '../decide/decide.ts';
import { entriesOfKeys, ms } from './load.ts';

/** What stands in the ledger under a key; null where the key is another person's. */
export type Written = (Omit<Outcome, 'balance'> & { kind: string }) | null;

/** Commands of orders, as a first look at history writes them: very many, and none of them is kept as a command of its own. */
const ofHistory = /^(?:order (\d+) (\d+)|opening \d+)$/;

interface EntryOfKey {
  key: string;
  kind: string;
  entryNo: number;
  customerNo: number;
  amount: number;
  shortfall: number;
  lots: Outcome['lots'];
}

/**
 * Which of these commands of orders were carried out when a history was written at once: the order's own row and the ledger's entries say so,
 * without a row for each key. The same as what is kept of a command, but for the balance it led to.
 */
export async function readWritten(client: pg.PoolClient, commands: readonly Command[], accountsOf: (customerNo: number) => readonly number[]): Promise<Map<string, Written>> {
  const asked = commands.filter(({ key }) => ofHistory.test(key));
  const written = new Map<string, Written>();
  if (asked.length === 0) return written;
  const pairs = asked.flatMap(({ key, customerNo }) => accountsOf(customerNo).map((account) => ({ key, account })));
  const { rows } = await client.query<EntryOfKey>({
    name: 'points.written',
    text: `select key, kind, entry_no as "entryNo", customer_no as "customerNo", amount, shortfall,
        coalesce((select jsonb_agg(jsonb_build_object('lotNo', lot_no, 'amount', a.amount, 'expiresAt', ${ms('expires_at')}) order by allocation_no)
          from points_allocation a join points_lot using (lot_no) where a.entry_no = e.entry_no), '[]') as lots
      from (${entriesOfKeys('w.key, e.*')}) e order by entry_no`,
    values: [pairs.map(({ key }) => key), pairs.map(({ account }) => account)],
  });
  for (const [key, entries] of Map.groupBy(rows, (row) => row.key)) {
    written.set(key, {
      kind: entries[0].kind, amount: entries.reduce((sum, { amount }) => sum + amount, 0), shortfall: entries.reduce((sum, { shortfall }) => sum + shortfall, 0),
      entries: entries.map(({ entryNo, customerNo, amount }) => ({ entryNo, customerNo, amount })), lots: entries.flatMap(({ lots }) => lots),
    });
  }
  for (const key of await readTaken(client, asked.map(({ key }) => key).filter((key) => !written.has(key)))) written.set(key, null);
  return written;
}

/** Which of these keys an order has used, whoever its buyer is. */
async function readTaken(client: pg.PoolClient, keys: readonly string[]): Promise<string[]> {
  const numbered = keys.flatMap((key) => {
    const [, orderKey, entry] = ofHistory.exec(key) ?? [];
    return orderKey ? [{ key, orderNo: BigInt.asIntN(64, BigInt(orderKey)).toString(), entry }] : [];
  });
  if (numbered.length === 0) return [];
  const { rows } = await client.query<{ key: string }>({
    name: 'points.taken-keys',
    text: 'select key from unnest($1::text[], $2::bigint[], $3::bigint[]) as w (key, order_key, entry) join order_earning using (order_key) where entry <= entries',
    values: [numbered.map(({ key }) => key), numbered.map(({ orderNo }) => orderNo), numbered.map(({ entry }) => entry)],
  });
  return rows.map(({ key }) => key);
}
