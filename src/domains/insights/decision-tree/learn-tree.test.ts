import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../kernel/seeded-random.ts';
import type { Feature } from './cart/grow.ts';
import { nodeOf, nodesOf } from './cart/grow.ts';
import { heldOutOf, learnTree, qualityOf, questionOf } from './learn-tree.ts';
import type { Outcomes } from './read-sample.ts';

const goOn = async (): Promise<void> => {};
const people = 4_000;

/** People who buy again the likelier the later they bought last, and tea where they had tea before. */
function made(seed: number): { features: Feature[]; outcomes: Outcomes; recency: Float64Array } {
  const random = seededRandom(seed);
  const recency = Float64Array.from({ length: people }, () => Math.floor(random() * 300));
  const tea = Float64Array.from({ length: people }, () => (random() < 0.4 ? 1 : 0));
  const bought = Uint8Array.from({ length: people }, (_, i) =>
    random() < (recency[i] < 60 ? 0.6 : 0.1) + 0.3 * tea[i] ? 1 : 0,
  );
  const rare = ['坚果', '零食', '酒水', '母婴', '宠物', '图书', '鲜花'];
  const category = Array.from(bought, (one, i) => {
    if (one === 0) return '';
    return random() < 0.8 ? (tea[i] === 1 ? '茶叶' : '咖啡') : rare[Math.floor(random() * rare.length)];
  });
  const spend = Float64Array.from(bought, (one, i) => (one === 1 ? 50 + 100 * tea[i] + random() : 0));
  const noise = Float64Array.from({ length: people }, () => random() * 1_000);
  const features = [recency, tea, noise].map((values, i): Feature => ({ values, isWhole: i < 2 }));
  return { features, outcomes: { bought, category, spend }, recency };
}

describe('what a tree is asked', () => {
  it('is whether somebody buys again, of everybody', () => {
    const { outcomes } = made(1);
    const question = questionOf('again', outcomes, 30);
    expect(question.classes).toEqual(['no', 'yes']);
    expect(question.rows).toHaveLength(people);
    expect(question.target.of).toBe(outcomes.bought);
  });

  it('is the category of who bought: the commonest by name, and the rest as one', () => {
    const { outcomes } = made(2);
    const { classes, rows, target } = questionOf('category', outcomes, 30);
    expect(classes).toHaveLength(7);
    expect(classes.at(-1)).toBe('');
    expect([...rows].every((row) => outcomes.category[row] !== '')).toBe(true);
    const counts = Map.groupBy(rows, (row) => outcomes.category[row]);
    const sizes = classes.slice(0, -1).map((name) => counts.get(name)!.length);
    expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
    for (const row of rows) {
      const at = classes.indexOf(outcomes.category[row]);
      expect(target.of[row]).toBe(at < 0 ? classes.length - 1 : at);
    }
  });

  it('is the money of everybody, also of who spends nothing', () => {
    const { outcomes } = made(3);
    expect(questionOf('spend', outcomes, 30)).toMatchObject({
      classes: [],
      target: { kind: 'number', of: outcomes.spend },
    });
  });

  it('has an answer, or is refused', () => {
    const all = (count: number, is: number): Outcomes => ({
      bought: new Uint8Array(count).fill(is),
      category: new Array<string>(count).fill(is === 1 ? '茶叶' : ''),
      spend: new Float64Array(count),
    });
    const codeOf = (kind: 'again' | 'category' | 'spend', outcomes: Outcomes): string => {
      try {
        questionOf(kind, outcomes, 30);
        return 'asked';
      } catch (error) {
        return (error as { code: string }).code;
      }
    };
    expect(codeOf('again', all(199, 1))).toBe('insights.tree_small_base');
    expect(codeOf('again', all(500, 0))).toBe('insights.tree_nobody_again');
    expect(codeOf('spend', all(500, 0))).toBe('insights.tree_nobody_again');
    expect(codeOf('again', all(500, 1))).toBe('insights.tree_everybody_again');
    expect(codeOf('category', all(500, 1))).toBe('insights.tree_one_category');
    expect(codeOf('spend', all(500, 1))).toBe('asked');
  });
});

describe('a tree that was learnt', () => {
  it('is measured by people it has not seen, as plain counting measures it', async () => {
    const { features, outcomes, recency } = made(4);
    const question = questionOf('again', outcomes, 30);
    const learnt = await learnTree(features, question, { impurity: 'gini', depth: 4 }, seededRandom(1), goOn);
    const { tree, heldOut, trained } = learnt;
    expect(heldOut.length + trained.length).toBe(people);
    expect(Math.abs(heldOut.length / people - 0.3)).toBeLessThan(0.03);
    const quality = qualityOf(tree, features, question, heldOut, recency);
    const shareOf = (row: number): number => {
      const { sums } = nodeOf(tree, (feature) => features[feature].values[row]);
      return sums[1] / (sums[0] + sums[1]);
    };
    const said = Array.from(heldOut, (row) => ({ share: shareOf(row), is: outcomes.bought[row], days: recency[row] }));
    expect(quality.accuracy).toBeCloseTo(
      said.filter(({ share, is }) => (share > 0.5 ? 1 : 0) === is).length / said.length,
      10,
    );
    const always = tree.sums[1] / (tree.sums[0] + tree.sums[1]);
    expect(quality.accuracyBaseline).toBeCloseTo(
      said.filter(({ is }) => is === (always > 0.5 ? 1 : 0)).length / said.length,
      10,
    );
    const errorOf = (of: (one: (typeof said)[number]) => number): number =>
      said.reduce((sum, one) => sum + (of(one) - one.is) ** 2, 0);
    expect(quality.explained).toBeCloseTo(1 - errorOf(({ share }) => share) / errorOf(() => always), 10);
    const aucOf = (of: (one: (typeof said)[number]) => number): number => {
      const [yes, no] = [said.filter(({ is }) => is === 1), said.filter(({ is }) => is === 0)];
      let wins = 0;
      for (const one of yes) for (const other of no) wins += of(one) > of(other) ? 1 : of(one) === of(other) ? 0.5 : 0;
      return wins / yes.length / no.length;
    };
    // Shares that differ in the last digit only are one share to the tree.
    expect(quality.auc).toBeCloseTo(
      aucOf(({ share }) => Math.fround(share)),
      10,
    );
    expect(quality.aucByRecency).toBeCloseTo(
      aucOf(({ days }) => -days),
      10,
    );
    expect(quality.auc!).toBeGreaterThan(quality.aucByRecency!);
    const held = heldOutOf(tree, features, question.target, 'gini', heldOut);
    for (const node of nodesOf(tree)) {
      const own = heldOut.filter(
        (row) =>
          nodeOf(
            tree,
            (feature) => features[feature].values[row],
            (at) => at === node,
          ) === node,
      );
      expect(held.get(node)?.rows).toBe(own.length);
      expect(held.get(node)?.said?.[1]).toBeCloseTo(
        own.filter((row) => outcomes.bought[row] === 1).length / own.length,
        10,
      );
    }
  });

  it('of categories has no area, and of money neither right answers nor an area', async () => {
    const { features, outcomes, recency } = made(5);
    for (const kind of ['category', 'spend'] as const) {
      const question = questionOf(kind, outcomes, 30);
      const { tree, heldOut } = await learnTree(
        features,
        question,
        { impurity: 'entropy', depth: 3 },
        seededRandom(1),
        goOn,
      );
      const quality = qualityOf(tree, features, question, heldOut, recency);
      expect(quality).toMatchObject({ auc: null, aucByRecency: null });
      expect(quality.explained).toBeGreaterThan(0.1);
      if (kind === 'category') expect(quality.accuracy!).toBeGreaterThan(quality.accuracyBaseline! + 0.1);
      else expect(quality.accuracy).toBeNull();
    }
  });
});
