import { z } from 'zod';
import { canonicalNo } from '../../../platform/clickhouse/merge-dictionary.ts';
import { ask, question } from '../../../platform/clickhouse/query.ts';
import type { Platform } from '../../../platform/platform.ts';
import type { LineFilters } from '../../commerce/contract.ts';
import { lineCondition, lineParams, momentsOf, momentText } from '../../commerce/public.ts';
import type { buyerGroups } from '../contract/analysis.ts';
import { firstOrders } from '../question/first-orders.ts';
import type { Period } from '../question/period.ts';

export type BuyerGroup = (typeof buyerGroups)[number];

/** Sales by whose they were. New is who first bought ever within the period; merged people are one. */
const salesByGroup = question({
  name: 'sales by new and returning buyers',
  sql: `select multiIf(buyer = 0, 'unknown', firstBuyer > 0, 'new', 'returning') as key, sum(amount) as sales
    from (select ${canonicalNo()} as buyer, amount from order_line where ${lineCondition} and kind = 'sale') as line
    any left join (select buyer as firstBuyer from (${firstOrders})) as first on line.buyer = first.firstBuyer
    group by key`,
  params: lineParams,
  row: z.object({ key: z.enum(['new', 'returning', 'unknown']), sales: z.coerce.string() }),
});

/** What each group of buyers spent in a period, as plain decimals; a group without sales is left out. */
export async function readBuyerGroups({ reader }: Platform, period: Period, filters: LineFilters, timeZone: string): Promise<Map<BuyerGroup, string>> {
  const { from, until } = momentsOf(period, timeZone);
  const rows = await ask(reader, salesByGroup, {
    from: momentText(from), until: momentText(until),
    channels: filters.channel, regions: filters.region, categories: filters.category, brands: filters.brand, productId: filters.product ?? '',
  });
  return new Map(rows.map(({ key, sales }) => [key, sales]));
}
