import { z } from 'zod';
import { Bitmap } from '../../../kernel/bitmap/bitmap.ts';
import { canonicalNo } from '../../../platform/clickhouse/merge-dictionary.ts';
import { ask, question } from '../../../platform/clickhouse/query.ts';
import type { Platform } from '../../../platform/platform.ts';
import type { Progress } from './progress.ts';

/** Whom new facts and new copies are about, by what they can change. */
export interface Changed {
  events: Map<string, Bitmap>;
  lines: Bitmap;
  customers: Bitmap;
  /** More than batches of new facts: everything has to be computed anew. */
  isWhole: boolean;
  /** What will have been seen. */
  seen: Pick<Progress, 'appliedBefore' | 'copyVersion' | 'wholeVersion'>;
  /** Everything before this is in what was read. */
  freshAt: Date;
  /** To be called when what changed has been dealt with: until then it is told again. */
  confirm(): void;
}

/** Batches in one round; a backlog of more is computed as a whole. */
const batchesAtMost = 500;
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

interface Batch {
  batchNo: number;
  appliedAt: Date;
  /** Its buyers' totals are still being made. */
  isDue: boolean;
}

/** Remembers which batches were seen, as those of the last moments are looked at more than once. */
export function createWhatChanged({ pg: pool, clickhouse, clock }: Platform): (progress: Progress) => Promise<Changed | null> {
  let seenBatches = new Map<number, Date>();
  return async ({ appliedBefore, copyVersion, wholeVersion }) => {
    const freshAt = clock.now();
    const { rows: [state] } = await pool.query<{ state: string; wholeVersion: number; now: Date }>(
      'select state, whole_version as "wholeVersion", clock_timestamp() as now from fact_state');
    // Nothing may be said of the numbers while ClickHouse is made anew.
    if (state.state !== 'ready') return null;
    const [{ version }] = await ask(clickhouse, newestCopy, {});
    const { rows: found } = await pool.query<Batch>(
      `select batch_no as "batchNo", applied_at as "appliedAt", exists (select from summary_due d where d.batch_no = b.batch_no) as "isDue"
        from fact_batch b where applied_at >= $1 and import_id = 0 and undone_at is null and not batch_no = any($2::bigint[]) order by applied_at limit $3`,
      [new Date((appliedBefore ?? state.now).getTime() - overlapMs), [...seenBatches.keys()], batchesAtMost + 1]);
    const ready = found.filter((batch) => !batch.isDue);
    const late = found.find((batch) => batch.isDue)?.appliedAt;
    const isWhole = state.wholeVersion !== wholeVersion || appliedBefore === null || found.length > batchesAtMost || await isFlood(clickhouse, copyVersion, version);
    const until = late ?? state.now;
    return {
      isWhole,
      ...(isWhole ? nobody : await peopleOf(clickhouse, ready.map((batch) => batch.batchNo), copyVersion, version)),
      seen: { appliedBefore: until, copyVersion: version, wholeVersion: state.wholeVersion },
      freshAt: late && late < freshAt ? late : freshAt,
      confirm() {
        for (const { batchNo, appliedAt } of ready) seenBatches.set(batchNo, appliedAt);
        seenBatches = new Map([...seenBatches].filter(([, at]) => at.getTime() >= until.getTime() - 2 * overlapMs));
      },
    };
  };
}

const nobody = { events: new Map<string, Bitmap>(), lines: Bitmap.empty, customers: Bitmap.empty };

async function isFlood(clickhouse: Platform['clickhouse'], from: number, to: number): Promise<boolean> {
  if (to <= from) return false;
  const [{ people }] = await ask(clickhouse, peopleOfCopies, { from, to, most: copiesAtMost });
  return people.size >= copiesAtMost;
}

async function peopleOf(clickhouse: Platform['clickhouse'], batchNos: number[], from: number, to: number): Promise<Pick<Changed, 'events' | 'lines' | 'customers'>> {
  const [events, [lines], [copies]] = await Promise.all([
    batchNos.length > 0 ? ask(clickhouse, peopleOfEvents, { batches: batchNos }) : [],
    batchNos.length > 0 ? ask(clickhouse, peopleOfLines, { batches: batchNos }) : [undefined],
    to > from ? ask(clickhouse, peopleOfCopies, { from, to, most: copiesAtMost }) : [undefined],
  ]);
  return { events: new Map(events.map(({ name, people }) => [name, people])), lines: lines?.people ?? Bitmap.empty, customers: copies?.people ?? Bitmap.empty };
}
