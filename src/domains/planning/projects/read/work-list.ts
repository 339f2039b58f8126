import type { z } from 'zod';
import { parseSort } from '../../../../kernel/page.ts';
import { notFound } from '../../../../kernel/problem.ts';
import type { ItemBody } from '../../contract.ts';
import type { listProjectWork, ProjectWorkRow } from '../../contract/projects.ts';
import type { PlannedItem, PlanWork } from './plan-work.ts';

type Asked = z.output<NonNullable<(typeof listProjectWork)['query']>>;

const dueOf = ({ kind, body }: PlannedItem): string | null => (kind === 'milestone' ? (body as ItemBody<'milestone'>).due : (body as ItemBody<'task'>).to);
export const isDropped = ({ kind, body }: PlannedItem): boolean => kind === 'task' && (body as ItemBody<'task'>).state === 'dropped';
/** What has no day comes after what has one, in either direction. */
const sorts: Record<'name' | 'owner' | 'due' | 'ends', (item: PlannedItem) => string | null> = {
  name: ({ body }) => body.name, owner: ({ body }) => body.owner?.name ?? null, due: dueOf, ends: ({ ends }) => ends,
};

/** Tasks and milestones of a project. Throws `planning.item_not_found`. */
export function workOf({ projects, items }: PlanWork, projectNo: number): PlannedItem[] {
  if (projects.every(({ itemNo }) => itemNo !== projectNo)) throw notFound('planning.item_not_found', { itemNo: projectNo });
  return items.filter(({ parentNo }) => parentNo === projectNo);
}

/** Tasks and milestones of a project, a page of them. Throws `planning.item_not_found`. */
export function workListOf(work: PlanWork, projectNo: number, { page, pageSize, sort, q = '', show }: Asked): { rows: ProjectWorkRow[]; total: number } {
  const { projects, items } = work;
  const isOpen = (item: PlannedItem): boolean => item.body.doneOn === null && !isDropped(item);
  const found = workOf(work, projectNo).filter((item) => (show === 'all' || (isOpen(item) && (show === 'open' || item.lateDays > 0))) && item.body.name.toLowerCase().includes(q.toLowerCase()));
  const order = parseSort(sort, ['name', 'owner', 'due', 'ends'] as const);
  const inOrder = order ? found.map((item) => ({ item, by: sorts[order.field](item) })).toSorted((a, b) => {
    if (a.by === b.by) return 0;
    if (a.by === null || b.by === null) return a.by === null ? 1 : -1;
    return (a.by < b.by ? -1 : 1) * (order.descending ? -1 : 1);
  }).map(({ item }) => item) : found;
  const byNo = new Map(items.map((item) => [item.itemNo, item]));
  const projectOf = new Map(projects.map(({ itemNo, body }) => [itemNo, body.name]));
  const named = (no: number): string[] => {
    const before = byNo.get(no);
    const elsewhere = before && before.parentNo !== projectNo ? projectOf.get(before.parentNo ?? 0) : undefined;
    return before ? [elsewhere === undefined ? before.body.name : `${elsewhere} › ${before.body.name}`] : [];
  };
  return { total: found.length, rows: inOrder.slice((page - 1) * pageSize, page * pageSize).map((item) => ({ ...item, waitsFor: item.body.dependsOn.flatMap(named) })) };
}
