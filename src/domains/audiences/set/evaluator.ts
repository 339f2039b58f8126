import { Bitmap } from '../../../kernel/bitmap/bitmap.ts';
import { decodeGroupBitmap } from '../../../kernel/bitmap/group-bitmap.ts';
import type { Day } from '../../../kernel/day.ts';
import { inTurns } from '../../../kernel/in-turns.ts';
import { Problem } from '../../../kernel/problem.ts';
import type { QueryLimits } from '../../../platform/clickhouse/client.ts';
import type { Platform } from '../../../platform/platform.ts';
import { isLeaf, leavesOf, type ResolvedCondition, type ResolvedRule } from '../resolve/resolved.ts';
import { Bindings } from './bindings.ts';
import { ConditionCache } from './condition-cache.ts';
import { createCountApart } from './counting/ask-thread.ts';
import { everybodySql, handTagSql } from './customer-sql.ts';
import { denseMeasure } from './dense.ts';
import type { DataVersions, Version } from './data-versions.ts';
import { meaningOf } from './meaning.ts';
import { isAsked, printCondition, sourceOf } from './print.ts';
import type { Printed } from './printed.ts';

/** Sets of people that other parts keep: stored audiences, uploaded lists, tags that are reckoned and not given. */
export interface StoredSets {
  /** Members of an audience, now or at the end of a past day. */
  members(audienceId: number, on: Day | null): Promise<Bitmap>;
  list(listId: number): Promise<Bitmap>;
  /** Null for a tag given by hand. */
  tag(tagId: number): Promise<Bitmap | null>;
}

/** Finds everybody a rule means, exactly. */
export interface SetEvaluator {
  /** Every active customer. */
  everybody(): Promise<Bitmap>;
  evaluate(rule: ResolvedRule): Promise<Bitmap>;
  /**
   * The same with every part by its place; of a rule that held for days, as it is now. All of it takes `withinMs` at
   * most, when given: then 422, and what was found until then is kept for the next time.
   */
  evaluateParts(rule: ResolvedRule, withinMs?: number): Promise<{ base: Bitmap; whole: Bitmap; parts: Map<string, Bitmap> }>;
}

const cacheBytes = 256 * 2 ** 20;
/** Questions put to ClickHouse at once; each uses every core there is. */
const atOnce = 2;
const most = { timeoutMs: 30_000, memoryBytes: 3 * 2 ** 30 };

/** What a question may use that is asked now. */
type Limits = () => QueryLimits;

/** Whatever is asked must have ended so many milliseconds from now. */
function endingWithin(ms: number): Limits {
  const endMs = performance.now() + ms;
  return () => {
    const timeoutMs = Math.min(most.timeoutMs, endMs - performance.now());
    if (timeoutMs <= 0) throw new Problem('platform.query_too_slow', { status: 422 });
    return { ...most, timeoutMs };
  };
}

/**
 * A rule is algebra over bitmaps, one for each condition, which ClickHouse finds and which are kept by their
 * meaning and the version of the data. Editing a rule therefore asks for what was edited only.
 */
export function createSetEvaluator({ reader }: Pick<Platform, 'reader'>, versions: DataVersions, stored: StoredSets): SetEvaluator {
  const cache = new ConditionCache(cacheBytes);
  const countApart = createCountApart(reader.address);

  const find = async ({ sql }: Pick<Printed, 'sql'>, bind: Bindings, limits: Limits): Promise<Bitmap> => {
    const chunks = await Array.fromAsync(reader.bytes(`select groupBitmapState(toUInt32(no)) from (${sql})`, 'RowBinary', bind.params, limits()));
    return decodeGroupBitmap(Buffer.concat(chunks));
  };
  const everybodyOf = (version: Version, limits: Limits): Promise<Bitmap> =>
    cache.get('everybody', version.customers, () => find({ sql: everybodySql }, new Bindings(), limits));
  const asked = async (printed: Printed, bind: Bindings, base: Bitmap, limits: Limits): Promise<Bitmap> => {
    const found = await find(printed, bind, limits);
    return printed.isComplement ? base.andNot(found) : base.and(found);
  };
  const tagged = async (tagId: number, base: Bitmap, version: Version, limits: Limits): Promise<Bitmap> => {
    const reckoned = await stored.tag(tagId);
    if (reckoned) return base.and(reckoned);
    const bind = new Bindings();
    return cache.get(`tag ${tagId}`, version.customers, () => asked(handTagSql(tagId, bind), bind, base, limits));
  };
  const condition = async (what: ResolvedCondition, base: Bitmap, version: Version, limits: Limits): Promise<Bitmap> => {
    if (isAsked(what)) {
      const bind = new Bindings();
      const of = sourceOf(what) === 'facts' ? version.facts : version.customers;
      return cache.get(meaningOf(what), of, async () => {
        const counted = what.kind === 'measure' ? await denseMeasure(countApart, what, version, base, limits()) : null;
        return counted ?? asked(printCondition(what, version, bind), bind, base, limits);
      });
    }
    switch (what.kind) {
      case 'tag': {
        const sets = await Promise.all(what.tags.map((tagId) => tagged(tagId, base, version, limits)));
        if (what.match === 'all') return sets.reduce((all, set) => all.and(set));
        return what.match === 'any' ? Bitmap.union(sets) : base.andNot(Bitmap.union(sets));
      }
      case 'audience': return base.and(await stored.members(what.audienceId, what.on));
      case 'list': return base.and(await stored.list(what.listId));
    }
  };
  const evaluateParts = async (rule: ResolvedRule, withinMs?: number) => {
    const limits: Limits = withinMs === undefined ? () => most : endingWithin(withinMs);
    const version = await versions();
    const base = await everybodyOf(version, limits);
    const found = await inTurns(atOnce, new Set([...leavesOf(rule)].map((leaf) => leaf.condition)), (what) => condition(what, base, version, limits));
    const parts = new Map<string, Bitmap>();
    const combine = (part: ResolvedRule): Bitmap => {
      const bitmap = isLeaf(part) ? (found.get(part.condition) ?? Bitmap.empty) : combined(part.match, part.parts.map(combine), base);
      if (!parts.has(part.path)) parts.set(part.path, bitmap);
      return bitmap;
    };
    return { base, whole: combine(rule), parts };
  };
  return {
    everybody: async () => everybodyOf(await versions(), () => most),
    evaluate: async (rule) => (await evaluateParts(rule)).whole,
    evaluateParts,
  };
}

function combined(match: 'all' | 'any' | 'none', sets: Bitmap[], base: Bitmap): Bitmap {
  if (match === 'all') return sets.reduce((all, set) => all.and(set), base);
  const any = Bitmap.union(sets);
  return match === 'any' ? any : base.andNot(any);
}
