import type pg from 'pg';

/** How many people there are, and of which share it is written down what they agreed to. */
export interface CustomerCounts {
  people: number;
  /** Null where there is nobody. Of many people some twenty thousand are looked at, which is right to about a hundredth. */
  shareWithConsent: number | null;
}

const looked = 20_000;

export async function countCustomers(pool: pg.Pool): Promise<CustomerCounts> {
  const { rows: [{ about }] } = await pool.query<{ about: number }>(`select greatest(reltuples, 0)::float8 as about from pg_class where oid = 'customer'::regclass`);
  const percent = about > looked ? (100 * looked) / about : 100;
  const { rows: [{ seen, agreeing }] } = await pool.query<{ seen: number; agreeing: number }>(
    `select count(*)::int as seen, count(*) filter (where exists (select from consent c where c.customer_no = p.customer_no))::int as agreeing
      from customer p tablesample system ($1) where status = 0`, [percent]);
  return { people: percent === 100 ? seen : Math.round(about), shareWithConsent: seen === 0 ? null : agreeing / seen };
}
