import { setTimeout as sleep } from 'node:timers/promises';
import type { Platform } from '../../src/platform/platform.ts';
import type { InsightsBench } from './insights-benchmark.ts';

interface State { underWay: object | null; failed: { failure: string } | null }

const lookMs = 200;

/** Has a model computed by this process, and waits; answers with how long it took and the most memory that the engine used for one of its statements. */
export async function trainAndWait(platform: Platform, ask: InsightsBench['ask'], kind: string, params: object = {}): Promise<{ seconds: number; memoryBytes: number }> {
  await platform.jobs.start(true);
  try {
    const model = `/api/insights/models/${kind}`;
    const startedMs = performance.now();
    await ask('POST', model, { params });
    let memoryBytes = 0;
    for (;;) {
      const { underWay, failed } = (await ask('GET', model)).body as State;
      if (failed) throw new Error(failed.failure);
      if (!underWay) return { seconds: (performance.now() - startedMs) / 1_000, memoryBytes };
      const [{ most }] = (await platform.clickhouse.rows('select toString(max(peak_memory_usage)) as most from system.processes')) as { most: string }[];
      memoryBytes = Math.max(memoryBytes, Number(most));
      await sleep(lookMs);
    }
  } finally {
    await platform.jobs.stop();
  }
}
