import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../kernel/seeded-random.ts';
import type { Rule } from '../../audiences/contract.ts';
import { criterionOf, type Target } from './cart/criterion.ts';
import { type Feature, growTree, nodeOf, ordersOf } from './cart/grow.ts';
import { featuresOf, type TreeFeature } from './features.ts';
import { baseRule, placedNodes, ruleOfPath } from './path-rules.ts';

const goOn = async (): Promise<void> => {};
const values = {
  category: ['茶叶'],
  brand: [],
  channel: [],
  event: [],
  gender: [],
  province: ['浙江'],
  first_channel: [],
};
const asked: TreeFeature[] = featuresOf(values).filter(({ key }) =>
  ['last_order', 'orders', 'category:茶叶', 'province:浙江', 'age'].includes(key),
);
const rows = 400;

/** What a condition asks of a row, by the names of the features it can be of. */
function holds(rule: Rule, row: Record<string, number>): boolean {
  if (rule.kind === 'group') {
    const parts = rule.parts.map((part) => holds(part, row));
    return rule.match === 'all'
      ? parts.every(Boolean)
      : rule.match === 'any'
        ? parts.some(Boolean)
        : !parts.some(Boolean);
  }
  if (rule.kind === 'measure' && 'value' in rule.compare) {
    const isOfTea = rule.facts.fact === 'order' && rule.facts.where.length > 0;
    const value = isOfTea ? row['category:茶叶'] : row[rule.measure === 'days_since_last' ? 'last_order' : 'orders'];
    return rule.compare.is === 'at_least' ? value >= Number(rule.compare.value) : value < Number(rule.compare.value);
  }
  if (rule.kind === 'field' && rule.field === 'province')
    return (row['province:浙江'] === 1) === (rule.test.test === 'any_of');
  if (rule.kind === 'field' && rule.test.test === 'within') {
    const { to } = rule.test.period;
    return row.age >= (typeof to === 'object' && 'ago' in to ? to.ago : Number.NaN);
  }
  throw new Error(`not asked by these trees: ${JSON.stringify(rule)}`);
}

describe('the rule of a node', () => {
  it('means the rows that fall into it, whatever the tree asks and however often', async () => {
    const random = seededRandom(8);
    for (let round = 0; round < 20; round++) {
      const columns = asked.map(({ key }) =>
        Float64Array.from({ length: rows }, () => {
          if (key === 'province:浙江') return random() < 0.4 ? 1 : 0;
          if (key === 'age') return random() < 0.3 ? Number.NaN : 16 + Math.floor(random() * 60);
          return (key === 'orders' ? 1 : 0) + Math.floor(random() * (key === 'last_order' ? 300 : 4));
        }),
      );
      const features = columns.map((own): Feature => ({ values: own, isWhole: true }));
      const target: Target = {
        kind: 'class',
        classes: 2,
        of: Uint8Array.from({ length: rows }, () => (random() < 0.5 ? 1 : 0)),
      };
      const all = Uint32Array.from({ length: rows }, (_, i) => i);
      const tree = await growTree(
        features,
        criterionOf(target, 'gini'),
        await ordersOf(features, all, goOn),
        { depth: 5, minLeaf: 3 },
        goOn,
      );
      for (const { node, bounds } of placedNodes(tree)) {
        const rule = ruleOfPath(bounds, asked, null);
        for (let row = 0; row < rows; row++) {
          const isIn =
            nodeOf(
              tree,
              (feature) => columns[feature][row],
              (at) => at === node,
            ) === node;
          expect(holds(rule, Object.fromEntries(asked.map(({ key }, i) => [key, columns[i][row]])))).toBe(isIn);
        }
      }
    }
  });

  it('numbers nodes from the root, and says where each stands', async () => {
    const features: Feature[] = [{ values: Float64Array.from({ length: 8 }, (_, i) => i), isWhole: true }];
    const target: Target = { kind: 'number', of: Float64Array.from({ length: 8 }, (_, i) => i * i) };
    const all = Uint32Array.from({ length: 8 }, (_, i) => i);
    const tree = await growTree(
      features,
      criterionOf(target, 'gini'),
      await ordersOf(features, all, goOn),
      { depth: 2, minLeaf: 1 },
      goOn,
    );
    const placed = placedNodes(tree);
    expect(placed.map(({ id }) => id)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(placed.map(({ parent, isYes, depth }) => [parent, isYes, depth])).toEqual([
      [null, true, 0],
      [0, true, 1],
      [1, true, 2],
      [1, false, 2],
      [0, false, 1],
      [4, true, 2],
      [4, false, 2],
    ]);
    // Of two questions of one thing on the way the narrower one is left.
    const [deepest] = placed.filter(({ id }) => id === 2);
    expect(ruleOfPath(deepest.bounds, asked, null)).toMatchObject({
      parts: [{ measure: 'orders' }, { measure: 'days_since_last' }],
    });
  });

  it('is of people who bought before, and of the audience where there is one', () => {
    const audience: Rule = { kind: 'audience', audienceId: 4 };
    expect(baseRule(null)).toMatchObject({
      match: 'all',
      parts: [{ measure: 'orders', compare: { is: 'at_least', value: '1' } }],
    });
    expect(baseRule(audience)).toMatchObject({ parts: [{ measure: 'orders' }, audience] });
    expect(ruleOfPath(new Map(), asked, audience)).toEqual(baseRule(audience));
  });
});
