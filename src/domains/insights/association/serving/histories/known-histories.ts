import { z } from 'zod';
import { canonicalNo } from '../../../../../platform/clickhouse/merge-dictionary.ts';
import { ask, question } from '../../../../../platform/clickhouse/query.ts';
import type { Platform } from '../../../../../platform/platform.ts';
import type { History } from '../../model/recommend.ts';
import { createItemCodes, unknownItem } from '../../reading/item-codes.ts';
import { daySeconds, type Histories, historyOf, type NewLine, withNewer } from './histories.ts';
import { loadHistories } from './load-histories.ts';

/** The histories of one run's numbers of products. */
export interface KnownHistories {
  /** What somebody bought: out of memory as soon as everybody is there. Until then out of the database, and nothing where too many ask at once. */
  of(customerNo: number, lineage: readonly number[]): Promise<History>;
  /** Everybody is in memory, or could not be read at first. */
  ready: Promise<void>;
  /** Ends keeping them up to date. */
  close(): void;
}

const lineRow = z.object({ no: z.number(), order_key: z.string(), day: z.number(), item: z.string().transform(BigInt) });
const columns = `order_key, toUInt16(toUnixTimestamp(occurred_at) / ${daySeconds}) as day, toString(cityHash64(product_id)) as item`;
const mostLinesOfOne = 400;
/** A shop that asks hundreds of times a second would wait for the engine, and keep it from reading everybody. */
export const mostLookUps = 4;
/** With more new lines than this everybody is read again. */
const mostNewLines = 200_000;

const linesOfOne = question({
  name: 'association.lines-of-one',
  sql: `select customer_no as no, ${columns} from order_line where customer_no in {lineage:Array(UInt32)} and kind = 'sale' and product_id != '' and occurred_at >= {from:DateTime64(3, 'UTC')}
    order by occurred_at desc limit ${mostLinesOfOne}`,
  params: z.object({ lineage: z.array(z.number()), from: z.string() }),
  row: lineRow,
});
const linesSince = question({
  name: 'association.lines-since',
  sql: `select toUInt32(${canonicalNo()}) as no, ${columns} from order_line where batch_no > {batchNo:UInt64} and customer_no != 0 and kind = 'sale' and product_id != '' limit ${mostNewLines + 1}`,
  params: z.object({ batchNo: z.string() }),
  row: lineRow,
});
const newestBatch = question({
  name: 'association.newest-batch',
  sql: 'select toString(max(batch_no)) as batch_no from order_line',
  params: z.object({}),
  row: z.object({ batch_no: z.string() }),
});

const refreshMs = 15_000;
/** As far as ClickHouse's times reach: what is bought while everybody is read counts, too. */
export const lastMoment = new Date('2299-12-31T00:00:00Z');

export function createKnownHistories({ reader, clock, log }: Platform, hashes: bigint[], fromText: string, span: { from: Date; until: Date }): KnownHistories {
  const codeOf = createItemCodes(hashes);
  const today = (): number => Math.floor(clock.now().getTime() / 1_000 / daySeconds);
  let known: Histories | undefined;
  let newer = new Map<number, NewLine[]>();
  let seenBatch = '0';
  let isBusy = false;
  let lookUps = 0;
  const asLine = ({ order_key, day, item }: z.output<typeof lineRow>): NewLine => ({ orderKey: order_key, day, item: codeOf(Number(item & 0xffff_ffffn), Number(item >> 32n)) });
  const load = async (): Promise<void> => {
    const [{ batch_no }] = await ask(reader, newestBatch, {});
    const loaded = await loadHistories({ address: reader.address, span: { level: 'product', ...span, until: lastMoment }, hashes });
    [known, newer, seenBatch] = [loaded, new Map(), batch_no];
  };
  const catchUp = async (): Promise<void> => {
    const rows = await ask(reader, linesSince, { batchNo: seenBatch });
    if (rows.length > mostNewLines) return load();
    const lines = rows.map((row) => ({ no: row.no, line: asLine(row) })).filter(({ line }) => line.item !== unknownItem);
    newer = new Map([...Map.groupBy(lines, ({ no }) => no)].map(([no, ofOne]) => [no, ofOne.map(({ line }) => line)]));
  };
  const refresh = async (): Promise<void> => {
    if (isBusy) return;
    isBusy = true;
    await (known ? catchUp() : load()).catch((error: unknown) => log.error({ err: error }, 'histories for recommendations could not be read; they are read one by one until they are'));
    isBusy = false;
  };
  const lookUp = async (lineage: readonly number[]): Promise<NewLine[]> => {
    if (lookUps === mostLookUps) return [];
    lookUps++;
    try {
      const rows = await ask(reader, linesOfOne, { lineage: [...lineage], from: fromText });
      return rows.map(asLine).filter(({ item }) => item !== unknownItem);
    } finally {
      lookUps--;
    }
  };
  const ready = refresh();
  const timer = setInterval(() => void refresh(), refreshMs);
  timer.unref();
  return {
    async of(customerNo, lineage) {
      const now = today();
      if (known) return withNewer(historyOf(known, customerNo, now), newer.get(customerNo) ?? [], now);
      return withNewer({ orders: 0, items: [] }, await lookUp(lineage), now);
    },
    ready,
    close: () => clearInterval(timer),
  };
}
