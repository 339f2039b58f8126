import { parentPort, workerData } from 'node:worker_threads';
import { type ClickHouseAddress, openClickHouse } from '../../../../../platform/clickhouse/client.ts';
import { createGatherer } from '../../reading/gather-orders.ts';
import { createItemCodes } from '../../reading/item-codes.ts';
import { readLines, type Span } from '../../reading/order-stream.ts';
import { createHistoryBuilder } from './histories.ts';

/** What the thread is started with. */
export interface HistoriesOrder {
  address: ClickHouseAddress;
  span: Span;
  hashes: bigint[];
}

// Everybody's orders are read here, so that no request waits for it.
const { address, span, hashes } = workerData as HistoriesOrder;
const reader = openClickHouse(address, true);
const builder = createHistoryBuilder(hashes.length);
const { add, flush } = createGatherer(createItemCodes(hashes), hashes.length, (customerNo, orders) => builder.add(customerNo, orders));
for await (const block of readLines(reader, span, 'people')) add(block, false);
flush();
const histories = builder.done();
parentPort?.postMessage(histories, Object.values(histories).map((array) => array.buffer as ArrayBuffer));
await reader.close();
