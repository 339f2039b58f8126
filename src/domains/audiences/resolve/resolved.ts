import type { ConsentChannel, ConsentPurpose, IdentifierKind } from '../../customers/contract.ts';
import type { Day } from '../../../kernel/day.ts';
import type { AudienceField } from '../fields/field.ts';

/**
 * A rule with nothing relative left in it: moments instead of "90 days ago", exact numbers, fields out of
 * the registry. Both evaluators, of everybody and of one person, start from it.
 */
export type ResolvedRule = ResolvedGroup | ResolvedLeaf;

export interface ResolvedGroup {
  match: 'all' | 'any' | 'none';
  /** Where it stands in the rule: `parts.0.rule`. Empty for the whole. */
  path: string;
  parts: ResolvedRule[];
}

export interface ResolvedLeaf {
  path: string;
  condition: ResolvedCondition;
}

/** From a moment up to, and without, another, in epoch milliseconds; null is open. */
export interface TimeRange {
  fromMs: number | null;
  untilMs: number | null;
}

/** Exact numbers in ten-thousandths. */
export type NumberTest =
  | { is: 'at_least' | 'at_most' | 'more_than' | 'less_than' | 'equals' | 'not_equals'; value: bigint }
  | { is: 'between'; from: bigint; to: bigint };

export type TextTest = { test: 'any_of' | 'none_of'; values: readonly string[] } | { test: 'contains' | 'starts_with'; value: string };
export type KnownTest = { test: 'known' | 'unknown' };

export type ResolvedFieldTest =
  | TextTest
  | KnownTest
  | { test: 'compare'; compare: NumberTest }
  | { test: 'within'; range: TimeRange }
  /** Days of the calendar, both included; null is open. */
  | { test: 'days'; from: Day | null; to: Day | null }
  /** `MM-DD` of the day, for moments in the zone. */
  | { test: 'anniversary'; monthDays: readonly string[]; zone: string };

export type ResolvedLineFilter =
  | { field: 'product' | 'category' | 'brand' | 'channel' | 'region'; test: 'any_of' | 'none_of'; values: readonly string[] }
  | { field: 'unit_price' | 'quantity' | 'amount'; test: 'compare'; compare: NumberTest };
export type ResolvedPropertyFilter = { property: string } & (TextTest | KnownTest | { test: 'compare'; compare: NumberTest });

export type ResolvedFacts =
  | { fact: 'order'; of: 'sale' | 'refund' | 'net'; where: readonly ResolvedLineFilter[] }
  | { fact: 'event'; name: string; where: readonly ResolvedPropertyFilter[] };

/** Every measure but the days since something, which become moments. */
export type Measure =
  | 'orders' | 'lines' | 'amount' | 'quantity' | 'products' | 'categories' | 'brands' | 'channels' | 'days'
  | 'average_order' | 'largest_order' | 'smallest_order' | 'times'
  | 'sum' | 'distinct' | 'average' | 'minimum' | 'maximum';

export type ResolvedCondition =
  | { kind: 'field'; field: AudienceField; test: ResolvedFieldTest }
  | { kind: 'tag'; tags: readonly number[]; match: 'any' | 'all' | 'none' }
  | { kind: 'consent'; channel: ConsentChannel; purpose: ConsentPurpose; state: 'granted' | 'withdrawn' | 'unasked' }
  | { kind: 'identifier'; identifiers: readonly IdentifierKind[]; match: 'any' | 'all' | 'none' }
  /** `zone` is that of `days`; `property` that of a property's measure. */
  | { kind: 'measure'; facts: ResolvedFacts; measure: Measure; property: string; range: TimeRange; compare: NumberTest; zone: string }
  /** The first or last fact in `range` lies in one of the ranges of `within`. */
  | { kind: 'moment'; facts: ResolvedFacts; which: 'first' | 'last'; range: TimeRange; within: readonly TimeRange[] }
  /** `untilMs`: by when the time of a last step that did not follow must have run out; facts after it are not looked at. */
  | { kind: 'sequence'; first: ResolvedFacts; then: readonly { facts: ResolvedFacts; withinMs: number }[]; ends: 'did' | 'did_not'; range: TimeRange; untilMs: number }
  | { kind: 'recurring'; facts: ResolvedFacts; every: 'day' | 'week' | 'month'; times: number; range: TimeRange; zone: string }
  | { kind: 'audience'; audienceId: number; on: Day | null }
  /** Whoever's hash by the salt is below `below`, out of 2^32. */
  | { kind: 'sample'; salt: string; below: number }
  | { kind: 'list'; listId: number };

export const isLeaf = (rule: ResolvedRule): rule is ResolvedLeaf => 'condition' in rule;

/** Every leaf of a rule, from left to right. */
export function* leavesOf(rule: ResolvedRule): Generator<ResolvedLeaf> {
  if (isLeaf(rule)) yield rule;
  else for (const part of rule.parts) yield* leavesOf(part);
}
