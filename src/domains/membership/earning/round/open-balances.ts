import { inTransaction } from '../../../../platform/postgres/pool.ts';
import { type Newcomer, openingEntries, openingOf } from '../history/replay.ts';
import type { FoundOrder } from '../reckon/kept-order.ts';
import type { Terms } from '../reckon/terms.ts';
import type { EarningDoors } from '../settle-orders.ts';
import { makeDue, writeGrowth } from '../store/growth.ts';
import { readPeople } from '../store/people.ts';

/** Gives those a balance to begin with who are members, have a past, and have none yet; where history counts as a balance. */
export async function openBalances(doors: EarningDoors, terms: Terms, orders: ReadonlyMap<number, readonly FoundOrder[]>): Promise<void> {
  const [first] = terms.versions;
  if (first.definition.settlement !== 'opening_balances' || orders.size === 0) return;
  const { platform: { pg: pool, clickhouse, clock }, members, ledger } = doors;
  await inTransaction(pool, async (client) => {
    const people = await readPeople(client, clickhouse, members, terms, [...orders.keys()]);
    const found = [...new Set(people.values())].flatMap(({ numbers, memberships, birthDate }) => {
      const newcomer: Newcomer = { customerNo: numbers[0], memberships, birthDate, orders: numbers.flatMap((no) => [...(orders.get(no) ?? [])]) };
      return openingOf(newcomer, terms) ?? [];
    });
    const { rows } = await client.query<{ customerNo: number }>(
      `insert into earning_opening (customer_no, points, growth, recorded_at) select no, points, growth, $4 from unnest($1::int[], $2::bigint[], $3::bigint[]) as o (no, points, growth)
        where not exists (select from earning_opening e where e.customer_no = any(array(select customer_no from customer where merged_into = no) || no))
        on conflict do nothing returning customer_no as "customerNo"`,
      [found.map(({ customerNo }) => customerNo), found.map(({ points }) => points), found.map(({ growth }) => growth), clock.now()]);
    const fresh = new Set(rows.map(({ customerNo }) => customerNo));
    const entries = found.filter(({ customerNo }) => fresh.has(customerNo)).map((each) => openingEntries(each, first, terms.timeZone));
    for (const { commands } of entries) await ledger.carryOut(client, commands);
    await writeGrowth(client, entries.flatMap(({ growth }) => growth), clock.now());
    await makeDue(client, [...fresh], clock.now());
  });
}
