import { z } from 'zod';
import { Problem } from '../../../../kernel/problem.ts';
import type { ClickHouse } from '../../../../platform/clickhouse/client.ts';
import { ask, question } from '../../../../platform/clickhouse/query.ts';

const facts = question({
  name: 'what histories are there',
  sql: `select toUInt32(count()) as buyers, toUInt32(countIf(length(days) > 1)) as repeaters, sum(toUInt64(length(days))) as orders, sum(history.spent) as spent,
      toUInt32(countIf(own_days > 0 and history.spent <= 0)) as withoutValue,
      corrIf(log(length(days)), log(history.spent / own_days), length(days) > 1 and own_days > 0 and history.spent > 0) as correlation
    from lifetime_history as history where model_id = {modelId:UInt32}`,
  params: z.object({ modelId: z.number() }),
  row: z.object({ buyers: z.number(), repeaters: z.number(), orders: z.coerce.number(), spent: z.number(), withoutValue: z.number(), correlation: z.number().nullable() }),
  limits: { timeoutMs: 120_000 },
});
export type HistoryFacts = z.output<(typeof facts)['row']>;

export const readFacts = async (reader: ClickHouse, modelId: number): Promise<HistoryFacts> => (await ask(reader, facts, { modelId }))[0];

export const shortestHistoryDays = 60;
export const fewestBuyers = 30;
export const fewestRepeaters = 10;

/**
 * Why lifetime value cannot be fitted on a brand, with what can be said of it: how many bought how often, and for how much. Null
 * where it can.
 */
export function whyNot({ buyers, repeaters, orders, spent }: HistoryFacts, days: number): Problem | null {
  const known = { buyers, orders, average: (orders === 0 ? 0 : spent / orders).toFixed(2), perBuyer: (buyers === 0 ? 0 : orders / buyers).toFixed(2) };
  const no = (code: string, more: Record<string, unknown> = {}): Problem => new Problem(`insights.${code}`, { status: 422, params: { ...known, ...more } });
  if (days <= 1) return no('lifetime_one_day');
  if (days < shortestHistoryDays) return no('lifetime_short', { days, least: shortestHistoryDays });
  if (buyers < fewestBuyers) return no('lifetime_few_buyers', { least: fewestBuyers });
  if (repeaters === 0) return no('lifetime_no_repeats');
  if (repeaters < fewestRepeaters) return no('lifetime_few_repeats', { repeaters, least: fewestRepeaters });
  return null;
}
