import type { OrderInPlace } from '../orders/found-orders.ts';
import type { Membership, Terms } from '../reckon/terms.ts';
import type { HistoryRows } from './rows.ts';

/** What the thread is asked. First for the orders of the next people, then what the histories of some of them come to. */
export type HistoryQuestion =
  | { kind: 'next' }
  | { kind: 'live'; until: number; newcomers: NewPeople; blocks: readonly number[]; now: number };

/** Given to the thread once. */
export interface HistorySetting {
  terms: Terms;
  /** Everybody after this number is looked at. */
  after: number;
  /** Orders that no place in the order of customers tells all of. */
  split: readonly string[];
}

/** People whose orders lie after one another. */
export interface NextPeople {
  /** The last number that is looked at with them. */
  until: number;
  isLast: boolean;
  customerNos: number[];
  /** As many numbers of entries and lots as their histories can need. */
  numbers: number;
}

/** Of whom nothing is written, and when they were members; nobody's list is empty for who never was one. */
export type NewPeople = ReadonlyMap<number, readonly Membership[]>;

/** What their histories come to, and the orders of those who are not new. */
export interface LivedPeople extends HistoryRows {
  others: OrderInPlace[];
}

export type HistoryAnswer = NextPeople | LivedPeople;
