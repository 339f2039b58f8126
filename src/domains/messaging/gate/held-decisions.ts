import type pg from 'pg';
import { standingIn, type HeldDataSource, type HeldPerson, type Vault } from '../../customers/public.ts';

/** What the gate holds of people besides decisions, which are held with the messages they led to. */
export function heldDecisions(pool: pg.Pool, vault: Vault): HeldDataSource[] {
  return [
    source(pool, 'message_claims', 'send_claim', 'select run_no, occasion, state, at from send_claim where customer_no = any($1::int[]) order by at'),
    source(pool, 'message_opt_ins', 'opt_in_request', 'select channel, source, text_version, asked_at, sent_at, confirmed_at from opt_in_request where customer_no = any($1::int[]) order by asked_at'),
    { ...source(pool, 'complaints', 'complaint', 'select reference, opened_at, opened_by, settled_at, settled_by from complaint where customer_no = any($1::int[]) order by opened_at'), acted: standingIn(pool, 'complaint') },
    suppressions(pool, vault),
  ];
}

const source = (pool: pg.Pool, name: string, table: 'send_claim' | 'opt_in_request' | 'complaint', text: string): HeldDataSource => ({
  name,
  async count({ customerNos }) {
    const { rows } = await pool.query<{ n: number }>(`select count(*)::int as n from ${table} where customer_no = any($1::int[])`, [customerNos]);
    return rows[0].n;
  },
  async *export({ customerNos }) {
    yield* (await pool.query<object>(text, [customerNos])).rows;
  },
  async erase({ customerNos }) {
    return (await pool.query(`delete from ${table} where customer_no = any($1::int[])`, [customerNos])).rowCount ?? 0;
  },
});

/** Of an address that must not be written to the keyed hash stays, so that it is not written to when it comes back; what it says goes. */
function suppressions(pool: pg.Pool, vault: Vault): HeldDataSource {
  const theirs = 'customer_no = any($1::int[]) or (value is not null and hash = any($2::uuid[]))';
  const values = ({ customerNos, identifiers }: HeldPerson) => [customerNos, identifiers.map(({ kind, namespace, value }) => vault.hashOf(kind, namespace, value))];
  return {
    name: 'message_suppressions',
    async count(person) {
      return (await pool.query<{ n: number }>(`select count(*)::int as n from send_suppression where ${theirs}`, values(person))).rows[0].n;
    },
    async *export(person) {
      yield* (await pool.query<object>(`select reason, channel, stops_service, added_at, added_by from send_suppression where ${theirs} order by added_at`, values(person))).rows;
    },
    async erase(person) {
      const [customerNos, hashes] = values(person);
      const emptied = await pool.query('update send_suppression set value = null where value is not null and hash = any($1::uuid[])', [hashes]);
      const gone = await pool.query('delete from send_suppression where customer_no = any($1::int[])', [customerNos]);
      return (emptied.rowCount ?? 0) + (gone.rowCount ?? 0);
    },
  };
}
