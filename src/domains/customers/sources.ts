import type { Locale } from '../../kernel/locale.ts';
import type pg from 'pg';
import type { Identifier } from './identifiers/kinds.ts';
import type { TimelineEntry, TimelineKind } from './contract/timeline.ts';

/** Where a page of a timeline ended: the entries that follow are older, or as old with a smaller id. */
export interface TimelinePosition {
  at: Date;
  id: string;
}

/** Where each kind that is asked for goes on; null from its newest entry. */
export type TimelinePositions = Partial<Record<TimelineKind, TimelinePosition | null>>;

/** Things that happen to customers, of the kinds that are read at once. Domains to the right bring theirs; `app.ts` registers them. */
export interface TimelineSource {
  kinds: readonly TimelineKind[];
  /**
   * The next entries of these numbers, of each kind in `before` at most `limit`: newest first and,
   * of one kind and moment, by descending id.
   */
  page(customerNos: readonly number[], before: TimelinePositions, limit: number): Promise<TimelineEntry[]>;
}

/** A figure about a person, for the head of their page. `label` is a message with its namespace, and so is a value of the unit `message`. */
export interface Figure {
  label: string;
  value: string | null;
  unit: 'money' | 'number' | 'date' | 'text' | 'message';
}

export interface FigureSource {
  read(customerNos: readonly number[], locale: Locale): Promise<Figure[]>;
}

/** Tags that are computed and kept by another domain. */
export interface ComputedTagSource {
  /** Which of them somebody has, by the number they count under today. */
  read(customerNo: number): Promise<{ tagId: number; name: string; addedAt: Date; addedBy: string }[]>;
}

/** Whom an export or an erasure is about: all numbers of the person, and what they are known by. */
export interface HeldPerson {
  customerNos: readonly number[];
  identifiers: readonly Identifier[];
}

/** Data about people that another domain holds. */
export interface HeldDataSource {
  /** Names it in exports and receipts: `order_line`. */
  name: string;
  count(person: HeldPerson): Promise<number>;
  /** Everything held, as it is; read in pages, never whole. */
  export(person: HeldPerson): AsyncIterable<object>;
  /**
   * Deletes it and returns how much it was. Called again a minute later, for what was on its way and
   * for what failed; the vault has forgotten the identifiers by then, so that only the numbers are given.
   */
  erase(person: HeldPerson): Promise<number>;
  /** Who of these did something here, or had something done for them, that no fact tells of: an import that is taken back leaves them. */
  acted?(customerNos: readonly number[]): Promise<number[]>;
}

/** Who of some people stands in a table; the table's name is no input of anybody's. */
export const standingIn = (pool: pg.Pool, table: string, also = 'true') => async (customerNos: readonly number[]): Promise<number[]> =>
  (await pool.query<{ no: number }>(`select distinct customer_no as no from ${table} where customer_no = any($1::int[]) and ${also}`, [customerNos])).rows.map(({ no }) => no);

/** What other domains brought. */
export interface Sources {
  timeline: TimelineSource[];
  figures: FigureSource[];
  tags: ComputedTagSource[];
  heldData: HeldDataSource[];
}

/** A connection or a pool: what reads need. */
export type Connection = pg.Pool | pg.PoolClient;
