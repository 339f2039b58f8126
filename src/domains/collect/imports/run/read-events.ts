import { createHash } from 'node:crypto';
import { KeyTable, newKey } from '../../../customers/public.ts';
import type { ClickHouse } from '../../../../platform/clickhouse/client.ts';
import { eventRows } from '../../facts/event-rows.ts';
import type { RowBatch } from '../../files/row-batch.ts';
import { planRecords, type Records } from '../../mapping/records.ts';
import { knownEventIds } from '../analytics/known-event-ids.ts';
import { identityColumns } from './identity-slots.ts';
import { createInFlight } from './in-flight.ts';
import type { FactRead } from './read-order-lines.ts';
import { attributeOf, identityTexts, numberOf, textOf } from './record-values.ts';

const frameRows = 200_000;
const frameBytes = 48 * 2 ** 20;

/**
 * Reads a whole file of events into the fact log. An event with an id of its own is the same event
 * in every import and goes in once; one without is this import's and the row's.
 */
export async function readEvents(read: FactRead, clickhouse: ClickHouse): Promise<void> {
  const { file, mapping, report, importId } = read;
  const plan = planRecords({ ...mapping, kind: 'events' }, file.columns);
  const inFlight = createInFlight(2);
  const repeats = createRepeats(clickhouse);
  const open = async () => {
    const batchNo = await read.load.nextBatchNo();
    return { batchNo, rows: eventRows(batchNo, importId) };
  };
  let current = await open();
  for await (const batch of file.rows) {
    const records = plan.map(batch);
    const ids = eventIds(batch, records, importId, mapping.source);
    const repeated = await repeats(ids, records.rejected);
    const customerNos = await findCustomers(read, batch, records, repeated);
    addEvents(read, current.rows, { batch, records, ids, repeated, customerNos });
    await report.batch(batch, records.errors);
    if (current.rows.rowCount < frameRows && current.rows.byteLength < frameBytes) continue;
    const full = current;
    await inFlight.begin(() => read.load.add(full.batchNo, full.rows));
    current = await open();
  }
  await inFlight.begin(() => read.load.add(current.batchNo, current.rows));
  await inFlight.settle();
}

interface FoundEvents {
  batch: RowBatch;
  records: Records;
  ids: Buffer[];
  repeated: Uint8Array;
  customerNos: Uint32Array;
}

function addEvents({ report, mapping, nowMs }: FactRead, rows: ReturnType<typeof eventRows>, found: FoundEvents): void {
  const { batch, records, ids, repeated, customerNos } = found;
  const { counts } = report;
  const column = (field: string) => records.columns.find((one) => one.field === field);
  const [name, at, channel] = [column('event_name'), column('occurred_at'), column('channel')];
  const attributes = records.columns.filter((one) => one.field === 'attribute' && one.mapping?.attribute);
  for (let row = 0; row < batch.rowCount; row++) {
    if (records.rejected[row] === 1) continue;
    if (repeated[row] === 1) {
      counts.repeated++;
      continue;
    }
    const properties: Record<string, unknown> = {};
    for (const one of attributes) {
      const value = attributeOf(batch, one, row);
      if (value !== null) properties[one.mapping?.attribute?.name ?? ''] = value;
    }
    rows.add({
      eventId: ids[row], customerNo: customerNos[row], occurredAtMs: numberOf(at, row) ?? nowMs, receivedAtMs: nowMs, kind: 'track',
      name: textOf(batch, name, row) ?? '', properties: JSON.stringify(properties), channel: textOf(batch, channel, row) ?? '', source: mapping.source,
    });
    counts.accepted++;
    counts.facts++;
    if (customerNos[row] === 0) counts.withoutCustomer++;
  }
}

async function findCustomers(read: FactRead, batch: RowBatch, records: Records, repeated: Uint8Array): Promise<Uint32Array> {
  const customerNos = new Uint32Array(batch.rowCount);
  const timesMs = new Float64Array(batch.rowCount);
  const at = records.columns.find((one) => one.field === 'occurred_at');
  const skipped = Uint8Array.from(repeated, (one, row) => one | records.rejected[row]);
  for (let row = 0; row < batch.rowCount; row++) timesMs[row] = numberOf(at, row) ?? read.nowMs;
  const columns = identityColumns(read.fields, identityTexts(records));
  await read.identities.resolve({ bytes: batch.bytes, rowCount: batch.rowCount, columns, timesMs, skipped }, customerNos);
  return customerNos;
}

/** 16 bytes an event, in the form of a UUID: made of its source and id, or of the import and the row. */
function eventIds(batch: RowBatch, records: Records, importId: number, source: string): Buffer[] {
  const column = records.columns.find((one) => one.field === 'event_id');
  return Array.from(batch.rowNumbers, (rowNumber, row) => {
    const own = textOf(batch, column, row);
    const text = own === null ? `import ${importId} ${rowNumber}` : `event ${source}\0${own}`;
    return createHash('sha256').update(text).digest().subarray(0, 16);
  });
}

/** By row: 1 for events that this file or ClickHouse has already. */
function createRepeats(clickhouse: ClickHouse): (ids: Buffer[], rejected: Uint8Array) => Promise<Uint8Array> {
  const met = new KeyTable();
  const key = newKey();
  return async (ids, rejected) => {
    const known = await knownEventIds(clickhouse, ids);
    return Uint8Array.from(ids, (id, row) => {
      if (rejected[row] === 1) return 0;
      for (let word = 0; word < 4; word++) key[word] = id.readUInt32LE(4 * word);
      if (met.get(key) !== 0 || known.has(id.toString('hex'))) return 1;
      met.set(key, 1);
      return 0;
    });
  };
}
