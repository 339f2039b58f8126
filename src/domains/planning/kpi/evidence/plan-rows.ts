import type { Day } from '../../../../kernel/day.ts';
import type { ItemBody } from '../../contract.ts';
import type { Items } from '../../items/items.ts';

/** Something that was due, and when it was done. */
export interface DueRow {
  itemNo: number;
  name: string;
  staffId: number | null;
  owner: string;
  dueOn: Day;
  doneOn: Day | null;
}

/** What a plan says of who does what by when. */
export interface PlanRows {
  milestones: DueRow[];
  /** Those that were dropped are nobody's any more; those without a day are not due, but can be done. */
  tasks: (Omit<DueRow, 'dueOn'> & { dueOn: Day | null })[];
  meetings: { itemNo: number; at: string; staffIds: number[] }[];
}

export async function readPlanRows(items: Items, planNo: number): Promise<PlanRows> {
  const all = await items.list(planNo, ['milestone', 'task', 'meeting']);
  const of = <K extends 'milestone' | 'task' | 'meeting'>(kind: K) => all.filter((item) => item.kind === kind).map(({ itemNo, body }) => ({ itemNo, body: body as ItemBody<K> }));
  const owned = (owner: ItemBody<'task'>['owner']) => ({ staffId: owner?.staffId ?? null, owner: owner?.name ?? '' });
  return {
    milestones: of('milestone').map(({ itemNo, body: { name, owner, due, doneOn } }) => ({ itemNo, name, ...owned(owner), dueOn: due, doneOn })),
    tasks: of('task').filter(({ body }) => body.state !== 'dropped').map(({ itemNo, body: { name, owner, to, doneOn } }) => ({ itemNo, name, ...owned(owner), dueOn: to, doneOn })),
    meetings: of('meeting').filter(({ body }) => body.state === 'held').map(({ itemNo, body: { at, participants } }) => ({ itemNo, at, staffIds: participants.flatMap(({ staffId }) => staffId ?? []) })),
  };
}
