import type pg from 'pg';
import type { ClickHouse } from '../../../../platform/clickhouse/client.ts';
import { lineagesOf } from '../../../customers/public.ts';
import type { Members } from '../../members/members.ts';
import { birthDatesOf } from '../orders/found-orders.ts';
import { asksFor, type EarningPerson } from '../reckon/person.ts';
import type { Terms } from '../reckon/terms.ts';

/** Of each number the person it is part of, as far as versions ask for it. Numbers that nobody has are left out. */
export async function readPeople(client: pg.PoolClient, clickhouse: ClickHouse, members: Members, { versions }: Terms, customerNos: readonly number[]): Promise<Map<number, EarningPerson>> {
  const lineages = await lineagesOf(client, customerNos);
  const numbers = [...new Set([...lineages.values()].flat())];
  const rows = await members.read(numbers, client);
  const changes = await readChanges(client, numbers);
  const births = asksFor(versions, 'birthday') ? await birthDatesOf(clickhouse, numbers) : new Map<number, string>();
  const people = new Map<number, EarningPerson>();
  return new Map([...lineages].map(([customerNo, lineage]) => {
    const known = people.get(lineage[0]);
    if (known) return [customerNo, known];
    const own = lineage.flatMap((no) => rows.get(no) ?? []);
    const person: EarningPerson = {
      numbers: lineage,
      memberships: own.map(({ joinedAt, leftAt }) => ({ joinedAt: joinedAt.getTime(), leftAt: leftAt?.getTime() ?? null })),
      tiers: own.filter(({ leftAt }) => leftAt === null).map(({ tier }) => tier),
      birthDate: lineage.map((no) => births.get(no)).find((born) => born !== undefined) ?? null,
      changes: changes.filter((change) => lineage.includes(change.customerNo)),
    };
    people.set(lineage[0], person);
    return [customerNo, person];
  }));
}

async function readChanges(client: pg.PoolClient, customerNos: readonly number[]): Promise<EarningPerson['changes']> {
  const { rows } = await client.query<{ customerNo: number; at: number; to: string | null }>({
    name: 'earning.tier-changes',
    text: `select customer_no as "customerNo", (extract(epoch from occurred_at) * 1000)::bigint as at, to_tier as "to" from tier_change
      where customer_no = any($1::int[]) order by occurred_at, change_no`,
    values: [customerNos],
  });
  return rows;
}
