import type { Platform } from '../../../platform/platform.ts';
import { inTransaction } from '../../../platform/postgres/pool.ts';
import { type HeldDataSource, standingIn } from '../../customers/public.ts';
import { recipientsOf } from './recipients.ts';

/** What somebody exchanged points for: for exports and erasures. Codes that were given stay given. */
export const heldOrders = ({ pg: pool, secret }: Pick<Platform, 'pg' | 'secret'>): HeldDataSource => ({
  name: 'mall_order',
  acted: standingIn(pool, 'mall_order'),
  async count({ customerNos }) {
    const { rows } = await pool.query<{ held: number }>('select count(*) as held from mall_order where customer_no = any($1::int[])', [customerNos]);
    return rows[0].held;
  },
  async *export({ customerNos }) {
    for (let after = 0; ;) {
      const { rows } = await pool.query<{ orderNo: number }>(
        `select order_no as "orderNo", item_no as "itemNo", customer_no as "customerNo", state, points, money, activity_no as "activityNo", opened_at as "openedAt", ended_at as "endedAt", document, note
          from mall_order where customer_no = any($1::int[]) and order_no > $2 order by order_no limit 1000`, [customerNos, after]);
      const recipients = await recipientsOf(pool, secret, rows.map(({ orderNo }) => orderNo));
      for (const row of rows) yield { ...row, recipient: recipients.get(row.orderNo) ?? null };
      if (rows.length < 1000) return;
      after = rows[rows.length - 1].orderNo;
    }
  },
  async erase({ customerNos }) {
    return inTransaction(pool, async (client) => {
      // What is not given yet goes back; a code that was given leaves the pool with its order.
      await client.query(`update mall_item i set taken = taken - n from (
          select item_no, count(*) as n from mall_order where customer_no = any($1::int[]) and state in ('opened', 'reserved', 'paying', 'closing') group by item_no
        ) as open where open.item_no = i.item_no`, [customerNos]);
      await client.query(`with gone as (delete from mall_code where order_no in (select order_no from mall_order where customer_no = any($1::int[])) returning item_no)
        update mall_item i set stock = stock - n, taken = taken - n from (select item_no, count(*) as n from gone group by item_no) as counted where counted.item_no = i.item_no`, [customerNos]);
      const { rowCount } = await client.query('delete from mall_order where customer_no = any($1::int[])', [customerNos]);
      return rowCount ?? 0;
    });
  },
});
