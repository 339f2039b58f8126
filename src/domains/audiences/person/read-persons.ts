import type { Day } from '../../../kernel/day.ts';
import type { ClickHouse } from '../../../platform/clickhouse/client.ts';
import type { ResolvedRule } from '../resolve/resolved.ts';
import { needsOf, type Needs } from './needs.ts';
import { listKey, type PersonFacts } from './person-facts.ts';
import { readCustomers, type Standing } from './reading/read-customers.ts';
import { readEvents, readLines } from './reading/read-facts.ts';
import { readFields } from './reading/read-fields.ts';

/** A set of people, such as a bitmap. */
interface Members {
  has(customerNo: number): boolean;
}

/** Sets of people that are kept: members of audiences and lists, and of tags that are computed and not given. */
export interface KeptSets {
  members(audienceId: number, on: Day | null): Promise<Members>;
  list(listId: number): Promise<Members>;
  /** Null for a tag given by hand. */
  tag(tagId: number): Promise<Members | null>;
}

/** People whose facts are read at once; more are refused, as all of it is held in memory. */
export const mostPersons = 10_000;

/**
 * What the rules need to know of people, by the numbers they count under today; numbers that are no customer's, any
 * more or yet, are left out, unless the asker says that all of them are. A few statements, however many people there are.
 */
export async function readPersons(
  clickhouse: ClickHouse, sets: KeptSets, rules: Iterable<ResolvedRule>, customerNos: readonly number[], { areCustomers = false } = {},
): Promise<Map<number, PersonFacts>> {
  if (customerNos.length > mostPersons) throw new RangeError(`facts of ${customerNos.length} people at once; ask for ${mostPersons} at most`);
  const needs = needsOf(rules);
  const [customers, fields, lines, events, kept] = await Promise.all([
    areCustomers && !needs.tags.size && !needs.consents && !needs.identifiers ? unread(customerNos) : readCustomers(clickhouse, needs, customerNos),
    readFields(clickhouse, [...needs.fields.values()], customerNos),
    needs.lines && readLines(clickhouse, needs.lines, customerNos),
    needs.events && readEvents(clickhouse, needs.events, customerNos),
    readKept(sets, needs),
  ]);
  return new Map([...customers].map(([customerNo, standing]) => [customerNo, {
    customerNo,
    fields: fields.get(customerNo) ?? new Map(),
    tags: new Set([...standing.tags.filter((tag) => !kept.tags.has(tag)), ...containing(kept.tags, customerNo)]),
    consents: new Set(standing.consents),
    identifierKinds: new Set(standing.kinds),
    lines: lines?.get(customerNo) ?? [],
    events: events?.get(customerNo) ?? new Map(),
    memberOf: new Set(containing(kept.memberships, customerNo)),
  }]));
}

const unread = (customerNos: readonly number[]): Map<number, Standing> => new Map(customerNos.map((no) => [no, { tags: [], consents: [], kinds: [] }]));

async function readKept(sets: KeptSets, needs: Needs): Promise<{ memberships: Map<string, Members>; tags: Map<number, Members> }> {
  const memberships = new Map<string, Members>();
  const tags = new Map<number, Members>();
  for (const [key, { audienceId, on }] of needs.audiences) memberships.set(key, await sets.members(audienceId, on));
  for (const listId of needs.lists) memberships.set(listKey(listId), await sets.list(listId));
  for (const tagId of needs.tags) {
    const computed = await sets.tag(tagId);
    if (computed) tags.set(tagId, computed);
  }
  return { memberships, tags };
}

const containing = <K>(sets: ReadonlyMap<K, Members>, customerNo: number): K[] => [...sets].filter(([, set]) => set.has(customerNo)).map(([key]) => key);
