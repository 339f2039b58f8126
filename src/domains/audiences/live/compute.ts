import { Bitmap } from '../../../kernel/bitmap/bitmap.ts';
import { Problem } from '../../../kernel/problem.ts';
import type { Platform } from '../../../platform/platform.ts';
import { inTransaction } from '../../../platform/postgres/pool.ts';
import type { FieldRegistry } from '../fields/registry.ts';
import { forPersons } from '../person/evaluate-person.ts';
import { mostPersons, readPersons } from '../person/read-persons.ts';
import type { ResolvedRule } from '../resolve/resolved.ts';
import type { SetEvaluator, StoredSets } from '../set/evaluator.ts';
import type { Memberships } from '../stored/membership/memberships.ts';
import { writeMembers } from '../stored/membership/write-membership.ts';
import { type Live, makeDue, noteTrouble } from './audiences-to-keep.ts';
import { type News, noteFollowed } from './news.ts';

export interface LiveDoors {
  platform: Platform;
  fields: FieldRegistry;
  evaluator: SetEvaluator;
  memberships: Memberships;
  sets: StoredSets;
}

/** What failed is not tried again before. */
const patienceMs = 10_000;

/** What one audience has to be asked. */
export interface Task {
  live: Live;
  rule: ResolvedRule;
  people: Bitmap;
  news: News;
}

/** Computes members and keeps them; each says whether, or how many, audiences moved. */
export interface Computing {
  /** Of one audience, by everybody. */
  whole(live: Live, news: News, rule: ResolvedRule, at: Date): Promise<boolean>;
  /** Of many, by the people each task names. */
  some(tasks: readonly Task[], at: Date): Promise<number>;
  /** Says loudly that one could not be kept up, and leaves it alone for a while. */
  fail(live: Live, error: unknown): Promise<void>;
  mayTry(audienceId: number): boolean;
}

export function createComputing({ platform, evaluator, memberships, sets }: LiveDoors): Computing {
  const { pg: pool, log, reader } = platform;
  const notBefore = new Map<number, number>();
  const fail = async ({ standing: { audienceId } }: Live, error: unknown): Promise<void> => {
    log.error({ err: error, audience: audienceId }, 'a live audience could not be kept up to date; trying again');
    notBefore.set(audienceId, Date.now() + patienceMs);
    const known = error instanceof Problem ? { code: error.code, params: error.params } : { code: 'audiences.not_kept_up', params: {} };
    await noteTrouble(pool, audienceId, known);
  };
  /** Keeps new members; whether there is a new version. */
  const keep = async ({ standing, hasTrouble }: Live, news: News, before: Bitmap, after: Bitmap, at: Date, isWhole: boolean): Promise<boolean> => {
    const hasMoved = !before.equals(after);
    if (hasMoved || isWhole || hasTrouble) {
      const isWritten = await inTransaction(pool, (client) => writeMembers(client, { standing, before, after, at, isWhole }));
      if (!isWritten) {
        // Somebody else wrote meanwhile, perhaps of older facts.
        await makeDue(pool, [standing.audienceId]);
        return false;
      }
      if (hasMoved) memberships.remember({ ...standing, versionNo: standing.versionNo + 1 }, after);
    }
    await noteFollowed(pool, standing.audienceId, news);
    return hasMoved;
  };
  const computeWhole = async (live: Live, news: News, rule: ResolvedRule, at: Date): Promise<boolean> =>
    keep(live, news, await memberships.stored(live.standing), await evaluator.evaluate(rule), at, true);
  /** Asks about the people of one task or of many at once; how many audiences moved. */
  const computeSome = async (tasks: readonly Task[], at: Date): Promise<number> => {
    const people = Bitmap.union(tasks.map((task) => task.people));
    const asked = tasks.map((task) => ({ task, rule: forPersons(task.rule), holding: [] as number[] }));
    for (let offset = 0; offset < people.size; offset += mostPersons) {
      const facts = await readPersons(reader, sets, tasks.map((task) => task.rule), [...people.slice(offset, mostPersons)]);
      for (const { task, rule, holding } of asked) {
        for (const [customerNo, known] of facts) if (task.people.has(customerNo) && rule.holds(known)) holding.push(customerNo);
      }
    }
    let moved = 0;
    for (const { task: { live, news, people: ofTask }, holding } of asked) {
      const before = await memberships.stored(live.standing);
      if (await keep(live, news, before, before.andNot(ofTask).or(Bitmap.of(holding)), at, false)) moved++;
    }
    return moved;
  };
  /** One that cannot be asked about must not keep the others back. */
  const computeEach = async (tasks: readonly Task[], at: Date): Promise<number> => {
    if (tasks.length === 0) return 0;
    try {
      return await computeSome(tasks, at);
    } catch (error) {
      if (tasks.length === 1) {
        await fail(tasks[0].live, error);
        return 0;
      }
    }
    let moved = 0;
    for (const task of tasks) moved += await computeEach([task], at);
    return moved;
  };
  return { whole: computeWhole, some: computeEach, fail, mayTry: (audienceId) => (notBefore.get(audienceId) ?? 0) <= Date.now() };
}
