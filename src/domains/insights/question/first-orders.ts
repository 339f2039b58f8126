import { canonicalNo } from '../../../platform/clickhouse/merge-dictionary.ts';

/**
 * Everybody whose first order ever lies between `from` and `until`, and when that was. Most people
 * are one number, and their own total says it; of those who were merged, whoever has a part that
 * ordered before `from` is left out.
 */
export const firstOrders = `select buyer, min(first_at) as first_at
  from (
    select ${canonicalNo()} as buyer, assumeNotNull(first_order_at) as first_at from customer_summary final
    where first_order_at >= {from:DateTime64(3, 'UTC')} and first_order_at < {until:DateTime64(3, 'UTC')}
  )
  where buyer not in (
    select ${canonicalNo()} from customer_summary final
    where customer_no in (select arrayJoin([absorbed_no, survivor_no]) from merge_pair)
      and first_order_at < {from:DateTime64(3, 'UTC')}
  )
  group by buyer`;
