import type { Platform } from '../../../platform/platform.ts';
import { readBrand } from '../../../platform/settings.ts';
import type { FieldRegistry } from '../fields/registry.ts';
import type { SetEvaluator, StoredSets } from '../set/evaluator.ts';
import type { Memberships } from '../stored/membership/memberships.ts';
import { type AskedRule, createAskedRules } from './asked-rules.ts';
import { type Live, makeAllDue, readLive } from './audiences-to-keep.ts';
import { createAudienceStep } from './audience-step.ts';
import { advanceConditions, type Known, wantedOf } from './conditions.ts';
import { createLiveKeeper, type Found } from './keep-live.ts';
import { createWhatChanged, type Seen } from './what-changed.ts';

export interface LiveDoors {
  platform: Platform;
  fields: FieldRegistry;
  evaluator: SetEvaluator;
  memberships: Memberships;
  sets: StoredSets;
}


/** What happened up to where, whom conditions mean, and by which rule each audience was computed from them. */
interface Remembered {
  seen: Seen;
  timeZone: string;
  known: Known;
  computed: ReadonlyMap<number, AskedRule>;
}

/**
 * Brings live audiences up to date with what happened since the last round; returns how many of them moved. What is
 * remembered is of a round that ended: one that failed half way is done again from where it began.
 */
export function createRound(doors: LiveDoors): () => Promise<number> {
  const { platform, fields, memberships } = doors;
  const { pg: pool, clock, reader } = platform;
  const keeper = createLiveKeeper(platform, memberships);
  const whatChanged = createWhatChanged(platform);
  const askedOf = createAskedRules(fields);
  let remembered: Remembered | null = null;

  const askAll = async (live: readonly Live[], now: Date, timeZone: string): Promise<Map<Live, AskedRule>> => {
    const asked = new Map<Live, AskedRule>();
    for (const each of live) {
      if (!keeper.mayTry(each.standing.audienceId)) continue;
      try {
        asked.set(each, askedOf(each, now, timeZone));
      } catch (error) {
        await keeper.fail(each, error);
      }
    }
    return asked;
  };
  return async () => {
    const now = clock.now();
    const changed = await whatChanged(remembered?.seen ?? null);
    if (!changed) return 0;
    const { timeZone } = await readBrand(pool);
    const last: Remembered | null = changed.isWhole || remembered?.timeZone !== timeZone ? null : remembered;
    if (!last) await makeAllDue(pool);
    const asked = await askAll(await readLive(pool), now, timeZone);
    const earlier = (each: Live): AskedRule | undefined => {
      const computed = last?.computed.get(each.standing.audienceId);
      return computed?.ruleVersion === each.standing.ruleVersion ? computed : undefined;
    };
    const wanted = wantedOf([...asked].map(([each, next]) => ({ next, earlier: earlier(each) })));
    const advance = await advanceConditions({ ...doors, pool, reader }, last?.known ?? null, changed, wanted);
    const step = createAudienceStep(doors, last?.known ?? null, advance);
    const computed = new Map<number, AskedRule>();
    let [waiting, moved]: [Found[], number] = [[], 0];
    const flush = async (): Promise<void> => {
      const written = await keeper.keep(waiting, now);
      moved += written.moved.length;
      step.moved(written.moved);
      for (const audienceId of written.lost) computed.delete(audienceId);
      waiting = [];
    };
    for (const [each, next] of asked) {
      // Those it refers to come first.
      if (waiting.some(({ live: { standing } }) => each.uses.has(standing.audienceId))) await flush();
      try {
        const { rule, found } = await step.take(each, next, earlier(each));
        if (rule) computed.set(each.standing.audienceId, rule);
        if (found) waiting.push(found);
      } catch (error) {
        await keeper.fail(each, error);
      }
    }
    await flush();
    await pool.query('update audience_progress set fresh_at = $1', [changed.freshAt]);
    remembered = { seen: changed.seen, timeZone, known: step.known(), computed };
    changed.confirm();
    return moved;
  };
}
