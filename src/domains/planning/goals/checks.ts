import type { FieldProblem } from '../../../kernel/problem.ts';
import { type ItemBody, partsOf, unitOf } from '../contract.ts';
import type { Figures } from '../figures/figures.ts';
import type { Items } from '../items/items.ts';
import { goalNature } from './gather.ts';

/** What a goal has to be beyond its shape: of what adds up, the parts that are set are not more than their whole. */
export function registerGoalCheck(items: Items, figures: Figures): void {
  items.registerCheck('goal', async ({ body }) => {
    const goal = body as ItemBody<'goal'>;
    return [
      ...(goal.metric && !figures.metric(goal.metric.metric) ? [{ path: 'body.metric', code: 'not_in_registry' }] : []),
      ...(goalNature(figures, goal) === 'sum' ? partsFault(goal.targets) : []),
    ];
  });
}

/** Quarters or months that come to more than their year or quarter, all of it above zero. */
function partsFault(targets: ItemBody<'goal'>['targets']): FieldProblem[] {
  const set = new Map(targets.map(({ period, value }) => [period, Number(value)]));
  const isTooMuch = targets.some(({ period, value }) => {
    if (unitOf(period) === 'month') return false;
    return (['quarter', 'month'] as const).some((unit) => {
      const parts = unitOf(period) === unit ? [] : partsOf(period, unit).flatMap((part) => set.get(part) ?? []);
      return parts.every((part) => part >= 0) && parts.reduce((all, part) => all + part, 0) > Number(value) * (1 + 1e-9);
    });
  });
  return isTooMuch ? [{ path: 'body.targets', code: 'parts_exceed_whole' }] : [];
}
