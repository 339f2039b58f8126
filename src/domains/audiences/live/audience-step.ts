import { Bitmap } from '../../../kernel/bitmap/bitmap.ts';
import type { Platform } from '../../../platform/platform.ts';
import type { StoredSets } from '../set/evaluator.ts';
import { changeBetween, isNoChange } from '../stored/membership/change.ts';
import type { Memberships } from '../stored/membership/memberships.ts';
import type { AskedRule } from './asked-rules.ts';
import { type Live, makeDue } from './audiences-to-keep.ts';
import { combine } from './combine.ts';
import { type Advance, isOfAudienceNow, type Known } from './conditions.ts';
import type { Found } from './keep-live.ts';

/** What is remembered of conditions, in bytes; whose rules need more are computed as a whole each time. */
const rememberedBytes = 2 ** 30;

export interface AudienceStep {
  /**
   * The members of an audience by the conditions as they are known now, and the rule they are of: that of an earlier
   * moment while a condition of the present one is not known yet, none while nothing is. Those it refers to come first.
   */
  take(live: Live, next: AskedRule, earlier: AskedRule | undefined): Promise<{ rule: AskedRule | undefined; found: Found | null }>;
  /** Says which have a new version. */
  moved(audienceIds: readonly number[]): void;
  /** What is known after all of them. */
  known(): Known;
}

interface StepDoors {
  platform: Platform;
  memberships: Memberships;
  sets: StoredSets;
}

/** Takes audiences from what was known before to what is known now: where no condition moved, no audience is looked at. */
export function createAudienceStep({ platform: { pg: pool }, memberships, sets }: StepDoors, before: Known | null, { known, failed }: Advance): AudienceStep {
  const standings = new Map(known.standings);
  /** Whether the members of an audience that is referred to are those they were. */
  const stays = (audienceId: number): boolean => standings.has(audienceId) && standings.get(audienceId) === before?.standings.get(audienceId);
  const members = new Map(known.members);
  const movedBase = before ? before.base.xor(known.base) : Bitmap.empty;
  const moves = new Map<string, Bitmap>();
  /** Whom a condition means otherwise than it did; null where that is not known. */
  const movedIn = (was: string, is: string): Bitmap | null => {
    const [old, present] = [before?.members.get(was), members.get(is)];
    if (!old || !present) return null;
    if (old === present) return Bitmap.empty;
    const key = `${was} ${is}`;
    const moved = moves.get(key) ?? old.xor(present);
    moves.set(key, moved);
    return moved;
  };
  const movedBetween = (earlier: AskedRule, rule: AskedRule): Bitmap | null => {
    const sets = rule.leaves.map(({ meaning }, i) => movedIn(earlier.leaves[i].meaning, meaning)).filter((set) => set !== null);
    return sets.length < rule.leaves.length ? null : Bitmap.union([movedBase, ...sets]);
  };
  return {
    async take(live, next, earlier) {
      const fault = next.leaves.find(({ meaning }) => failed.has(meaning));
      if (fault) throw failed.get(fault.meaning);
      const rule = [next, earlier].find((one) => one?.leaves.every(({ meaning, condition }) => isOfAudienceNow(condition) || members.has(meaning)));
      if (rule !== next && !live.isDue) await makeDue(pool, [live.standing.audienceId]);
      if (!rule) return { rule, found: null };
      for (const { meaning, condition } of rule.leaves) {
        if (condition.kind !== 'audience' || condition.on !== null) continue;
        const present = stays(condition.audienceId) ? before?.members.get(meaning) : undefined;
        members.set(meaning, present ?? await sets.members(condition.audienceId, null));
      }
      const people = earlier ? movedBetween(earlier, rule) : null;
      const isWhole = live.isDue && rule === next;
      if (people?.size === 0 && !isWhole && !live.hasTrouble) return { rule, found: null };
      const stored = await memberships.stored(live.standing);
      const of = (scope: Bitmap): Bitmap => combine(rule.rule, rule.leaves.map(({ meaning }) => members.get(meaning) ?? Bitmap.empty), scope);
      if (!people) {
        const after = of(known.base);
        return { rule, found: { live, before: stored, after, change: changeBetween(stored, after), isWhole } };
      }
      const change = changeBetween(stored.and(people), of(known.base.and(people)));
      const after = isNoChange(change) ? stored : stored.andNot(change.left).or(change.entered);
      return { rule, found: { live, before: stored, after, change, isWhole } };
    },
    moved(audienceIds) {
      for (const audienceId of audienceIds) standings.delete(audienceId);
    },
    known() {
      let bytes = 0;
      return { ...known, standings, members: new Map([...members].filter(([, each]) => (bytes += each.byteLength) <= rememberedBytes)) };
    },
  };
}
