import { setTimeout as sleep } from 'node:timers/promises';
import type { EndpointReply } from '../../src/kernel/endpoint.ts';
import type { readLifetimeValue, readModel } from '../../src/domains/insights/contract.ts';
import type { Figure } from '../run.ts';
import type { InsightsBench } from '../input/insights-benchmark.ts';

const lookMs = 100;
const targetSeconds = 60;
const models = '/api/insights/models/lifetime_value';

/** Lifetime value from asking to the result, by either model: everybody's history, fits, the trial, a score for each. And the page that shows it. */
export async function* measure({ platform, ask, figure, insights, rounds }: InsightsBench): AsyncGenerator<Figure> {
  await platform.jobs.start(true);
  try {
    for (const model of ['bg_nbd', 'pareto_nbd']) {
      const startedMs = performance.now();
      await ask('POST', models, { params: { model } });
      for (;;) {
        const { underWay, failed } = (await ask('GET', models)).body as EndpointReply<typeof readModel>;
        if (failed) throw new Error(failed.failure ?? 'the model could not be computed');
        if (!underWay) break;
        await sleep(lookMs);
      }
      const seconds = (performance.now() - startedMs) / 1000;
      const { current } = (await ask('GET', '/api/insights/lifetime-value')).body as EndpointReply<typeof readLifetimeValue>;
      const { buyers = 0, trial = null } = current?.result ?? {};
      yield figure(`lifetime_value.${model}`, seconds, targetSeconds, 's', { buyers, bias: Math.round(((trial?.model.expected ?? 0) / (trial?.actual ?? 1) - 1) * 1000) / 1000 });
    }
    insights.follow();
    await sleep(3_000);
    const best = async (name: string, target: number, work: () => Promise<{ ms: number }>): Promise<Figure> => {
      const times = [];
      for (let round = 0; round < rounds; round++) times.push((await work()).ms);
      return figure(`lifetime_value.${name}`, Math.min(...times), target);
    };
    yield await best('page', 200, () => ask('GET', '/api/insights/lifetime-value'));
    yield await best('people', 1_000, () => ask('POST', '/api/insights/people', { of: { kind: 'lifetime_value', tenths: [10] } }));
  } finally {
    await platform.jobs.stop();
  }
}
