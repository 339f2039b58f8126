import type { QueryLimits, QueryParams } from '../../../platform/clickhouse/client.ts';
import type { NativeBlock } from '../../../platform/clickhouse/native-blocks.ts';

/** Which rows are read: in the order of customers, the number first. */
export interface HistoryRows {
  sql: string;
  params: QueryParams;
  limits: QueryLimits;
}

/** Days as they go between the engine and the thread: whole and never negative, from the first a moment can have. */
export const dayNumberSql = (at: string): string => `toUInt32(toInt32(toDate32(toTimeZone(${at}, {zone:String}))) + 40000)`;
export const dayNumber = (day: string): number => Math.round(Date.parse(`${day}T00:00:00Z`) / 86_400_000) + 40_000;

/** What walks through histories are given. */
export interface HistoryDoors {
  blocks(rows: HistoryRows): AsyncIterable<NativeBlock>;
  merged(): Promise<ReadonlyMap<number, number>>;
}
