import type { InsightsBench } from '../input/insights-benchmark.ts';
import { trainAndWait } from '../input/train.ts';

interface Shown { result: { nodes: object[]; trained: number } }

/** A tree from asking to the result: features of a sample, ten-fold cross-validation, and everybody of today counted leaf by leaf. */
export async function* measure({ platform, ask, figure }: InsightsBench) {
  const { seconds } = await trainAndWait(platform, ask, 'decision_tree', { days: 30 });
  const { ms, body } = await ask('GET', '/api/insights/decision-tree');
  const { nodes, trained } = (body as Shown).result;
  yield figure('decision_tree.learnt', seconds, 120, 's', { trained, nodes: nodes.length });
  yield figure('decision_tree.page', ms, 500);
}
