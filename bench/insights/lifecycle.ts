import type { EndpointReply } from '../../src/kernel/endpoint.ts';
import type { readLifecycle } from '../../src/domains/insights/contract.ts';
import { computeModel } from '../input/compute-model.ts';
import type { InsightsBench } from '../input/insights-benchmark.ts';
import type { Figure } from '../run.ts';

/** States of everybody now and at the ends of twelve months and weeks, second purchases of every category; then moves and who moved. */
export async function* measure({ platform, ask, figure }: InsightsBench): AsyncGenerator<Figure> {
  await platform.jobs.start(true);
  try {
    yield figure('lifecycle.states', await computeModel(ask, 'lifecycle'), 180, 's');
    const { lifecycle } = (await ask('GET', '/api/insights/lifecycle')).body as EndpointReply<typeof readLifecycle>;
    const [from, to] = (lifecycle?.months ?? []).slice(-3, -1).map(({ day }) => day);
    yield figure('lifecycle.moves', (await ask('GET', `/api/insights/lifecycle/moves?from=${from}&to=${to}`)).ms, 1_000);
    yield figure('lifecycle.whoMoved', (await ask('POST', '/api/insights/people', { of: { kind: 'lifecycle_move', by: 'month', from, to, was: 'active', is: 'at_risk' } })).ms, 1_000);
    yield figure('repurchase.windows', await computeModel(ask, 'repurchase'), 180, 's');
    yield figure('repurchase.page', (await ask('GET', '/api/insights/repurchase')).ms, 200);
  } finally {
    await platform.jobs.stop();
  }
}
