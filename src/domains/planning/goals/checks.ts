import { Problem } from '../../../kernel/problem.ts';
import { type ItemBody, partsOf, unitOf } from '../contract.ts';
import type { Figures } from '../figures/figures.ts';
import type { Items } from '../items/items.ts';
import { goalNature } from './gather.ts';

/** What a goal has to be beyond its shape: of what adds up, the parts that are set are not more than their whole. */
export function registerGoalCheck(items: Items, figures: Figures): void {
  items.registerCheck('goal', async ({ body }) => {
    const goal = body as ItemBody<'goal'>;
    if (goal.metric && !figures.metric(goal.metric.metric)) throw refused('planning.metric_not_counted', 'metric');
    if (goalNature(figures, goal) === 'sum' && arePartsTooMuch(goal.targets)) throw refused('planning.parts_exceed_whole', 'targets');
    return [];
  });
}

const refused = (code: string, field: string): Problem => new Problem(code, { status: 422, fields: [{ path: `body.${field}`, code: code.split('.')[1] }] });

/** Quarters or months that come to more than their year or quarter, all of it above zero. */
function arePartsTooMuch(targets: ItemBody<'goal'>['targets']): boolean {
  const set = new Map(targets.map(({ period, value }) => [period, Number(value)]));
  return targets.some(({ period, value }) => {
    if (unitOf(period) === 'month') return false;
    return (['quarter', 'month'] as const).some((unit) => {
      const parts = unitOf(period) === unit ? [] : partsOf(period, unit).flatMap((part) => set.get(part) ?? []);
      return parts.length > 0 && parts.every((part) => part >= 0) && parts.reduce((all, part) => all + part, 0) > Number(value) * (1 + 1e-9);
    });
  });
}
