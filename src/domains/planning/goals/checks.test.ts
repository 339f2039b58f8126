import { describe, expect, it } from 'vitest';
import { itemKinds } from '../contract/items.ts';
import type { Figures } from '../figures/figures.ts';
import type { ItemCheck, Items } from '../items/items.ts';
import { registerGoalCheck } from './checks.ts';

/** Sales add up, buyers do not; nobody counts anything else. */
const figures = {
  metric: (name: string) => (['sales', 'buyers'].includes(name) ? { name, isAdditive: name === 'sales', reckoned: { kind: 'aggregate' } } : undefined),
} as unknown as Figures;

function checkOf(): ItemCheck {
  let found: ItemCheck | null = null;
  const items = { registerCheck: (_kind: string, check: ItemCheck) => void (found = check) } as unknown as Items;
  registerGoalCheck(items, figures);
  return found!;
}

const check = checkOf();
const goal = (targets: Record<string, string>, more: object = {}) => ({
  itemNo: 1,
  parentNo: null,
  body: itemKinds.goal.body.parse({
    name: '目标',
    level: 'core',
    metric: { metric: 'sales' },
    targets: Object.entries(targets).map(([period, value]) => ({ period, value })),
    ...more,
  }) as Record<string, unknown>,
});
const refusal = async (item: ReturnType<typeof goal>): Promise<string | null> => {
  try {
    await check(item, null as never, 1);
    return null;
  } catch (problem) {
    return (problem as { code: string }).code;
  }
};

describe('targets of a goal', () => {
  it.each([
    ['a year alone', { 2026: '100' }, null],
    ['quarters that make the year', { '2026': '100', '2026-Q1': '25', '2026-Q2': '25', '2026-Q3': '25', '2026-Q4': '25' }, null],
    ['quarters above the year', { '2026': '100', '2026-Q1': '60', '2026-Q2': '41' }, 'planning.parts_exceed_whole'],
    ['months above their quarter', { '2026-Q1': '10', '2026-01': '5', '2026-02': '6' }, 'planning.parts_exceed_whole'],
    ['months above the year', { '2026': '10', '2026-01': '5', '2026-12': '6' }, 'planning.parts_exceed_whole'],
    ['quarters of another year', { '2026': '10', '2027-Q1': '60' }, null],
    ['a part below zero, which leaves room for others', { '2026': '10', '2026-Q1': '-5', '2026-Q2': '15' }, null],
    ['a whole of zero with a part above it', { '2026': '0', '2026-Q1': '1' }, 'planning.parts_exceed_whole'],
    ['a whole of zero alone', { 2026: '0' }, null],
  ])('are taken or refused: %s', async (_what, targets, expected) => {
    expect(await refusal(goal(targets as Record<string, string>))).toBe(expected);
  });

  it('of people may be more in parts than in the whole: somebody who comes back is one', async () => {
    expect(await refusal(goal({ '2026': '100', '2026-Q1': '60', '2026-Q2': '60' }, { metric: { metric: 'buyers' } }))).toBeNull();
  });

  it('of what is typed in add up only where it is said so', async () => {
    const targets = { '2026': '100', '2026-Q1': '60', '2026-Q2': '60' };
    expect(await refusal(goal(targets, { metric: null, typedNature: 'sum' }))).toBe('planning.parts_exceed_whole');
    expect(await refusal(goal(targets, { metric: null, typedNature: 'standing' }))).toBeNull();
  });

  it('of a metric nobody counts are refused', async () => {
    expect(await refusal(goal({ 2026: '1' }, { metric: { metric: 'profit' } }))).toBe('planning.metric_not_counted');
  });
});
