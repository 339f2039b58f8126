import { spawn } from 'node:child_process';
import { setPriority } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Stores } from '../stores.ts';
import { batchNoOf } from './batch-template.ts';

export interface SenderOrder {
  secret: string;
  mark: string;
  /** Batches a second, sent when due whether or not those before were answered. */
  perSecond: number;
  /** Connections; a batch that finds none free is left out. */
  lines: number;
  isOnePerson: boolean;
  padding: number;
}

export interface Flood {
  url: string;
  seconds: number;
  /** Events of a batch. */
  events: number;
  senders: SenderOrder[];
}

export interface SenderReport {
  mark: string;
  statuses: Record<string, number>;
  /** Numbers of batches answered with 200. */
  acknowledged: number[];
  /** Numbers of batches whose answer did not come: may be there, at most once. */
  inDoubt: number[];
  /** Refusals of 429 and 503 that did not say when to come again. */
  impatient: number;
  refused: number;
  unsent: number;
}

/** Who floods sits elsewhere. Here it is behind everything the product does, which is to be slowed by what it is sent, not by the sending. */
const niceness = 19;

/** Sends from a process of its own. */
export async function flood(order: Flood): Promise<SenderReport[]> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', join(import.meta.dirname, 'sender.ts'), JSON.stringify(order)], { stdio: ['ignore', 'pipe', 'inherit'] });
  if (child.pid) setPriority(child.pid, niceness);
  return JSON.parse(await text(child.stdout)) as SenderReport[];
}

/** What is wrong between what a sender was told and ClickHouse: nothing, when each list is empty. */
export async function floodFaults({ clickhouse }: Stores, events: number, { mark, acknowledged, inDoubt }: SenderReport) {
  const rows = (await clickhouse.rows(
    'select toUInt32(properties.batch::Int64) as batch, count() as n, uniqExact(properties.n::Int64) as different from event where properties.mark::String = {mark:String} group by batch', { mark },
  )) as { batch: number; n: string; different: string }[];
  const found = new Map(rows.map(({ batch, n, different }) => [batchNoOf(batch), { n: Number(n), different: Number(different) }]));
  const known = new Set([...acknowledged, ...inDoubt]);
  return {
    lost: acknowledged.filter((batchNo) => found.get(batchNo)?.different !== events),
    doubled: [...found].filter(([, { n, different }]) => n !== different).map(([batchNo]) => batchNo),
    unknown: [...found.keys()].filter((batchNo) => !known.has(batchNo)),
  };
}

export const noFloodFaults = { lost: [], doubled: [], unknown: [] };
