import { setTimeout as sleep } from 'node:timers/promises';
import type { EndpointReply } from '../src/kernel/endpoint.ts';
import { readModel, trainModel } from '../src/domains/insights/contract.ts';
import type { InsightsServer } from './insights-server.ts';

const lookMs = 30;
const mostMs = 60_000;
const working = new WeakSet<InsightsServer>();

/** Has a model computed by the worker of a test, and waits for it; answers with how it ended. */
export async function train(server: InsightsServer, kind: string, params: Record<string, unknown> = {}): Promise<EndpointReply<typeof readModel>['history'][number]> {
  const { platform, insights, ask } = server;
  if (!working.has(server)) await platform.jobs.start(true);
  working.add(server);
  insights.follow();
  const asked = await ask(trainModel, { params: { kind }, body: { params } });
  if (asked.status !== 202) throw new Error(asked.text);
  for (const endMs = performance.now() + mostMs; performance.now() < endMs; await sleep(lookMs)) {
    const { body } = await ask(readModel, { params: { kind } });
    const run = body.history.find(({ modelId }) => modelId === asked.body.modelId);
    if (run && run.finishedAt !== null) return run;
  }
  throw new Error(`The model ${kind} is not computed after ${mostMs} ms.`);
}
