import type pg from 'pg';
import type { Dialect } from './facts-sql.ts';

/** What an answer holds for: while a text stays the same, so does the answer. */
export interface Version extends Dialect {
  facts: string;
  customers: string;
}

export type DataVersions = () => Promise<Version>;

/**
 * Versions of the data as ClickHouse has it. Copies of customers are made under tickets of one sequence: one that is
 * under way stands in the queue until it is done.
 */
export const createDataVersions = (pool: pg.Pool): DataVersions => async () => {
  const { rows } = await pool.query<{ facts: number; merges: number; open: boolean; ticket: string; copying: boolean }>(
    `select data_version as facts, (select count(*) + count(undone_at) from customer_merge) as merges,
        exists (select from customer where merged_into is not null) as open,
        (select last_value from customer_copy_ticket) as ticket, exists (select from customer_copy) as copying
      from fact_state`);
  const [{ facts, merges, open, ticket, copying }] = rows;
  const customers = `${merges} ${ticket} ${copying} ${facts}`;
  return { hasMerges: open, facts: `${facts} ${customers}`, customers };
};
