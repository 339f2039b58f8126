import { setImmediate as nextTurn } from 'node:timers/promises';
import { addDays, dayIn } from '../../../kernel/day.ts';
import { seededRandom } from '../../../kernel/seeded-random.ts';
import { readBrand } from '../../../platform/settings.ts';
import { treeParams, type TreeResult, treeResult } from '../contract/decision-tree.ts';
import { modelKind, type ModelRun } from '../models/model-kind.ts';
import type { InsightsDoors } from '../part.ts';
import { predictionOf } from './cart/criterion.ts';
import { type Feature, importanceOf } from './cart/grow.ts';
import { featuresOf, type TreeFeature } from './features.ts';
import { heldOutOf, type LearntTree, learnTree, qualityOf, type Question, questionOf } from './learn-tree.ts';
import { baseRule, placedNodes, ruleOfPath } from './path-rules.ts';
import { readOutcomes, readSample, readTreeValues, type Window } from './read-sample.ts';

type Doors = Pick<InsightsDoors, 'platform' | 'audiences'>;

/** So many people are learnt from and tried on; more make the same tree. */
const mostPeople = 40_000;
const seed = 1;

/** A tree that is learnt from what people did lately, and asked of everybody today. */
export const decisionTreeKind = (doors: Doors) => modelKind({
  kind: 'decision_tree',
  params: treeParams,
  result: treeResult,
  begins: { reading: 0, fitting: 0.3, keeping: 0.8 },
  run: (run) => computeTree(doors, run as ModelRun<TreeResult['params']>),
});

async function computeTree({ platform, audiences }: Doors, { params, asOf, tell, signal }: ModelRun<TreeResult['params']>): Promise<TreeResult> {
  const { reader, pg } = platform;
  const { timeZone } = await readBrand(pg);
  const until = addDays(dayIn(timeZone, asOf), -1);
  const window: Window = { cutoff: addDays(until, -params.days), until, timeZone };
  const pause = async (): Promise<void> => {
    await nextTurn();
    signal.throwIfAborted();
  };
  const within = params.audienceId === null ? null : await audiences.ruleOf(params.audienceId);
  const everybody = await audiences.peopleOf(baseRule(within), window.cutoff);
  const random = seededRandom(seed);
  const people = Uint32Array.from(everybody.sample(mostPeople, random)).sort();
  const outcomes = await readOutcomes(reader, people, window);
  const question = questionOf(params.target, outcomes, params.days);
  const features = featuresOf(await readTreeValues(reader, window));
  const columns = await readSample(reader, features, people, window, (share) => tell('reading', share));
  const rows = features.map(({ isWhole }, i): Feature => ({ values: columns[i], isWhole }));
  await tell('fitting', 0);
  let told = 0;
  const learnt = await learnTree(rows, question, params, random, async () => {
    await pause();
    // Told now and then: how many steps there are is not known.
    if (++told % 50 === 0) await tell('fitting', Math.min(0.99, told / 2_000));
  });
  await tell('keeping', 0);
  const shown = await shownNodes(audiences, features, rows, question, learnt, params, within, (share) => tell('keeping', share));
  const importance = importanceOf(learnt.tree, features.length).map((share, i) => ({ key: features[i].key, share })).filter(({ share }) => share > 0);
  return {
    params, cutoff: window.cutoff, until, people: everybody.size, trained: learnt.trained.length, heldOut: learnt.heldOut.length, classes: question.classes,
    nodes: shown,
    importance: importance.toSorted((a, b) => b.share - a.share),
    quality: qualityOf(learnt.tree, rows, question, learnt.heldOut, columns[features.findIndex(({ key }) => key === 'last_order')]),
    sizes: learnt.sizes.map(({ leaves, loss, error }) => ({ leaves, loss, error })), chosen: learnt.chosen,
  };
}

/** Nodes with their rules, and how many people of today each means. */
async function shownNodes(audiences: Doors['audiences'], features: readonly TreeFeature[], rows: readonly Feature[], { target }: Question, { tree, heldOut }: LearntTree, { impurity }: TreeResult['params'], within: Parameters<typeof ruleOfPath>[2], tell: (share: number) => Promise<void>): Promise<TreeResult['nodes']> {
  const placed = placedNodes(tree);
  const held = heldOutOf(tree, rows, target, impurity, heldOut);
  const nodes: TreeResult['nodes'] = [];
  for (const { id, parent, isYes, depth, node, bounds } of placed) {
    await tell(id / placed.length);
    const rule = ruleOfPath(bounds, features, within);
    const { split } = node;
    const own = held.get(node);
    nodes.push({
      id, parent, isYes, depth, rule,
      question: split && { key: features[split.feature].key, rule: features[split.feature].atLeast(split.atLeast) },
      trained: target.kind === 'number' ? node.sums[0] : node.sums.reduce((sum, count) => sum + count, 0),
      said: predictionOf(target, node.sums), heldOut: own?.rows ?? 0, heldOutSaid: own?.said ?? null,
      people: (await audiences.peopleOf(rule)).size,
    });
  }
  return nodes;
}
