import { setTimeout as sleep } from 'node:timers/promises';
import type { InsightsBench } from './insights-benchmark.ts';

const lookMs = 50;

/** Has a model computed and waits for its end; answers with the seconds that took, from asking on. */
export async function computeModel(ask: InsightsBench['ask'], kind: string): Promise<number> {
  const url = `/api/insights/models/${kind}`;
  const startedMs = performance.now();
  await ask('POST', url, { params: {} });
  for (;;) {
    const { underWay, failed } = (await ask('GET', url)).body as { underWay: unknown; failed: { failure: string | null } | null };
    if (failed) throw new Error(failed.failure ?? `${kind} could not be computed`);
    if (!underWay) return (performance.now() - startedMs) / 1_000;
    await sleep(lookMs);
  }
}
