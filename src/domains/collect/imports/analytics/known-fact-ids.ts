import { z } from 'zod';
import type { ClickHouse } from '../../../../platform/clickhouse/client.ts';
import { ask, question } from '../../../../platform/clickhouse/query.ts';
import type { OrderFacts } from '../../mapping/order-facts.ts';

const knownIds = question({
  name: 'imports.known_fact_ids',
  sql: `select fact_id from order_line
    where source = {source:String} and occurred_at between fromUnixTimestamp64Milli({fromMs:Int64}) and fromUnixTimestamp64Milli({toMs:Int64})
      and fact_id in arrayMap(id -> toUInt64(id), {factIds:Array(String)})`,
  params: z.object({ source: z.string(), fromMs: z.int(), toMs: z.int(), factIds: z.array(z.string()) }),
  row: z.object({ fact_id: z.string().transform(BigInt) }),
});

/** Parameters travel in the address of the request, which has an end. */
const idsAtOnce = 5_000;

/** Which of these numbered lines of a source ClickHouse has already; a line keeps its time, which narrows the search. */
export async function knownFactIds(clickhouse: ClickHouse, source: string, factIds: BigUint64Array, facts: OrderFacts): Promise<Set<bigint>> {
  if (factIds.length === 0) return new Set();
  const times = facts.occurredAt.subarray(0, facts.count);
  const range = { fromMs: times.reduce((a, b) => Math.min(a, b)), toMs: times.reduce((a, b) => Math.max(a, b)) };
  const known = new Set<bigint>();
  for (let at = 0; at < factIds.length; at += idsAtOnce) {
    const some = Array.from(factIds.subarray(at, at + idsAtOnce), String);
    for (const row of await ask(clickhouse, knownIds, { source, ...range, factIds: some })) known.add(row.fact_id);
  }
  return known;
}
