import type { z } from 'zod';
import { type ItemBody, taskStates } from '../../contract.ts';
import type { BoardCard, readProjectBoard } from '../../contract/projects.ts';
import type { PlannedItem, PlanWork } from './plan-work.ts';
import { workOf } from './work-list.ts';

type Asked = z.output<NonNullable<(typeof readProjectBoard)['query']>>;
type Task = PlannedItem & { body: ItemBody<'task'> };

/** What is due first comes first, what has no day behind it; of what is done, what was done last. */
const sortKey = ({ body: { doneOn, to } }: Task): string => doneOn ?? to ?? '9';

/** Columns of a project's board, of each the first so many, and the one that is asked for beside them. Throws \`planning.item_not_found\`. */
export function boardOf(work: PlanWork, projectNo: number, asked: Asked): { state: Task['body']['state']; total: number; cards: BoardCard[] }[] {
  const tasks = workOf(work, projectNo).filter((item): item is Task => item.kind === 'task');
  const byState = Map.groupBy(tasks, ({ body: { state } }) => state);
  return taskStates.map((state) => {
    const own = (byState.get(state) ?? []).map((task) => ({ task, key: sortKey(task) })).toSorted((a, b) => (a.key === b.key ? 0 : (a.key < b.key ? -1 : 1) * (state === 'done' ? -1 : 1))).map(({ task }) => task);
    const also = own.slice(asked[state]).filter(({ itemNo }) => itemNo === asked.also);
    return { state, total: own.length, cards: [...also, ...own.slice(0, asked[state])].map(cardOf) };
  });
}

const cardOf = ({ itemNo, version, lateDays, body: { name, owner, department, to, doneOn } }: Task): BoardCard => ({ itemNo, version, name, owner: owner?.name ?? null, department, to, doneOn, lateDays });
