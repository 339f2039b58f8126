import { z } from 'zod';
import { Bitmap } from '../../../kernel/bitmap/bitmap.ts';
import { canonicalNo, reloadMerges } from '../../../platform/clickhouse/merge-dictionary.ts';
import { ask, question } from '../../../platform/clickhouse/query.ts';
import type { Platform } from '../../../platform/platform.ts';

/** Up to where somebody has seen what happened: facts applied before a moment, copies of customers up to a version, and the state of all facts as a whole. */
export interface Seen {
  appliedBefore: Date;
  copyVersion: number;
  wholeVersion: number;
}

/** Whom new facts and new copies are about, by what they can change. */
export interface Changed {
  events: Map<string, Bitmap>;
  lines: Bitmap;
  /** Of whom something else is known. */
  customers: Bitmap;
  /** Those of them who are, or ever were, part of somebody else: facts of others may count for them, or theirs for others. */
  merged: Bitmap;
  /** More than batches of new facts: everything has to be computed anew. */
  isWhole: boolean;
  /** What will have been seen. */
  seen: Seen;
  /** Everything before this is in what was read. */
  freshAt: Date;
  /** To be called when what changed has been dealt with: until then it is told again. */
  confirm(): void;
}

/** Batches in one round; a backlog of more is computed as a whole. */
const batchesAtMost = 3_000;
/** A batch may become visible a little after the moment it is marked with. */
const overlapMs = 30_000;

const numbers = z.array(z.number()).transform((list) => Bitmap.of(list));
const batches = z.object({ batches: z.array(z.number()) });

const peopleOfEvents = question({
  name: 'whom new events are about',
  sql: `select name, groupUniqArray(toUInt32(${canonicalNo()})) as people from event
    where batch_no in {batches:Array(UInt64)} and customer_no > 0 group by name`,
  params: batches,
  row: z.object({ name: z.string(), people: numbers }),
});
const peopleOfLines = question({
  name: 'whom new order lines are about',
  sql: `select groupUniqArray(toUInt32(${canonicalNo()})) as people from order_line where batch_no in {batches:Array(UInt64)} and customer_no > 0`,
  params: batches,
  row: z.object({ people: numbers }),
});
const newestCopy = question({
  name: 'the newest copy of a customer', sql: 'select toUInt64(max(version)) as version from customer', params: z.object({}), row: z.object({ version: z.coerce.number() }),
});
const peopleOfCopies = question({
  name: 'whose copies are new',
  sql: 'select groupUniqArray({most:UInt32})(customer_no) as people from customer where version > {from:UInt64} and version <= {to:UInt64}',
  params: z.object({ from: z.number(), to: z.number(), most: z.number() }),
  row: z.object({ people: numbers }),
});
const copiesAtMost = 200_000;
const newPairs = question({
  name: 'new pairs of merges', sql: 'select toUInt32(count()) as pairs from merge_pair where version > {from:UInt64} and version <= {to:UInt64}',
  params: z.object({ from: z.number(), to: z.number() }), row: z.object({ pairs: z.number() }),
});

interface Batch {
  batchNo: number;
  appliedAt: Date;
  /** Its buyers' totals are still being made. */
  isDue: boolean;
}

/** Remembers which batches were seen, as those of the last moments are looked at more than once. */
export function createWhatChanged(platform: Platform): (seen: Seen | null) => Promise<Changed | null> {
  const { pg: pool, clickhouse, clock } = platform;
  let seenBatches = new Map<number, Date>();
  return async (seen) => {
    const freshAt = clock.now();
    const { rows: [state] } = await pool.query<{ state: string; wholeVersion: number; now: Date }>(
      'select state, whole_version as "wholeVersion", clock_timestamp() as now from fact_state');
    // Nothing may be said of the numbers while ClickHouse is made anew.
    if (state.state !== 'ready') return null;
    const [{ version }] = await ask(clickhouse, newestCopy, {});
    const { appliedBefore, copyVersion, wholeVersion } = seen ?? { appliedBefore: state.now, copyVersion: version, wholeVersion: -1 };
    const { rows: found } = await pool.query<Batch>(
      `select batch_no as "batchNo", applied_at as "appliedAt", exists (select from summary_due d where d.batch_no = b.batch_no) as "isDue"
        from fact_batch b where applied_at >= $1 and import_id = 0 and undone_at is null and not batch_no = any($2::bigint[]) order by applied_at limit $3`,
      [new Date(appliedBefore.getTime() - overlapMs), [...seenBatches.keys()], batchesAtMost + 1]);
    const ready = found.filter((batch) => !batch.isDue);
    const late = found.find((batch) => batch.isDue)?.appliedAt;
    const isWhole = state.wholeVersion !== wholeVersion || found.length > batchesAtMost || await isFlood(clickhouse, copyVersion, version);
    const until = late ?? state.now;
    return {
      isWhole,
      ...(isWhole ? nobody : await peopleOf(platform, ready.map((batch) => batch.batchNo), copyVersion, version)),
      seen: { appliedBefore: until, copyVersion: version, wholeVersion: state.wholeVersion },
      freshAt: late && late < freshAt ? late : freshAt,
      confirm() {
        for (const { batchNo, appliedAt } of ready) seenBatches.set(batchNo, appliedAt);
        seenBatches = new Map([...seenBatches].filter(([, at]) => at.getTime() >= until.getTime() - 2 * overlapMs));
      },
    };
  };
}

const nobody = { events: new Map<string, Bitmap>(), lines: Bitmap.empty, customers: Bitmap.empty, merged: Bitmap.empty };

async function isFlood(clickhouse: Platform['clickhouse'], from: number, to: number): Promise<boolean> {
  if (to <= from) return false;
  const [{ people }] = await ask(clickhouse, peopleOfCopies, { from, to, most: copiesAtMost });
  return people.size >= copiesAtMost;
}

async function peopleOf(platform: Platform, batchNos: number[], from: number, to: number): Promise<Pick<Changed, 'events' | 'lines' | 'customers' | 'merged'>> {
  const { clickhouse } = platform;
  const customers = to > from ? (await ask(clickhouse, peopleOfCopies, { from, to, most: copiesAtMost }))[0].people : Bitmap.empty;
  const merged = await mergedAmong(platform, customers);
  // Copies are there a moment before the merges that came with them count.
  if (merged.size > 0 && (await ask(clickhouse, newPairs, { from, to }))[0].pairs > 0) await reloadMerges(clickhouse);
  const [events, [lines]] = await Promise.all([
    batchNos.length > 0 ? ask(clickhouse, peopleOfEvents, { batches: batchNos }) : [],
    batchNos.length > 0 ? ask(clickhouse, peopleOfLines, { batches: batchNos }) : [undefined],
  ]);
  return { events: new Map(events.map(({ name, people }) => [name, people])), lines: lines?.people ?? Bitmap.empty, customers, merged };
}

async function mergedAmong({ pg: pool }: Platform, people: Bitmap): Promise<Bitmap> {
  if (people.size === 0) return Bitmap.empty;
  const { rows } = await pool.query<{ no: number }>({
    name: 'audiences.merged-among',
    text: `select no from unnest($1::int[]) as n (no)
      where exists (select from customer_merge where absorbed_no = no) or exists (select from customer_merge where survivor_no = no)`,
    values: [[...people]],
  });
  return Bitmap.of(rows.map((row) => row.no));
}
