import type pg from 'pg';
import { lineagesOf } from '../../customers/public.ts';

/** Whom each of these numbers counts under today; null where they were erased. Of nearly all nothing more has to be asked than whether it changed. */
export async function personsOf(client: pg.PoolClient, customerNos: readonly number[]): Promise<Map<number, number | null>> {
  const { rows } = await client.query<{ no: number }>({
    name: 'messaging.changed-people', text: 'select customer_no as no from customer where customer_no = any($1::int[]) and status <> 0', values: [customerNos],
  });
  const persons = new Map<number, number | null>(customerNos.map((no) => [no, no]));
  if (rows.length === 0) return persons;
  const lineages = await lineagesOf(client, rows.map(({ no }) => no));
  const roots = [...new Set([...lineages.values()].map(([root]) => root))];
  const active = new Set((await client.query<{ no: number }>('select customer_no as no from customer where customer_no = any($1::int[]) and status = 0', [roots])).rows.map(({ no }) => no));
  for (const { no } of rows) {
    const root = lineages.get(no)?.[0];
    persons.set(no, root !== undefined && active.has(root) ? root : null);
  }
  return persons;
}
