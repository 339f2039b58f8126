import type { BulkIdentities } from '../../../customers/public.ts';
import type { BulkLoad } from '../../facts/bulk-load.ts';
import type { OpenedRows } from '../../files/open-rows.ts';
import type { RowBatch } from '../../files/row-batch.ts';
import type { IdentityField } from '../../mapping/fields.ts';
import type { Mapping } from '../../mapping/mapping.ts';
import { planOrderLines, type OrderLines } from '../../mapping/order-lines.ts';
import { createInFlight } from './in-flight.ts';
import { identityColumns } from './identity-slots.ts';
import { OrderLineFrame } from './order-line-frame.ts';
import type { FoundRepeats, Repeats } from './repeats.ts';
import type { RunReport } from './run-report.ts';

/** A frame is closed at whichever comes first. */
const frameRows = 500_000;
const frameBytes = 56 * 2 ** 20;
const frameCapacity = 64 * 2 ** 20;
/** Frames being compressed, written and inserted beside the one being filled. */
const framesInFlight = 2;

/** A file of facts on its way into the log. */
export interface FactRead {
  importId: number;
  file: OpenedRows;
  mapping: Mapping;
  identities: BulkIdentities;
  /** The identifiers the mapping fills, in the order of the slots of `identities`. */
  fields: readonly IdentityField[];
  load: BulkLoad;
  report: RunReport;
  nowMs: number;
}

/**
 * Reads a whole file of order lines: rows become lines, lines find their customers, and frames of
 * lines go into the fact log and ClickHouse's staging while the next are being read.
 */
export async function readOrderLines(read: FactRead, repeats: Repeats | null): Promise<void> {
  const { file, mapping, report } = read;
  const plan = planOrderLines(mapping, file.columns, { now: read.nowMs });
  const inFlight = createInFlight(framesInFlight);
  const open = async (): Promise<{ frame: OrderLineFrame; batchNo: number }> => {
    const batchNo = await read.load.nextBatchNo();
    const capacity = Math.min(frameCapacity, 4 * file.sizeBytes + 2 ** 16);
    return { frame: new OrderLineFrame(batchNo, read.importId, mapping.source, plan.ofOrder, capacity), batchNo };
  };
  let current = await open();
  let factNo = 1;
  for await (const batch of file.rows) {
    const lines = plan.map(batch);
    const found = (await repeats?.find(batch, lines)) ?? null;
    const customerNos = await findCustomers(read, batch, lines, found);
    current.frame.add({ bytes: batch.bytes, lines, customerNos, repeats: found }, factNo);
    factNo += lines.facts.count;
    countRows(report, lines, customerNos, found);
    await report.batch(batch, lines.errors);
    if (current.frame.rowCount < frameRows && current.frame.byteLength < frameBytes) continue;
    const full = current;
    await inFlight.begin(() => read.load.add(full.batchNo, full.frame));
    current = await open();
  }
  await inFlight.begin(() => read.load.add(current.batchNo, current.frame));
  await inFlight.settle();
}

/** The customer of every row that goes in. */
async function findCustomers(read: FactRead, batch: RowBatch, lines: OrderLines, found: FoundRepeats | null): Promise<Uint32Array> {
  const customerNos = new Uint32Array(batch.rowCount);
  const timesMs = new Float64Array(batch.rowCount);
  // Only rows with a fact have a time; the others make no customers.
  const skipped = new Uint8Array(batch.rowCount).fill(1);
  const { facts } = lines;
  for (let fact = facts.count - 1; fact >= 0; fact--) {
    const row = facts.row[fact];
    timesMs[row] = facts.occurredAt[fact];
    skipped[row] = found ? found.rows[row] : 0;
  }
  const columns = identityColumns(read.fields, lines.text);
  await read.identities.resolve({ bytes: batch.bytes, rowCount: batch.rowCount, columns, timesMs, skipped }, customerNos);
  return customerNos;
}

function countRows({ counts }: RunReport, lines: OrderLines, customerNos: Uint32Array, found: FoundRepeats | null): void {
  const { facts } = lines;
  let last = -1;
  for (let fact = 0; fact < facts.count; fact++) {
    const row = facts.row[fact];
    const repeated = found !== null && found.rows[row] === 1;
    if (!repeated) counts.facts++;
    if (row === last) continue;
    last = row;
    if (repeated) {
      counts.repeated++;
      continue;
    }
    counts.accepted++;
    if (customerNos[row] === 0) counts.withoutCustomer++;
  }
  counts.unpaid += lines.counts.unpaid;
}
