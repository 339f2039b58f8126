import type { Day } from '../../../kernel/day.ts';
import type { AudienceField } from '../fields/field.ts';
import { leavesOf, type Measure, type ResolvedCondition, type ResolvedFacts, type ResolvedRule, type TimeRange } from '../resolve/resolved.ts';
import { audienceKey, type LineFact } from './person-facts.ts';

export type LineColumn = keyof Omit<LineFact, 'atMs' | 'kind'>;

/** What has to be known of people to answer rules about them, and no more. */
export interface Needs {
  fields: Map<string, AudienceField>;
  tags: Set<number>;
  consents: boolean;
  identifiers: boolean;
  audiences: Map<string, { audienceId: number; on: Day | null }>;
  lists: Set<number>;
  /** Kinds and columns of order lines in the widest range; null where no line is asked for. */
  lines: { kinds: Set<LineFact['kind']>; columns: Set<LineColumn>; range: TimeRange } | null;
  /** Names of events and paths of properties in the widest range. */
  events: { names: Set<string>; properties: Set<string>; range: TimeRange } | null;
}

export function needsOf(rules: Iterable<ResolvedRule>): Needs {
  const needs: Needs = { fields: new Map(), tags: new Set(), consents: false, identifiers: false, audiences: new Map(), lists: new Set(), lines: null, events: null };
  for (const rule of rules) for (const { condition } of leavesOf(rule)) addNeeds(needs, condition);
  return needs;
}

function addNeeds(needs: Needs, condition: ResolvedCondition): void {
  switch (condition.kind) {
    case 'field': needs.fields.set(condition.field.name, condition.field); break;
    case 'tag': for (const tag of condition.tags) needs.tags.add(tag); break;
    case 'consent': needs.consents = true; break;
    case 'identifier': needs.identifiers = true; break;
    case 'audience': needs.audiences.set(audienceKey(condition.audienceId, condition.on), condition); break;
    case 'list': needs.lists.add(condition.listId); break;
    case 'sample': break;
    case 'measure': addFacts(needs, condition.facts, condition.range, columnsOf[condition.measure] ?? [], condition.property); break;
    case 'moment': case 'recurring': addFacts(needs, condition.facts, condition.range); break;
    case 'sequence':
      addFacts(needs, condition.first, condition.range);
      for (const step of condition.then) addFacts(needs, step.facts, { fromMs: condition.range.fromMs, untilMs: condition.untilMs });
  }
}

/** Columns of lines that a measure reads. */
const columnsOf: Partial<Record<Measure, readonly LineColumn[]>> = {
  orders: ['orderKey'], amount: ['amount'], quantity: ['quantity'], products: ['product'], categories: ['category'], brands: ['brand'], channels: ['channel'],
  average_order: ['orderKey', 'amount'], largest_order: ['orderKey', 'amount'], smallest_order: ['orderKey', 'amount'],
};

function addFacts(needs: Needs, facts: ResolvedFacts, range: TimeRange, columns: readonly LineColumn[] = [], property = ''): void {
  if (facts.fact === 'order') {
    needs.lines ??= { kinds: new Set(), columns: new Set(), range };
    needs.lines.range = widest(needs.lines.range, range);
    for (const kind of facts.of === 'net' ? ['sale', 'refund'] as const : [facts.of]) needs.lines.kinds.add(kind);
    for (const column of columns) needs.lines.columns.add(column);
    for (const { field } of facts.where) needs.lines.columns.add(field === 'unit_price' ? 'unitPrice' : field);
    return;
  }
  needs.events ??= { names: new Set(), properties: new Set(), range };
  needs.events.range = widest(needs.events.range, range);
  needs.events.names.add(facts.name);
  for (const path of [property, ...facts.where.map((filter) => filter.property)]) if (path !== '') needs.events.properties.add(path);
}

const widest = (a: TimeRange, b: TimeRange): TimeRange => ({
  fromMs: a.fromMs === null || b.fromMs === null ? null : Math.min(a.fromMs, b.fromMs),
  untilMs: a.untilMs === null || b.untilMs === null ? null : Math.max(a.untilMs, b.untilMs),
});
