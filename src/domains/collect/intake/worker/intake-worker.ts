import { setTimeout as sleep } from 'node:timers/promises';
import { readBrand } from '../../../../platform/settings.ts';
import type { Platform } from '../../../../platform/platform.ts';
import type { FreshBatch } from '../../facts/apply.ts';
import type { FactLog } from '../../facts/fact-log.ts';
import { createRequestSeal } from '../api/request-seal.ts';
import type { IntakeDoors } from './doors.ts';
import { readKeyNames, readOldest } from './intake-rows.ts';
import type { BatchSettings } from './make-facts.ts';
import { personalNames } from './personal/declared.ts';
import { prune } from './prune.ts';
import { runRound } from './round.ts';
import { refreshDue } from './summaries-due.ts';

const eventsAtOnce = 20_000;
const idleMs = 150;
const longestPauseMs = 5_000;
const pruneEveryMs = 3_600_000;
const settingsFreshForMs = 5_000;
/** Sealed batches that ClickHouse does not have yet; beyond this, sealing waits. */
const applyingAtMost = 4;

/** Turns what the tracking API has accepted into facts, in the order it came, for as long as it runs. */
export interface IntakeWorker {
  start(): void;
  /** Resolves when the round under way has ended. */
  stop(): Promise<void>;
  /** Works until nothing waits and everything is in ClickHouse; for tests and the command line. */
  drain(): Promise<void>;
}

export function createIntakeWorker(platform: Platform, facts: FactLog, doors: IntakeDoors): IntakeWorker {
  const { pg, log } = platform;
  const tools = { platform, facts, doors, seal: createRequestSeal(platform.secret) };
  const applying = new Set<Promise<void>>();
  let stopping = new AbortController();
  let loops: Promise<unknown> = Promise.resolve();
  let settings: BatchSettings | undefined;
  let settingsAtMs = -Infinity;

  const currentSettings = async (): Promise<BatchSettings> => {
    if (!settings || performance.now() - settingsAtMs > settingsFreshForMs) {
      const [names, { currency }, sources] = await Promise.all([personalNames(pg), readBrand(pg), readKeyNames(pg)]);
      settings = { personalNames: names, currency, sources };
      settingsAtMs = performance.now();
    }
    return settings;
  };
  const apply = (batch: FreshBatch): void => {
    const applied = facts.apply(batch)
      // Given up only when the log stops; the next start settles it.
      .catch(() => {})
      .finally(() => applying.delete(applied));
    applying.add(applied);
  };
  /** One round; false when nothing waited. */
  const work = async (): Promise<boolean> => {
    const rows = await readOldest(pg, eventsAtOnce);
    if (rows.length === 0) return false;
    for (const batch of await runRound({ ...tools, settings: await currentSettings() }, rows)) apply(batch);
    while (applying.size > applyingAtMost) await Promise.race(applying);
    return true;
  };
  const refresh = (): Promise<boolean> => refreshDue(pg, doors.refreshSummaries).then((count) => count > 0);

  /** Does `step` over and over; waits when there is nothing to do, longer when it fails. */
  const loop = async (step: () => Promise<boolean>, restMs: number, complaint: string): Promise<void> => {
    const { signal } = stopping;
    let pauseMs = 0;
    while (!signal.aborted) {
      try {
        pauseMs = (await step()) ? 0 : restMs;
      } catch (error) {
        if (signal.aborted) return;
        log.error({ err: error }, complaint);
        pauseMs = Math.min(Math.max(pauseMs * 2, 200), longestPauseMs);
      }
      if (pauseMs > 0) await sleep(pauseMs, undefined, { signal }).catch(() => {});
    }
  };
  return {
    start() {
      stopping = new AbortController();
      loops = Promise.all([
        loop(work, idleMs, 'accepted events could not be made facts; trying again'),
        loop(refresh, 500, 'customer totals could not be made again; trying again'),
        loop(() => prune(pg).then(() => false), pruneEveryMs, 'what is old could not be removed; trying again'),
      ]);
    },
    async stop() {
      stopping.abort();
      await loops;
      await Promise.allSettled(applying);
    },
    async drain() {
      while (await work());
      await Promise.all(applying);
      while (await refresh());
    },
  };
}
