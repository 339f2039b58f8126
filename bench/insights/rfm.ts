import type { EndpointReply } from '../../src/kernel/endpoint.ts';
import type { readRfmBoard, readRfmMonths } from '../../src/domains/insights/contract.ts';
import { computeModel } from '../input/compute-model.ts';
import type { InsightsBench } from '../input/insights-benchmark.ts';
import type { Figure } from '../run.ts';

/** Everybody scored, and scored as of the ends of twelve months, from asking to the result; then the page, moves, and who moved. */
export async function* measure({ platform, ask, figure }: InsightsBench): AsyncGenerator<Figure> {
  await platform.jobs.start(true);
  try {
    const scored = await computeModel(ask, 'rfm');
    const { board } = (await ask('GET', '/api/insights/rfm')).body as EndpointReply<typeof readRfmBoard>;
    yield figure('rfm.everybody', scored, 10, 's', { buyers: board?.buyers ?? 0 });
    yield figure('rfm.months', await computeModel(ask, 'rfm_months'), 180, 's');
    yield figure('rfm.page', (await ask('GET', '/api/insights/rfm')).ms, 200);
    const { months } = (await ask('GET', '/api/insights/rfm/months')).body as EndpointReply<typeof readRfmMonths>;
    const [from, to] = (months ?? []).slice(-3, -1).map(({ day }) => day);
    yield figure('rfm.moves', (await ask('GET', `/api/insights/rfm/moves?from=${from}&to=${to}`)).ms, 1_000);
    yield figure('rfm.people', (await ask('POST', '/api/insights/people', { of: { kind: 'rfm', segment: 'champions' } })).ms, 1_000);
    yield figure('rfm.whoMoved', (await ask('POST', '/api/insights/people', { of: { kind: 'rfm_move', from, to, was: 'loyal', is: 'at_risk' } })).ms, 1_000);
  } finally {
    await platform.jobs.stop();
  }
}
