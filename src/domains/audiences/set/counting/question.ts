import type { QueryLimits, QueryParams } from '../../../../platform/clickhouse/client.ts';
import type { NumberTest } from '../../resolve/resolved.ts';
import type { Counted } from './tally.ts';

/** Whose number passes, out of rows of a customer's number and what is counted of it. */
export interface CountingQuestion {
  sql: string;
  params: QueryParams;
  limits: QueryLimits;
  counted: Counted;
  compare: NumberTest;
  /** Numbers of customers up to here have a place in an array each. */
  highest: number;
  /** With more rows than this nothing is found. */
  mostRows: number;
}
