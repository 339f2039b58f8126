import { addDays, type Day } from '../../../kernel/day.ts';
import type { Figures } from '../figures/figures.ts';
import type { Template } from '../start/template.ts';

/** The first year is to be so much better than the last twelve months: within reach of what goes up, and not of what has to come down. */
const firstYear = { higher: 1.02, lower: 0.9 };
const mostOfShare = 0.95;

/** Goals with targets that begin at what the brand's own last twelve months came to, and grow as the template's do; those of the template where nothing was counted. */
export async function measuredTargets(figures: Figures, goals: Template['goals'], today: Day): Promise<Template['goals']> {
  const readings = await figures.read(goals.map(({ metric }) => ({ metric, filter: null })), { from: addDays(today, -365), to: addDays(today, -1) });
  return goals.map((goal, n) => {
    const start = Number(readings[n].value ?? 0);
    if (!(start > 0)) return goal;
    const isShare = figures.metric(goal.metric)?.unit === 'percent';
    const grown = goal.targets.map((target) => (start * firstYear[goal.better] * Number(target)) / Number(goal.targets[0]));
    return { ...goal, targets: grown.map((value) => rounded(isShare ? Math.min(value, mostOfShare) : value)) };
  });
}

/** To three digits, as somebody would set it. */
const rounded = (value: number): string => String(Number(value.toPrecision(3)));
