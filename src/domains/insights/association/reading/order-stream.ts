import type { ClickHouse, QueryLimits } from '../../../../platform/clickhouse/client.ts';
import { canonicalNo } from '../../../../platform/clickhouse/merge-dictionary.ts';
import { readNativeBlocks } from '../../../../platform/clickhouse/native-blocks.ts';
import { momentText } from '../../../commerce/public.ts';

/** What stands together in baskets: single products, or the categories they belong to. */
export type Level = 'product' | 'category';

/** Sale lines from one moment to before another. */
export interface Span {
  level: Level;
  from: Date;
  until: Date;
}

/** Lines of one block by column; 64 bits are two halves, the lower one first. */
export interface LineBlock {
  count: number;
  customerNos: Uint32Array;
  orderKeys: Uint32Array;
  seconds: Uint32Array;
  /** The hash by which an item is told from others, as `itemHash` computes it. */
  items: Uint32Array;
}

export const columnOf = { product: 'product_id', category: 'category' } as const;
/**
 * An item's name as a number; two of a million names have the same one with a chance of one in 37 million. Categories are plain
 * text first: their dictionaries would be put together anew for every block of the answer, which takes as long as all the rest.
 */
export const itemHash = (level: Level): string => `cityHash64(cast(${columnOf[level]} as String))`;

export const spanParams = ({ from, until }: Omit<Span, 'level'>) => ({ from: momentText(from), until: momentText(until) });
/** What was bought; who gave it back later has bought it all the same. Lines that do not say what was bought say nothing of it. */
export const boughtIn = (level: Level): string =>
  `kind = 'sale' and occurred_at >= {from:DateTime64(3, 'UTC')} and occurred_at < {until:DateTime64(3, 'UTC')} and ${columnOf[level]} != ''`;

const lines = (level: Level, who: string, number: string, order: string): string =>
  `select ${number} as no, order_key, toUnixTimestamp(occurred_at) as at, ${itemHash(level)} as item
   from order_line where ${boughtIn(level)} and ${who} order by ${order}`;

const inMerges = '(select absorbed_no from merge_pair union distinct select survivor_no from merge_pair)';

/**
 * Three questions for one order: people, as the table lies, so that nothing is sorted; people of merges by the number they count
 * under today; and orders of nobody by their key. Only the first is long, and it is read as it comes.
 */
const questions = (level: Level): { sql: string; ofNobody: boolean }[] => [
  { ofNobody: false, sql: lines(level, `customer_no != 0 and customer_no not in ${inMerges}`, 'customer_no', 'customer_no, occurred_at') },
  { ofNobody: false, sql: lines(level, `customer_no != 0 and customer_no in ${inMerges}`, `toUInt32(${canonicalNo()})`, 'no, occurred_at') },
  { ofNobody: true, sql: lines(level, 'customer_no = 0', 'customer_no', 'order_key') },
];
const settings = 'settings optimize_use_projections = 0, max_bytes_before_external_sort = 1000000000';

const limits: QueryLimits = { timeoutMs: 1_200_000, memoryBytes: 4 * 2 ** 30 };

/** All lines of a span, each person's together and in the order of time; those of nobody by their order, unless only `people` are asked for. */
export async function* readLines(clickhouse: ClickHouse, span: Span, whose: 'all' | 'people' = 'all'): AsyncGenerator<LineBlock & { ofNobody: boolean }> {
  for (const { sql, ofNobody } of questions(span.level)) {
    if (ofNobody && whose === 'people') continue;
    for await (const { rowCount, columns: [nos, keys, seconds, items] } of readNativeBlocks(clickhouse.bytes(`${sql} ${settings}`, 'Native', spanParams(span), limits))) {
      yield {
        ofNobody, count: rowCount, customerNos: new Uint32Array(nos.buffer), orderKeys: new Uint32Array(keys.buffer),
        seconds: new Uint32Array(seconds.buffer), items: new Uint32Array(items.buffer),
      };
    }
  }
}
