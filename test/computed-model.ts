import { setTimeout as sleep } from 'node:timers/promises';
import { readModel, trainModel } from '../src/domains/insights/contract.ts';
import type { InsightsServer } from './insights-server.ts';

/** Has the worker of a test's own process compute a model, and waits for the end; answers with why it failed, or null. */
export async function computeModel(shop: InsightsServer, kind: string): Promise<string | null> {
  const asked = await shop.ask(trainModel, { params: { kind }, body: { params: {} } });
  if (asked.status !== 202) throw new Error(asked.text);
  return computedModel(shop, kind, asked.body.modelId);
}

/** Waits for the end of a run that was asked for. */
export async function computedModel(shop: InsightsServer, kind: string, modelId: number): Promise<string | null> {
  for (let waitedMs = 0; waitedMs < 60_000; waitedMs += 50) {
    const run = (await shop.ask(readModel, { params: { kind } })).body.history.find((each) => each.modelId === modelId);
    if (run && run.finishedAt !== null) return run.failure;
    await sleep(50);
  }
  throw new Error(`${kind} is still being computed`);
}
