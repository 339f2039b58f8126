import { z } from 'zod';
import { canonicalNo } from '../../../../platform/clickhouse/merge-dictionary.ts';
import { ask, question } from '../../../../platform/clickhouse/query.ts';
import type { Platform } from '../../../../platform/platform.ts';
import type { Policy } from './policy.ts';

type Reader = Platform['reader'];
const limits = { timeoutMs: 120_000 };
const merged = 'select arrayJoin([absorbed_no, survivor_no]) from merge_pair';
/** Before every moment there is. */
const always = -62_135_596_800_000;

/** Whom a policy lets in, of a range of numbers, and as of when. Merged people come apart from these. */
const admittedSql = (who: 'buyers' | 'everybody'): string => `select customer_no, greatest(moment, {since:Int64}) from (
    select customer_no, toUnixTimestamp64Milli(${who === 'buyers' ? 'assumeNotNull(first_order_at)' : 'created_at'}) as moment
    from ${who === 'buyers' ? 'customer_summary' : 'customer'} final
    where customer_no > {after:UInt32} and customer_no <= {until:UInt32} and ${who === 'buyers' ? 'orders > 0 and isNotNull(first_order_at)' : "status = 'active'"}
      and customer_no not in (${merged})
      and customer_no in (select customer_no from customer final where customer_no > {after:UInt32} and customer_no <= {until:UInt32} and status = 'active' and is_identified = 1
        and ({consent:String} = '' or has(consents, {consent:String})) and (empty({channels:Array(String)}) or channel in {channels:Array(String)})))`;

/** Tab-separated rows of whom the policy lets in, of numbers above `after` up to `until`. */
export const admitted = (reader: Reader, { joining: { who, channels, consent }, since }: Policy, after: number, until: number): AsyncIterable<Buffer> =>
  reader.bytes(admittedSql(who === 'everybody' ? 'everybody' : 'buyers'), 'TabSeparated', {
    after, until, since: since ?? always, channels, consent: consent === null ? '' : `${consent.channel}/${consent.purpose}/granted`,
  }, limits);

/** How far what is known of customers and of their orders has come. */
export interface Seen {
  customers: number;
  /** In microseconds. */
  summaries: number;
  rows: number;
}

const seenNow = question({
  name: 'how far copies of customers and totals have come',
  sql: `select toUInt64((select max(version) from customer)) as customers, toUInt64((select max(version) from customer_summary)) as summaries,
    toUInt64((select count() from customer) + (select count() from customer_summary)) as rows, toUInt32((select max(customer_no) from customer)) as highest`,
  params: z.object({}),
  row: z.object({ customers: z.coerce.number(), summaries: z.coerce.number(), rows: z.coerce.number(), highest: z.coerce.number() }),
});
export const readSeen = async (reader: Reader): Promise<Seen & { highest: number }> => (await ask(reader, seenNow, {}))[0];

/** A run of totals is written a while after its version was taken. */
const overlapMicros = 600_000_000;
const mostChanged = 50_000;
const changed = question({
  name: 'of whom something is new',
  sql: `select distinct customer_no as no from (select customer_no from customer where version > {customers:UInt64}
    union all select customer_no from customer_summary where version > {summaries:UInt64}) limit {most:UInt32}`,
  params: z.object({ customers: z.number(), summaries: z.number(), most: z.number() }),
  row: z.object({ no: z.number() }),
  limits,
});

/** Of whom something is new since; null where that is more than one by one is worth. */
export async function changedSince(reader: Reader, { customers, summaries }: Seen): Promise<number[] | null> {
  const rows = await ask(reader, changed, { customers, summaries: Math.max(0, summaries - overlapMicros), most: mostChanged + 1 });
  return rows.length > mostChanged ? null : rows.map(({ no }) => no);
}

const mergedNow = question({
  name: 'numbers of people who were ever merged', sql: `select distinct no from (select arrayJoin([absorbed_no, survivor_no]) as no from merge_pair)`, params: z.object({}), row: z.object({ no: z.number() }),
});
export const mergedNumbers = async (reader: Reader): Promise<number[]> => (await ask(reader, mergedNow, {})).map(({ no }) => no);

const knownOf = question({
  name: 'when people came and bought first',
  sql: `select n.no as customerNo, c.channel as channel, toUnixTimestamp64Milli(c.created_at) as seenAt, if(s.orders > 0, toUnixTimestamp64Milli(s.first_order_at), null) as orderedAt
    from (select arrayJoin({numbers:Array(UInt32)}) as no, ${canonicalNo('no')} as root) as n
    inner join (select customer_no, channel, created_at from customer final where customer_no in (select arrayJoin(arrayMap(no -> ${canonicalNo('no')}, {numbers:Array(UInt32)})))
      and status = 'active' and is_identified = 1) as c on c.customer_no = n.root
    left join (select customer_no, first_order_at, orders from customer_summary final where customer_no in {numbers:Array(UInt32)}) as s on s.customer_no = n.no`,
  params: z.object({ numbers: z.array(z.number()) }),
  row: z.object({ customerNo: z.number(), channel: z.string(), seenAt: z.coerce.number(), orderedAt: z.coerce.number().nullable() }),
  limits,
});

/** What of people decides whether they join, of those who are known by more than a device. */
export const knownCandidates = (reader: Reader, numbers: readonly number[]) => ask(reader, knownOf, { numbers: [...numbers] });

/** Whether somebody has bought, under any of their numbers. */
export const haveOrdered = async (reader: Reader, lineage: readonly number[]): Promise<boolean> =>
  (await knownCandidates(reader, lineage)).some(({ orderedAt }) => orderedAt !== null);
