import type { Locale } from '../../../kernel/locale.ts';
import type { MetricTraits } from '../contract.ts';

/** A table of facts as questions read it. */
export interface FactTable {
  name: string;
  /** What stands after `from`: a table, or a query in brackets. */
  from: string;
  /** The column that says when a fact happened, a DateTime64. */
  at: string;
  /** Which customer number a fact carries; who it counts for today is `person`. */
  customer: string;
  /** The columns that aggregates and dimensions read. */
  columns: string;
  /** Of rows that change without any fact or person that does: answers are kept for as long as it stays. */
  version?(): Promise<string>;
}

/**
 * How a metric comes about. An aggregate counts those rows for which `when` holds; it may read the table's columns, `person`
 * (0 for nobody) and `first_at` (the person's first order ever, where `needsFirstOrder`). `inRow` says of a moment
 * whether it lies in the time of a row, which in totals it always does.
 */
export type Reckoning =
  | { kind: 'aggregate'; sql(when: string, inRow: (at: string) => string): string; needsFirstOrder?: boolean; differsInTime?: boolean }
  | { kind: 'difference'; of: [string, string]; isNeverBelowZero?: boolean }
  | { kind: 'ratio'; of: [string, string] };

/** What reports are about; each has its metrics, and templates where it has any. */
export const subjects = ['sales', 'users', 'visits', 'members', 'service', 'campaigns'] as const;
export type Subject = (typeof subjects)[number];

/** A number that can be asked for. Other domains register theirs; this domain knows none of them by name. */
export interface Metric extends MetricTraits {
  /** `sales`, `membership.points_granted`. */
  name: string;
  /** Message with its namespace: `insights:metric.sales`, of which `.label` and `.definition` are said. */
  words: string;
  subject: Subject;
  /** Name of its table. */
  table: string;
  /** Parts of a breakdown add up to the whole. */
  isAdditive: boolean;
  /** What does not add up over other parts does over those of time: nobody is new twice, and no order is placed twice. */
  addsUpInTime?: boolean;
  reckoned: Reckoning;
  /** A standing number: everybody until the end of a period, and not what happened within it. */
  isStanding?: boolean;
  /** Which rows name the people it stands for; absent where it stands for nobody. `isNew` says that a person's first order ever is of the row. */
  people?(isNew: string): string;
  /** Stands for whoever bought in the period, so that a rule of audiences can mean the same people. */
  isOfBuyers?: boolean;
}

export const dimensionGroups = ['time', 'orders', 'customers', 'events', 'members', 'service', 'campaigns'] as const;
export type DimensionGroup = (typeof dimensionGroups)[number];

/** What numbers can be told apart by. */
export interface Dimension {
  name: string;
  /** Message with its namespace, of which `.label` and `.definition` are said. */
  words: string;
  group: DimensionGroup;
  /** Its SQL in tables that say it of a fact, by the table's name. May read `person`, `isNow` and, where `needsFirstOrder`, `first_at`. */
  of?: Record<string, string>;
  /** A dimension of time: SQL that makes a text of a moment. */
  ofTime?: (at: string) => string;
  /** A ClickHouse query of `customer_no`, at most once each and as people count today, and `value`, a String: every fact has it by its person. */
  ofPerson?: string;
  /** Where values of people change without any fact or person that does: answers are kept for as long as it stays. */
  version?(): Promise<string>;
  needsFirstOrder?: boolean;
  /** Columns that a search looks into, beside the key. */
  searched?: string[];
  /** Keys are numbers, in whose order rows are sorted. */
  isNumeric?: boolean;
  /** Values that a person chooses from; where there are none they are looked up. */
  values?: readonly string[];
  /** What people call values; a value that is not in it is its own name. */
  named?(values: string[], locale: Locale): Promise<Map<string, string>>;
}
