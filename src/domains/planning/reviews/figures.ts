import { type Day, daysBetween } from '../../../kernel/day.ts';
import { formatDecimal, parseDecimal } from '../../../kernel/decimal.ts';
import type { ClosingFigures, GoalState, ItemBody, PlanMetric } from '../contract.ts';
import type { LineRow } from '../budget/lines/store.ts';
import type { ReadMonitor } from '../monitors/read.ts';
import type { PlannedItem } from '../projects/read/plan-work.ts';

export interface ClosingSources {
  project: ItemBody<'project'>;
  items: readonly PlannedItem[];
  today: Day;
  monitors: readonly ReadMonitor[];
  unitOf(metric: string): PlanMetric['unit'] | null;
  goal: { body: ItemBody<'goal'>; state: GoalState } | null;
  lines: readonly LineRow[];
}

/** What a project came to until a day. */
export function closingFigures({ project: { from, to }, items, today, monitors, unitOf, goal, lines }: ClosingSources): ClosingFigures {
  const done = items.filter((item) => item.kind === 'task').map(({ body }) => body as ItemBody<'task'>);
  const tasks = done.filter(({ state }) => state !== 'dropped').map(({ to: due, doneOn }) => ({ due, doneOn }));
  const milestones = items.filter(({ kind }) => kind === 'milestone').map(({ body }) => body as ItemBody<'milestone'>).map(({ due, doneOn }) => ({ due, doneOn }));
  return {
    asOf: today, from, to, lateDays: Math.max(0, daysBetween(to, today)),
    tasks: { ...counted(tasks, today), dropped: done.length - tasks.length, mostLateDays: tasks.reduce((most, { due, doneOn }) => (due === null ? most : Math.max(most, daysBetween(due, doneOn ?? today))), 0) },
    milestones: counted(milestones, today),
    monitors: monitors.map(({ body: { name, metric, unit, bound }, standing: { state, readings, turns } }) => {
      const newest = readings.at(-1);
      return {
        name, unit: metric && unitOf(metric.metric), countedIn: unit, state, value: newest?.value ?? null, period: newest ? { from: newest.from, to: newest.to } : null, bound,
        // One that nobody could be told of yet is one as well.
        crossed: turns.filter((turn) => turn.state === 'crossed').length + Number(state === 'crossed' && turns[0]?.state !== 'crossed'),
      };
    }),
    goal: goal && { name: goal.body.name, unit: goal.body.metric && unitOf(goal.body.metric.metric), period: goal.state.period, target: goal.state.target, actual: goal.state.actual.value, status: goal.state.status },
    budget: lines.map(({ name, cap, reserved, committed, spent }) => ({ name, cap: plain(cap), reserved: plain(reserved), committed: plain(committed), spent: plain(spent) })),
  };
}

const plain = (amount: string): string => formatDecimal(parseDecimal(amount)!);

interface Due {
  due: Day | null;
  doneOn: Day | null;
}

function counted(all: readonly Due[], today: Day): ClosingFigures['milestones'] {
  const count = (of: (each: Due) => boolean): number => all.filter(of).length;
  return {
    total: all.length,
    inTime: count(({ due, doneOn }) => due !== null && doneOn !== null && doneOn <= due), late: count(({ due, doneOn }) => due !== null && doneOn !== null && doneOn > due),
    withoutDay: count(({ due, doneOn }) => due === null && doneOn !== null),
    open: count(({ due, doneOn }) => doneOn === null && !(due !== null && due < today)), overdue: count(({ due, doneOn }) => doneOn === null && due !== null && due < today),
  };
}
