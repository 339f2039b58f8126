import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../../kernel/seeded-random.ts';
import { chooseTree } from './choose-size.ts';
import { type Criterion, criterionOf, type ImpurityName, lossOf, predictionOf, type Target } from './criterion.ts';
import { type Feature, growTree as growOf, importanceOf, ordersOf, type TreeLimits, nodeOf, nodesOf, type TreeNode } from './grow.ts';
import { leavesOf, prunedAt, pruningsOf } from './prune.ts';
import { thresholdBetween } from './threshold.ts';

const goOn = async (): Promise<void> => {};
const growTree = async (
  features: readonly Feature[],
  criterion: Criterion,
  rows: Uint32Array,
  limits: TreeLimits,
  pause: () => Promise<void>,
): Promise<TreeNode> => growOf(features, criterion, await ordersOf(features, rows, pause), limits, pause);
const allOf = (count: number): Uint32Array => Uint32Array.from({ length: count }, (_, i) => i);

/** Impurity times rows, as the definitions have it. */
function plainTotal(target: Target, impurity: ImpurityName, rows: readonly number[]): number {
  if (rows.length === 0) return 0;
  if (target.kind === 'number') {
    const mean = rows.reduce((sum, row) => sum + target.of[row], 0) / rows.length;
    return rows.reduce((sum, row) => sum + (target.of[row] - mean) ** 2, 0);
  }
  const shares = Array.from(
    { length: target.classes },
    (_, one) => rows.filter((row) => target.of[row] === one).length / rows.length,
  );
  return (
    rows.length *
    (impurity === 'gini'
      ? 1 - shares.reduce((sum, p) => sum + p * p, 0)
      : -shares.reduce((sum, p) => sum + (p > 0 ? p * Math.log(p) : 0), 0))
  );
}

/** The greatest decrease that any limit on any feature makes. */
function bestByTrying(
  features: readonly Feature[],
  target: Target,
  impurity: ImpurityName,
  rows: readonly number[],
  minLeaf: number,
): number {
  let most = 0;
  for (const { values } of features) {
    for (const limit of new Set(rows.map((row) => values[row]).filter((value) => !Number.isNaN(value)))) {
      const [yes, no] = [rows.filter((row) => values[row] >= limit), rows.filter((row) => !(values[row] >= limit))];
      if (yes.length < minLeaf || no.length < minLeaf) continue;
      most = Math.max(
        most,
        plainTotal(target, impurity, rows) - plainTotal(target, impurity, yes) - plainTotal(target, impurity, no),
      );
    }
  }
  return most;
}

const impurity = fc.constantFrom<ImpurityName>('gini', 'entropy');
const value = fc.oneof(
  fc.integer({ min: -3, max: 3 }),
  fc.double({ min: -5, max: 5, noNaN: true }),
  fc.constant(Number.NaN),
);
const dataset = fc
  .record({
    rows: fc.integer({ min: 2, max: 24 }),
    width: fc.integer({ min: 1, max: 4 }),
    isNumber: fc.boolean(),
    seed: fc.integer(),
  })
  .chain(({ rows, width, isNumber, seed }) => {
    const random = seededRandom(seed);
    const target: Target = isNumber
      ? { kind: 'number', of: Float64Array.from({ length: rows }, () => Math.round(random() * 20) / 4) }
      : { kind: 'class', classes: 3, of: Uint8Array.from({ length: rows }, () => Math.floor(random() * 3)) };
    return fc
      .array(fc.array(value, { minLength: rows, maxLength: rows }), { minLength: width, maxLength: width })
      .map((columns) => ({
        rows,
        target,
        features: columns.map((column): Feature => ({ values: Float64Array.from(column), isWhole: false })),
      }));
  });

/** Rows of each node as they fall through the tree. */
function rowsByNode(tree: TreeNode, features: readonly Feature[], count: number): Map<TreeNode, number[]> {
  const found = new Map<TreeNode, number[]>([...nodesOf(tree)].map((node) => [node, []]));
  for (let row = 0; row < count; row++)
    for (const node of found.keys())
      if (
        nodeOf(
          tree,
          (feature) => features[feature].values[row],
          (at) => at === node,
        ) === node
      )
        found.get(node)?.push(row);
  return found;
}

describe('a tree', () => {
  it('parts every node where trying all limits of all features parts it best', async () => {
    await fc.assert(
      fc.asyncProperty(
        dataset,
        impurity,
        fc.integer({ min: 1, max: 4 }),
        async ({ rows, target, features }, name, minLeaf) => {
          const criterion = criterionOf(target, name);
          const tree = await growTree(features, criterion, allOf(rows), { depth: 3, minLeaf }, goOn);
          const own = rowsByNode(tree, features, rows);
          for (const node of nodesOf(tree)) {
            const members = own.get(node) ?? [];
            expect(criterion.rowsOf(node.sums)).toBe(members.length);
            expect(criterion.total(node.sums)).toBeCloseTo(plainTotal(target, name, members), 8);
            if (!node.split) continue;
            expect(node.split.gain).toBeCloseTo(bestByTrying(features, target, name, members, minLeaf), 8);
            expect(
              plainTotal(target, name, members) -
                criterion.total(node.split.yes.sums) -
                criterion.total(node.split.no.sums),
            ).toBeCloseTo(node.split.gain, 8);
            for (const side of [node.split.yes, node.split.no])
              expect(criterion.rowsOf(side.sums)).toBeGreaterThanOrEqual(minLeaf);
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it('stops only where nothing is gained, nobody is left, or it is deep enough', async () => {
    await fc.assert(
      fc.asyncProperty(dataset, impurity, async ({ rows, target, features }, name) => {
        const tree = await growTree(features, criterionOf(target, name), allOf(rows), { depth: 30, minLeaf: 1 }, goOn);
        const own = rowsByNode(tree, features, rows);
        for (const leaf of leavesOf(tree))
          expect(bestByTrying(features, target, name, own.get(leaf) ?? [], 1)).toBeCloseTo(0, 7);
      }),
      { numRuns: 100 },
    );
    const count: Feature = { values: Float64Array.from({ length: 64 }, (_, i) => i), isWhole: true };
    const target: Target = { kind: 'number', of: Float64Array.from({ length: 64 }, (_, i) => i * i) };
    for (const depth of [0, 1, 2, 3])
      expect(
        leavesOf(await growTree([count], criterionOf(target, 'gini'), allOf(64), { depth, minLeaf: 1 }, goOn)),
      ).toHaveLength(2 ** depth);
  });

  it('is the same every time, and lets others work meanwhile', async () => {
    const random = seededRandom(6);
    const features = Array.from({ length: 20 }, (): Feature => ({
      values: Float64Array.from({ length: 3_000 }, () => Math.floor(random() * 50)),
      isWhole: true,
    }));
    const target: Target = {
      kind: 'class',
      classes: 2,
      of: Uint8Array.from({ length: 3_000 }, (_, row) => (features[3].values[row] + 30 * random() > 40 ? 1 : 0)),
    };
    let pauses = 0;
    const grow = () =>
      chooseTree(
        features,
        target,
        criterionOf(target, 'gini'),
        allOf(3_000),
        { depth: 4, minLeaf: 30 },
        seededRandom(1),
        async () => void pauses++,
      );
    expect(await grow()).toEqual(await grow());
    expect(pauses).toBeGreaterThan(20);
  });

  it('ends when it is told to', async () => {
    const features = [{ values: Float64Array.from({ length: 300_000 }, (_, i) => i % 97), isWhole: true }];
    const target: Target = { kind: 'class', classes: 2, of: Uint8Array.from({ length: 300_000 }, (_, i) => i % 2) };
    await expect(
      growTree(features, criterionOf(target, 'gini'), allOf(300_000), { depth: 3, minLeaf: 1 }, () =>
        Promise.reject(new Error('enough')),
      ),
    ).rejects.toThrow('enough');
  });

  it('of the passengers of the Titanic is the one that every textbook draws', async () => {
    // Counts of the Board of Trade's inquiry (1912), after R. J. M. Dawson, Journal of Statistics Education 3(3), 1995.
    const classes = ['first', 'second', 'third', 'crew'];
    const counts: [isMan: number, isAdult: number, survived: number, byClass: number[]][] = [
      [1, 0, 0, [0, 0, 35, 0]],
      [0, 0, 0, [0, 0, 17, 0]],
      [1, 1, 0, [118, 154, 387, 670]],
      [0, 1, 0, [4, 13, 89, 3]],
      [1, 0, 1, [5, 11, 13, 0]],
      [0, 0, 1, [1, 13, 14, 0]],
      [1, 1, 1, [57, 14, 75, 192]],
      [0, 1, 1, [140, 80, 76, 20]],
    ];
    const people = counts.flatMap(([isMan, isAdult, survived, byClass]) =>
      byClass.flatMap((count, at) => Array.from({ length: count }, () => ({ isMan, isAdult, survived, at }))),
    );
    expect(people).toHaveLength(2_201);
    const column = (of: (one: (typeof people)[number]) => number): Feature => ({
      values: Float64Array.from(people, of),
      isWhole: true,
    });
    const features = [
      column(({ isMan }) => isMan),
      column(({ isAdult }) => isAdult),
      ...classes.map((_, at) => column((one) => (one.at === at ? 1 : 0))),
    ];
    const target: Target = { kind: 'class', classes: 2, of: Uint8Array.from(people, ({ survived }) => survived) };
    const tree = await growTree(
      features,
      criterionOf(target, 'gini'),
      allOf(people.length),
      { depth: 3, minLeaf: 7 },
      goOn,
    );
    // Sex first; of men whether they were grown up; of boys, and of women, the third class.
    expect(tree.sums).toEqual([1_490, 711]);
    expect(tree.split).toMatchObject({ feature: 0, atLeast: 1, yes: { sums: [1_364, 367] }, no: { sums: [126, 344] } });
    expect(tree.split?.yes.split).toMatchObject({ feature: 1, yes: { sums: [1_329, 338] }, no: { sums: [35, 29] } });
    expect(tree.split?.yes.split?.no.split).toMatchObject({
      feature: 4,
      yes: { sums: [35, 13] },
      no: { sums: [0, 16] },
    });
    expect(tree.split?.no.split).toMatchObject({ feature: 4, yes: { sums: [106, 90] }, no: { sums: [20, 254] } });
    expect(importanceOf(tree, features.length)[0]).toBeGreaterThan(0.7);
    expect(importanceOf(tree, features.length).reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 12);
  });
});

describe('pruning', () => {
  /** Every tree that comes of one by making nodes leaves. */
  function* subtrees(node: TreeNode): Generator<TreeNode> {
    yield { sums: node.sums, split: null };
    if (node.split)
      for (const yes of subtrees(node.split.yes))
        for (const no of subtrees(node.split.no)) yield { sums: node.sums, split: { ...node.split, yes, no } };
  }

  it('leaves the smallest of the trees that cost least, at every complexity', async () => {
    await fc.assert(
      fc.asyncProperty(dataset, impurity, async ({ rows, target, features }, name) => {
        const criterion: Criterion = criterionOf(target, name);
        const tree = await growTree(features, criterion, allOf(rows), { depth: 3, minLeaf: 1 }, goOn);
        const prunings = pruningsOf(tree, criterion);
        const costOf = (of: TreeNode, alpha: number): number =>
          leavesOf(of).reduce((sum, leaf) => sum + criterion.total(leaf.sums) / rows + alpha, 0);
        const { alphas } = prunings;
        expect(alphas).toEqual(alphas.toSorted((a, b) => a - b));
        const tried = [...alphas.map((alpha, i) => (alpha + (alphas[i + 1] ?? alpha + 1)) / 2), 1e9];
        for (const alpha of tried) {
          const pruned = prunedAt(tree, prunings, alpha);
          const best = [...subtrees(tree)].map((of) => ({ cost: costOf(of, alpha), leaves: leavesOf(of).length }));
          const least = Math.min(...best.map(({ cost }) => cost));
          expect(costOf(pruned, alpha)).toBeCloseTo(least, 9);
          expect(leavesOf(pruned).length).toBe(
            Math.min(...best.filter(({ cost }) => cost <= least + 1e-10).map(({ leaves }) => leaves)),
          );
        }
        expect(leavesOf(prunedAt(tree, prunings, Infinity))).toHaveLength(1);
      }),
      { numRuns: 150 },
    );
  });

  /** Rows of six features of which two decide, by a tree that is known. */
  function planted(count: number, seed: number): { features: Feature[]; target: Target; chances: number[] } {
    const random = seededRandom(seed);
    const features = Array.from({ length: 6 }, (_, i): Feature => ({
      isWhole: i < 3,
      values: Float64Array.from({ length: count }, () => (i < 3 ? Math.floor(random() * 20) : random() * 200)),
    }));
    const chances = Array.from({ length: count }, (_, row) =>
      features[1].values[row] >= 12 ? 0.8 : features[4].values[row] >= 50 ? 0.35 : 0.05,
    );
    return {
      features,
      chances,
      target: { kind: 'class', classes: 2, of: Uint8Array.from(chances, (chance) => (random() < chance ? 1 : 0)) },
    };
  }

  it('by cross-validation finds the tree that rows were made by', async () => {
    const { features, target } = planted(6_000, 3);
    for (const name of ['gini', 'entropy'] as const) {
      const { tree, sizes, chosen } = await chooseTree(
        features,
        target,
        criterionOf(target, name),
        allOf(6_000),
        { depth: 5, minLeaf: 50 },
        seededRandom(2),
        goOn,
      );
      expect(sizes[chosen].leaves, name).toBe(3);
      expect(tree.split).toMatchObject({
        feature: 1,
        atLeast: 12,
        yes: { split: null },
        no: { split: { feature: 4, yes: { split: null }, no: { split: null } } },
      });
      expect(Math.abs((tree.split?.no.split?.atLeast ?? 0) - 50)).toBeLessThan(3);
      const shares = leavesOf(tree).map((leaf) => predictionOf(target, leaf.sums)[1]);
      [0.8, 0.35, 0.05].forEach((chance, i) => expect(Math.abs(shares[i] - chance), name).toBeLessThan(0.03));
      // What it says of rows it has not seen costs hardly more than what made them.
      const fresh = planted(20_000, 99);
      const loss = (of: (row: number) => number[]): number =>
        fresh.chances.reduce((sum, _, row) => sum + lossOf(fresh.target, of(row), row), 0) / 20_000;
      const treeLoss = loss((row) =>
        predictionOf(target, nodeOf(tree, (feature) => fresh.features[feature].values[row]).sums),
      );
      expect(treeLoss - loss((row) => [1 - fresh.chances[row], fresh.chances[row]])).toBeLessThan(0.005);
    }
  });

  it('leaves the root alone where nothing tells anything', async () => {
    const { features } = planted(3_000, 5);
    const random = seededRandom(17);
    const targets: Target[] = [
      { kind: 'class', classes: 2, of: Uint8Array.from({ length: 3_000 }, () => (random() < 0.3 ? 1 : 0)) },
      { kind: 'number', of: Float64Array.from({ length: 3_000 }, () => random()) },
    ];
    for (const target of targets) {
      const { tree, sizes } = await chooseTree(
        features,
        target,
        criterionOf(target, 'gini'),
        allOf(3_000),
        { depth: 5, minLeaf: 20 },
        seededRandom(1),
        goOn,
      );
      expect(tree.split).toBeNull();
      expect(sizes[0].leaves).toBeGreaterThan(5);
    }
  });
});

describe('a limit', () => {
  it('lies above the lower value and not above the higher one, whatever they are', () => {
    const cents = fc.integer({ min: -9_999_999, max: 9_999_999 }).map((whole) => whole / 10_000);
    fc.assert(
      fc.property(cents, cents, (a, b) => {
        fc.pre(a !== b);
        const [low, high] = [Math.min(a, b), Math.max(a, b)];
        const limit = thresholdBetween(low, high, false);
        expect(limit > low && limit <= high).toBe(true);
        expect(Number(limit.toFixed(4))).toBe(limit);
      }),
    );
    fc.assert(
      fc.property(fc.integer(), fc.integer(), (a, b) => {
        fc.pre(a !== b);
        const limit = thresholdBetween(Math.min(a, b), Math.max(a, b), true);
        expect(limit > Math.min(a, b) && limit <= Math.max(a, b) && Number.isInteger(limit)).toBe(true);
      }),
    );
  });

  it('is round where there is room', () => {
    expect(thresholdBetween(2, 3, true)).toBe(3);
    expect(thresholdBetween(98.7, 103.2, false)).toBe(100);
    expect(thresholdBetween(187, 211, true)).toBe(200);
    expect(thresholdBetween(0, 1, true)).toBe(1);
    expect(thresholdBetween(12.31, 12.34, false)).toBe(12.33);
    expect(thresholdBetween(Number.NaN, 18, true)).toBe(18);
  });
});
