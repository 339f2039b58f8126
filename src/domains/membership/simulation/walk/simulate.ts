import type pg from 'pg';
import { z } from 'zod';
import { Bitmap } from '../../../../kernel/bitmap/bitmap.ts';
import type { ClickHouse } from '../../../../platform/clickhouse/client.ts';
import { ask, question } from '../../../../platform/clickhouse/query.ts';
import { type AskThread, createAskThread } from '../../../../platform/threads/ask-thread.ts';
import { readMerged } from '../../../insights/public.ts';
import { addFigures, nothing, type TrialFigures } from './tally.ts';
import type { TrialPart, TrialSetting } from './walk-part.ts';

/** So many numbers of customers a part: some seconds' work, after which a trial can be told to end. */
const numbersAtOnce = 250_000;
const threads = 2;

export interface SimulateDoors {
  pg: pg.Pool;
  reader: ClickHouse;
}

/** What a trial came to, people of each cell as a bitmap. */
export interface Simulated extends Omit<TrialFigures, 'cells'> {
  cells: ReadonlyMap<string, Bitmap>;
}

const lastNumber = question({
  name: 'the last customer with an order', sql: 'select toUInt32(max(customer_no)) as last from order_line', params: z.object({}), row: z.object({ last: z.number() }),
});
const payments = question({
  name: 'whether orders tell how they were paid',
  sql: 'select toUInt8(max(greatest(tax, freight, coupon_paid, points_paid, gift_card_paid)) > 0) as told from order_line', params: z.object({}), row: z.object({ told: z.number() }),
});
/** Whether any order says of what its money is: where none does, those columns are not read. */
export const hasPayments = async (reader: ClickHouse): Promise<boolean> => (await ask(reader, payments, {}))[0].told === 1;

/**
 * Goes through everybody's orders under both programmes, part by part in threads, and tells how far it is. Memory holds the people of
 * each cell, and the lines of a part. `tell` throws where somebody wants it to end.
 */
export async function simulate({ pg: pool, reader }: SimulateDoors, setting: TrialSetting, tell: (done: number) => Promise<void>): Promise<Simulated> {
  const [[{ last }], merged] = await Promise.all([ask(reader, lastNumber, {}), readMerged(reader)]);
  const parts: TrialPart['whose'][] = Array.from({ length: Math.ceil(last / numbersAtOnce) }, (_, i) => ({ after: i * numbersAtOnce, until: (i + 1) * numbersAtOnce }));
  if (merged.size > 0) parts.push('merged');
  const asks = Array.from({ length: Math.min(threads, parts.length) }, () => createAskThread<TrialPart, TrialFigures>(new URL('thread.ts', import.meta.url), reader.address));
  const all = nothing();
  const lists = new Map<string, Uint32Array[]>();
  let [next, done] = [0, 0];
  const work = async (ask: AskThread<TrialPart, TrialFigures>): Promise<void> => {
    while (next < parts.length) {
      const whose = parts[next++];
      const part = await ask({ setting, whose, spends: await spendsOf(pool, whose === 'merged' ? [...merged.keys()] : whose, setting.now) });
      addFigures(all, part);
      for (const [cell, people] of Object.entries(part.cells)) lists.set(cell, [...(lists.get(cell) ?? []), people]);
      await tell(++done / parts.length);
    }
  };
  try {
    await Promise.all(asks.map(work));
  } finally {
    next = parts.length;
    await Promise.all(asks.map((ask) => ask.end()));
  }
  return { ...all, cells: new Map([...lists].map(([cell, people]) => [cell, Bitmap.union(people.map((numbers) => Bitmap.fromSorted(numbers.sort())))])) };
}

/** What people spent by now, less what was given back of each spending. */
async function spendsOf(pool: pg.Pool, whose: { after: number; until: number } | number[], now: number): Promise<TrialPart['spends']> {
  const some = Array.isArray(whose);
  const { rows } = await pool.query<{ customerNo: number; at: number; points: number }>({
    name: some ? 'trials.spends-of' : 'trials.spends-between',
    text: `select customer_no as "customerNo", (extract(epoch from min(occurred_at)) * 1000)::bigint as at, -sum(amount)::bigint as points from points_entry
      where ${some ? 'customer_no = any($1::int[])' : 'customer_no > $1 and customer_no <= $2'} and kind in ('spend', 'give_back') and occurred_at <= $${some ? 2 : 3}
      group by customer_no, coalesce(reverses, entry_no) having sum(amount) < 0 order by 1, 2`,
    values: [...(some ? [whose] : [whose.after, whose.until]), new Date(now)],
  });
  return {
    customerNos: Uint32Array.from(rows, ({ customerNo }) => customerNo), ats: Float64Array.from(rows, ({ at }) => at), points: Float64Array.from(rows, ({ points }) => points),
  };
}
