import { Bitmap } from '../../../kernel/bitmap/bitmap.ts';
import { dayIn } from '../../../kernel/day.ts';
import { readBrand } from '../../../platform/settings.ts';
import { resolveRule } from '../resolve/resolve.ts';
import type { ResolvedRule } from '../resolve/resolved.ts';
import type { StoredSets } from '../set/evaluator.ts';
import { type Live, makeDue, readLive } from './audiences-to-keep.ts';
import { createComputing, type LiveDoors, type Task } from './compute.ts';
import { type Dependencies, dependenciesOf } from './dependencies.ts';
import { noNews, readNews } from './news.ts';
import { readProgress, writeProgress } from './progress.ts';
import { type Changed, createWhatChanged } from './what-changed.ts';

/** From so many people on everybody is asked about at once. */
const manyPeople = 5_000;
/** For how long audiences are computed as a whole before new facts are looked at again. */
const wholeForMs = 3_000;

/** Brings live audiences up to date with what happened since the last round; returns how many of them moved. */
export function createRound(doors: LiveDoors): () => Promise<number> {
  const { platform, fields, sets } = doors;
  const { pg: pool, clock } = platform;
  const computing = createComputing(doors);
  const whatChanged = createWhatChanged(platform);

  return async () => {
    const now = clock.now();
    const progress = await readProgress(pool);
    const changed = await whatChanged(progress);
    if (!changed) return 0;
    const { timeZone } = await readBrand(pool);
    const live = await readLive(pool, (rule) => dependenciesOf(rule, fields));
    const minute = new Date(Math.floor(now.getTime() / 60_000) * 60_000);
    const due = new Set(await dueNow(live, changed, progress.minute, minute, timeZone, sets));
    await makeDue(pool, [...due].filter((each) => !each.isDue).map((each) => each.standing.audienceId));
    const resolve = (each: Live): ResolvedRule => resolveRule(each.rule, fields, { now, timeZone, untilMs: null });
    const until = performance.now() + wholeForMs;
    const waiting: Task[] = [];
    let moved = 0;
    for (const each of live) {
      const { standing: { audienceId }, dependencies } = each;
      if (due.has(each) && (!computing.mayTry(audienceId) || performance.now() > until)) continue;
      // Those it refers to come first; all others may be asked about at once.
      if (waiting.some((task) => dependencies.audiences.has(task.live.standing.audienceId))) moved += await computing.some(waiting.splice(0), now);
      try {
        const news = dependencies.audiences.size > 0 ? await readNews(pool, audienceId) : noNews;
        const people = news.people && Bitmap.union([news.people, ...concerned(dependencies, changed)]);
        if (due.has(each) || people === null || people.size > manyPeople) moved += (await computing.whole(each, news, resolve(each), now)) ? 1 : 0;
        else if (people.size > 0 || news.upTo.length > 0) waiting.push({ live: each, rule: resolve(each), people, news });
      } catch (error) {
        await computing.fail(each, error);
      }
    }
    moved += await computing.some(waiting, now);
    await writeProgress(pool, { ...changed.seen, minute }, changed.freshAt);
    changed.confirm();
    return moved;
  };
}

/** Whose membership of an audience may be another than it was. */
const concerned = ({ events, lines, facts }: Dependencies, changed: Changed): Bitmap[] => [
  changed.customers,
  ...(lines || facts ? [changed.lines] : []),
  ...[...changed.events].filter(([name]) => facts || events.has(name)).map(([, people]) => people),
];

/** Who has to be computed as a whole: by the data, by the passing of time, or because somebody said so. */
async function dueNow(live: readonly Live[], changed: Changed, last: Date | null, minute: Date, timeZone: string, sets: StoredSets): Promise<Live[]> {
  const isNewMinute = last === null || last < minute;
  const isNewDay = last === null || dayIn(timeZone, last) !== dayIn(timeZone, minute);
  const due: Live[] = [];
  for (const each of live) {
    const { clock, tags } = each.dependencies;
    const byTime = clock === 'minute' ? isNewMinute : clock === 'day' && isNewDay;
    if (each.isDue || changed.isWhole || byTime || (isNewMinute && (await hasComputed(tags, sets)))) due.push(each);
  }
  return due;
}

/** Computed tags change by themselves; what they say is taken up each minute. */
async function hasComputed(tags: ReadonlySet<number>, sets: StoredSets): Promise<boolean> {
  for (const tag of tags) if ((await sets.tag(tag).catch(() => null)) !== null) return true;
  return false;
}
