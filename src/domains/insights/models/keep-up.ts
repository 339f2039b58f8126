import { systemActor } from '../../../kernel/actor.ts';
import { dayIn, startOfDay } from '../../../kernel/day.ts';
import type { Platform } from '../../../platform/platform.ts';
import { readBrand } from '../../../platform/settings.ts';
import type { ModelKind } from './model-kind.ts';
import { type RunRow, runsOf } from './store.ts';
import type { Train } from './train.ts';

/** Models are computed anew when people sleep: so many hours into the brand's day. */
const nightHours = 3.5;
/** What could not be computed is tried again when more data came, but not all the time: a brand that brings its first data in does not wait for long. */
const againMs = 60_000;

/**
 * Whether a model has to be computed by itself: the first time there is data, each night when data changed, and when what it
 * kept of people is gone.
 */
export function isDue(runs: readonly RunRow[], { dataVersion, now, timeZone, isGone }: { dataVersion: number; now: Date; timeZone: string; isGone: boolean }): boolean {
  const [latest] = runs;
  if (dataVersion === 0) return false;
  if (!latest) return true;
  if (latest.state === 'waiting' || latest.state === 'running') return false;
  const lastNight = startOfDay(dayIn(timeZone, new Date(now.getTime() - nightHours * 3_600_000)), timeZone).getTime() + nightHours * 3_600_000;
  if (latest.state === 'failed') return latest.dataVersion !== dataVersion && now.getTime() - latest.asOf.getTime() > againMs;
  if (isGone && now.getTime() - latest.asOf.getTime() > againMs) return true;
  return latest.dataVersion !== dataVersion && latest.asOf.getTime() < lastNight;
}

/** Data that keeps coming in is waited for so long, so that a model does not learn from the first half of a load. */
const mostPatienceMs = 600_000;

/** Has every model computed that is due, as soon as data stood still from one look to the next. */
export function createKeepUp({ pg: pool, clock }: Platform, kinds: ReadonlyMap<string, ModelKind>, dataVersion: () => Promise<number>, train: Train): () => Promise<void> {
  let seen = -1;
  let movingSinceMs: number | null = null;
  const standsStill = (version: number, nowMs: number): boolean => {
    movingSinceMs = version === seen ? null : (movingSinceMs ?? nowMs);
    seen = version;
    return movingSinceMs === null || nowMs - movingSinceMs > mostPatienceMs;
  };
  return async () => {
    const [version, { timeZone }] = await Promise.all([dataVersion(), readBrand(pool)]);
    if (standsStill(version, clock.now().getTime())) await trainDue(version, timeZone);
  };

  async function trainDue(version: number, timeZone: string): Promise<void> {
    for (const kind of kinds.values()) {
      const runs = await runsOf(pool, kind.kind);
      const current = runs.find(({ state }) => state === 'done');
      const isGone = current !== undefined && kind.isThere !== undefined && !(await kind.isThere(current.modelId, kind.result.parse(current.result)));
      if (isDue(runs, { dataVersion: version, now: clock.now(), timeZone, isGone })) await train(kind.kind, {}, systemActor);
    }
  }
}
