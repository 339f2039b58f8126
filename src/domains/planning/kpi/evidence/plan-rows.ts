import type { Day } from '../../../../kernel/day.ts';
import type { ItemBody } from '../../contract.ts';
import type { Items } from '../../items/items.ts';

/** What a plan says of who did what. */
export interface PlanRows {
  /** Those that were dropped are nobody's any more. */
  tasks: { itemNo: number; staffId: number | null; doneOn: Day | null }[];
  meetings: { itemNo: number; at: string; staffIds: number[] }[];
}

export const noRows: PlanRows = { tasks: [], meetings: [] };

export async function readPlanRows(items: Items, planNo: number): Promise<PlanRows> {
  const all = await items.list(planNo, ['task', 'meeting']);
  const of = <K extends 'task' | 'meeting'>(kind: K) => all.filter((item) => item.kind === kind).map(({ itemNo, body }) => ({ itemNo, body: body as ItemBody<K> }));
  return {
    tasks: of('task').filter(({ body }) => body.state !== 'dropped').map(({ itemNo, body: { owner, doneOn } }) => ({ itemNo, staffId: owner?.staffId ?? null, doneOn })),
    meetings: of('meeting').filter(({ body }) => body.state === 'held').map(({ itemNo, body: { at, participants } }) => ({ itemNo, at, staffIds: participants.flatMap(({ staffId }) => staffId ?? []) })),
  };
}
