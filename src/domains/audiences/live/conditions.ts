import type pg from 'pg';
import { Bitmap } from '../../../kernel/bitmap/bitmap.ts';
import type { ClickHouse } from '../../../platform/clickhouse/client.ts';
import { readCustomers } from '../person/reading/read-customers.ts';
import { mostPersons } from '../person/read-persons.ts';
import { needsOf } from '../person/needs.ts';
import type { ResolvedCondition } from '../resolve/resolved.ts';
import type { SetEvaluator, StoredSets } from '../set/evaluator.ts';
import { askPeople, type Question } from './ask-people.ts';
import { peopleWithin } from './crossed.ts';
import type { AskedRule } from './asked-rules.ts';
import { sourcesOf } from './sources.ts';
import type { Changed } from './what-changed.ts';
import { windowsBetween } from './windows.ts';

/** Whom conditions mean, as of the last round. Of who is no customer nothing is said. */
export interface Known {
  /** Everybody who is a customer. */
  base: Bitmap;
  /** By the condition's meaning. */
  members: ReadonlyMap<string, Bitmap>;
  /** Members of the tags that rules ask for; null of those given by hand. */
  tags: ReadonlyMap<number, Bitmap | null>;
  /** Of audiences that rules ask for as they are now: in which version they were seen. */
  standings: ReadonlyMap<number, string>;
}

/** A condition that is in use, and the same condition of an earlier moment, from which it may be derived. */
export interface Wanted {
  condition: ResolvedCondition;
  before: { meaning: string; condition: ResolvedCondition } | null;
}

/** The conditions of rules as they are asked now, and of those by which audiences were computed earlier. */
export function wantedOf(rules: readonly { next: AskedRule; earlier: AskedRule | undefined }[]): Map<string, Wanted> {
  const wanted = new Map<string, Wanted>();
  for (const { next, earlier } of rules) {
    for (const { meaning, condition } of earlier?.leaves ?? []) wanted.set(meaning, { condition, before: null });
    next.leaves.forEach(({ meaning, condition }, i) => {
      if (!wanted.has(meaning)) wanted.set(meaning, { condition, before: earlier?.leaves[i] ?? null });
    });
  }
  return wanted;
}

export interface Advance {
  known: Known;
  /** What could not be found out, and why. What is neither here nor known has to wait. */
  failed: ReadonlyMap<string, unknown>;
}

/** From so many people on everybody is asked about at once: for the conditions of the same facts they are read once. */
const manyPeople = 60_000;
/** The same for a condition that time has changed: its people are its own. */
const manyCrossed = 20_000;

/** How much asking of everybody is done in a round: conditions at the same time, and none is begun after so long. */
interface Patience {
  atOnce: number;
  forMs: number;
}
const idle: Patience = { atOnce: 2, forMs: 3_000 };
/** While facts come, those who are in them do not wait for long. */
const busy: Patience = { atOnce: 1, forMs: 1_500 };

export interface ConditionDoors {
  pool: pg.Pool;
  reader: ClickHouse;
  evaluator: SetEvaluator;
  sets: StoredSets;
}

/**
 * Brings conditions up to date by asking each about those alone who can be meant otherwise than before. What cannot be
 * known that way is found out of everybody, as far as there is time. Members of audiences as they are now are the
 * caller's matter.
 */
export async function advanceConditions(doors: ConditionDoors, before: Known | null, changed: Changed, wanted: ReadonlyMap<string, Wanted>): Promise<Advance> {
  const { base, arrived } = await baseOf(doors, before, changed);
  const tags = await tagsOf(doors.sets, wanted.values());
  const crossed = before ? await crossedBy(doors.reader, before, wanted) : new Map<string, Bitmap>();
  const members = new Map<string, Bitmap>();
  const questions: (Question & { meaning: string; start: Bitmap })[] = [];
  const unknown: string[] = [];
  for (const [meaning, { condition, before: earlier }] of wanted) {
    if (isOfAudienceNow(condition)) continue;
    const byTime = crossed.get(meaning);
    const start = before?.members.get(meaning) ?? (byTime && earlier ? before?.members.get(earlier.meaning) : undefined);
    const people = before ? base.and(Bitmap.union([...concerned(condition, changed, arrived), ...retagged(condition, before.tags, tags), ...(byTime ? [byTime] : [])])) : Bitmap.empty;
    if (!start || people.size > manyPeople || (isKeptSet(condition) && changed.merged.size > 0)) unknown.push(meaning);
    else if (people.size === 0) members.set(meaning, start);
    else questions.push({ meaning, condition, people, start });
  }
  for (const [question, holding] of await askPeople(doors.reader, doors.sets, questions)) {
    const { meaning, people, start } = question as (typeof questions)[number];
    if (holding === null) unknown.push(meaning);
    else members.set(meaning, start.and(people).equals(holding) ? start : start.andNot(people).or(holding));
  }
  const failed = await askEverybody(doors, unknown, wanted, members, changed.events.size + changed.lines.size > 0 ? busy : idle);
  const standings = await standingsOf(doors.pool, wanted.values(), changed);
  return { known: { base, members, tags, standings }, failed };
}

export const isOfAudienceNow = (condition: ResolvedCondition): boolean => condition.kind === 'audience' && condition.on === null;
const isKeptSet = (condition: ResolvedCondition): boolean => condition.kind === 'list' || condition.kind === 'audience';

/** Who is a customer now, and who of them was none before. */
async function baseOf({ reader, evaluator }: ConditionDoors, before: Known | null, { customers }: Changed): Promise<{ base: Bitmap; arrived: Bitmap }> {
  if (!before) return { base: await evaluator.everybody(), arrived: Bitmap.empty };
  const active: number[] = [];
  for (let offset = 0; offset < customers.size; offset += mostPersons) {
    active.push(...(await readCustomers(reader, needsOf([]), [...customers.slice(offset, mostPersons)])).keys());
  }
  const present = Bitmap.of(active);
  return { base: before.base.andNot(customers).or(present), arrived: present.andNot(before.base) };
}

/** Whom a condition may mean otherwise because of what happened. Nothing is known of who has just become a customer. */
function concerned(condition: ResolvedCondition, changed: Changed, arrived: Bitmap): Bitmap[] {
  if (isKeptSet(condition)) return [];
  const { events, lines, facts, copies } = sourcesOf(condition);
  const byFacts = lines || facts || events.size > 0;
  return [
    arrived,
    ...(copies ? [changed.customers] : []),
    ...(byFacts ? [changed.merged] : []),
    ...(lines || facts ? [changed.lines] : []),
    ...[...changed.events].filter(([name]) => facts || events.has(name)).map(([, people]) => people),
  ];
}

async function tagsOf(sets: StoredSets, wanted: Iterable<Wanted>): Promise<Map<number, Bitmap | null>> {
  const asked = new Set([...wanted].flatMap(({ condition }) => (condition.kind === 'tag' ? condition.tags : [])));
  const tags = new Map<number, Bitmap | null>();
  for (const tagId of asked) tags.set(tagId, await sets.tag(tagId));
  return tags;
}

/** Versions of audiences that are asked for. As long as merges change, none of them stands for the same people. */
async function standingsOf(pool: pg.Pool, wanted: Iterable<Wanted>, { merged }: Changed): Promise<Map<number, string>> {
  const asked = [...wanted].flatMap(({ condition }) => (condition.kind === 'audience' && condition.on === null ? [condition.audienceId] : []));
  if (asked.length === 0 || merged.size > 0) return new Map();
  const { rows } = await pool.query<{ audienceId: number; standing: string }>({
    name: 'audiences.standings',
    text: `select audience_id as "audienceId", version_no || ' ' || rewrites as standing from audience where audience_id = any($1::int[])`,
    values: [[...new Set(asked)]],
  });
  return new Map(rows.map(({ audienceId, standing }) => [audienceId, standing]));
}

/** Who came to have, or lost, a tag that is computed. */
function retagged(condition: ResolvedCondition, before: Known['tags'], after: Known['tags']): Bitmap[] {
  if (condition.kind !== 'tag') return [];
  return condition.tags.flatMap((tagId) => {
    const [was, is] = [before.get(tagId), after.get(tagId)];
    return was === is ? [] : [(was ?? Bitmap.empty).xor(is ?? Bitmap.empty)];
  });
}

/** Of conditions that time has changed: who has facts that count no longer, or only now. Absent where those are too many to be asked. */
async function crossedBy(reader: ClickHouse, { members }: Known, wanted: ReadonlyMap<string, Wanted>): Promise<Map<string, Bitmap>> {
  const turning = [...wanted].flatMap(([meaning, { condition, before }]) => {
    if (members.has(meaning) || !before || !members.has(before.meaning)) return [];
    const windows = windowsBetween(before.condition, condition);
    return windows ? [{ meaning, windows }] : [];
  });
  const found = await peopleWithin(reader, turning.flatMap((each) => each.windows), manyCrossed);
  const crossed = new Map<string, Bitmap>();
  let at = 0;
  for (const { meaning, windows } of turning) {
    const sets = found.slice(at, (at += windows.length)).filter((set) => set !== null);
    if (sets.length === windows.length) crossed.set(meaning, Bitmap.union(sets));
  }
  return crossed;
}

/** Finds out whom conditions mean of everybody, in their order, for as long as there is time; returns what failed. */
async function askEverybody({ evaluator, sets }: ConditionDoors, meanings: readonly string[], wanted: ReadonlyMap<string, Wanted>, members: Map<string, Bitmap>, { atOnce, forMs }: Patience): Promise<Map<string, unknown>> {
  const untilMs = performance.now() + forMs;
  const failed = new Map<string, unknown>();
  const waiting = meanings.values();
  const everybody = (condition: ResolvedCondition): Promise<Bitmap> => {
    if (condition.kind === 'list') return sets.list(condition.listId);
    return condition.kind === 'audience' ? sets.members(condition.audienceId, condition.on) : evaluator.evaluate({ path: '', condition });
  };
  await Promise.all(Array.from({ length: atOnce }, async () => {
    for (const meaning of waiting) {
      if (performance.now() > untilMs) return;
      const condition = wanted.get(meaning)?.condition;
      if (!condition) continue;
      try {
        members.set(meaning, await everybody(condition));
      } catch (error) {
        failed.set(meaning, error);
      }
    }
  }));
  return failed;
}
