import type { InsightsBench } from '../input/insights-benchmark.ts';
import { trainAndWait } from '../input/train.ts';

/** Preferences and purchasing power of everybody, from asking to the result, and the page that shows them. */
export async function* measure({ platform, ask, figure }: InsightsBench) {
  const { seconds, memoryBytes } = await trainAndWait(platform, ask, 'preference');
  const [{ people }] = (await platform.clickhouse.rows('select toUInt32(count()) as people from preference')) as { people: number }[];
  yield figure('preference.everybody', seconds, 300, 's', { people });
  yield figure('preference.memory', memoryBytes / 2 ** 30, 3, 'GiB');
  yield figure('preference.page', (await ask('GET', '/api/insights/preference')).ms, 200);
}
