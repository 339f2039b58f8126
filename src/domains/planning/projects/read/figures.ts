import { type Day, daysBetween } from '../../../../kernel/day.ts';
import type { ItemBody } from '../../contract.ts';
import type { ProjectFigures, ProjectRisk } from '../../contract/projects.ts';
import type { Known, PlannedItem } from './plan-work.ts';

/** How a project stands by what is done of it. */
export function figuresOf({ body }: Known<'project'>, items: readonly PlannedItem[], today: Day): ProjectFigures {
  const tasks = items.filter((item) => item.kind === 'task' && (item.body as ItemBody<'task'>).state !== 'dropped').map((item) => ({ ...item, body: item.body as ItemBody<'task'> }));
  const milestones = items.filter(({ kind }) => kind === 'milestone').map((item) => ({ ...item, body: item.body as ItemBody<'milestone'> }));
  const done = tasks.filter(({ body: { state } }) => state === 'done');
  const isWeighed = tasks.every(({ body: { estimateHours } }) => estimateHours !== null);
  const weight = (of: typeof tasks): number => of.reduce((sum, { body: { estimateHours } }) => sum + (isWeighed ? (estimateHours ?? 0) : 1), 0);
  const overdue = tasks.filter(({ body: { state, to } }) => state !== 'done' && to !== null && to < today).length;
  const [next] = milestones.filter(({ body: { doneOn } }) => doneOn === null).sort((a, b) => (a.body.due < b.body.due ? -1 : 1));
  const ends = items.reduce<Day | null>((last, each) => (each.ends !== null && (last === null || each.ends > last) ? each.ends : last), null);
  const lateDays = ends === null ? 0 : Math.max(0, daysBetween(body.to, ends));
  const slipped = items.some(({ lateDays: late, body: { doneOn } }) => late > 0 && doneOn === null);
  return {
    tasks: tasks.length, done: done.length, doing: tasks.filter(({ body: { state } }) => state === 'doing').length, overdue,
    progress: tasks.length === 0 ? null : weight(done) / weight(tasks),
    milestones: milestones.length, milestonesDone: milestones.filter(({ body: { doneOn } }) => doneOn !== null).length,
    next: next ? { name: next.body.name, due: next.body.due, lateDays: next.lateDays } : null,
    ends, lateDays, risk: riskOf(body, { isEmpty: items.length === 0, isLate: lateDays > 0 || body.to < today, slipped }),
  };
}

function riskOf({ state }: ItemBody<'project'>, { isEmpty, isLate, slipped }: { isEmpty: boolean; isLate: boolean; slipped: boolean }): ProjectRisk {
  if (state === 'done' || state === 'dropped') return 'none';
  if (isLate) return 'late';
  if (slipped) return 'at_risk';
  return isEmpty ? 'none' : 'on_track';
}
