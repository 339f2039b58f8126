import type { Day } from '../../../../kernel/day.ts';
import type { Days, ItemBody, ItemKindName } from '../../contract.ts';
import type { PastItem, PlanHistory } from './plan-history.ts';

export type Past<K extends ItemKindName> = Omit<PastItem, 'kind' | 'body'> & { kind: K; body: ItemBody<K> };
type Piece = Past<'task'> | Past<'milestone'>;
export interface Moved {
  item: Piece;
  from: Day;
  to: Day;
}

/** What became of the work of a plan, or of one of its projects, within days. Each thing is told in the report of the days it was written down in, and in no other. */
export interface WorkDone {
  done: Past<'task'>[];
  begun: Past<'task'>[];
  dropped: Past<'task'>[];
  moved: Moved[];
  /** Not done, and past their day when the days ended. */
  overdue: Past<'task'>[];
  reached: Past<'milestone'>[];
  missed: Past<'milestone'>[];
  meetings: Past<'meeting'>[];
  /** What came out of each meeting, by its number. */
  ofMeeting: Map<number, Past<'task'>[]>;
  /** What is due until `nextUntil`. */
  next: Piece[];
}

export interface Looked {
  days: Days;
  /** The moment that is looked back from, and the first day that was not over then. */
  until: Date;
  today: Day;
  nextUntil: Day;
  projectNo: number | null;
}

export function workDone({ before, after }: Pick<PlanHistory, 'before' | 'after'>, { days, until, today, nextUntil, projectNo }: Looked, dayOf: (moment: string) => Day): WorkDone {
  const isMeant = (item: PastItem): boolean => !item.isRemoved && (projectNo === null || item.parentNo === projectNo);
  const of = <K extends ItemKindName>(kind: K): Past<K>[] => [...after.values()].filter((item) => item.kind === kind && isMeant(item)) as unknown as Past<K>[];
  const was = <K extends ItemKindName>({ itemNo }: Past<K>): ItemBody<K> | null => {
    const item = before.get(itemNo);
    return item && !item.isRemoved ? (item.body as ItemBody<K>) : null;
  };
  const [tasks, milestones] = [of('task'), of('milestone')];
  const turned = (state: ItemBody<'task'>['state']): Past<'task'>[] => tasks.filter((task) => task.body.state === state && was(task)?.state !== state);
  const isOpen = ({ body: { state } }: Past<'task'>): boolean => state !== 'done' && state !== 'dropped';
  const shift = (item: Piece, now: Day | null, then: Day | null | undefined): Moved[] => (now && then && now !== then ? [{ item, from: then, to: now }] : []);
  const due = (item: Piece): Day | null => (item.kind === 'task' ? item.body.to : item.body.due);
  const isNext = (day: Day | null): boolean => day !== null && day >= today && day <= nextUntil;
  const byDue = <T extends Piece>(all: T[]): T[] => all.toSorted((a, b) => ((due(a) ?? '') < (due(b) ?? '') ? -1 : 1));
  const held = of('meeting').filter(({ body: { at, state } }) => state !== 'cancelled' && dayOf(at) >= days.from && dayOf(at) <= days.to && (state === 'held' || Date.parse(at) < until.getTime()));
  return {
    done: turned('done'), begun: turned('doing'), dropped: turned('dropped'),
    moved: [...tasks.filter(isOpen).flatMap((task) => shift(task, task.body.to, was(task)?.to)), ...milestones.filter(({ body }) => body.doneOn === null).flatMap((each) => shift(each, each.body.due, was(each)?.due))],
    overdue: byDue(tasks.filter((task) => isOpen(task) && task.body.to !== null && task.body.to < today)),
    reached: milestones.filter((each) => each.body.doneOn !== null && (was(each)?.doneOn ?? null) === null),
    missed: byDue(milestones.filter(({ body: { due: day, doneOn } }) => doneOn === null && day < today)),
    meetings: held.toSorted((a, b) => (a.body.at < b.body.at ? -1 : 1)),
    ofMeeting: Map.groupBy(tasks.filter(({ body: { meetingNo } }) => meetingNo !== null), ({ body: { meetingNo } }) => meetingNo!),
    next: byDue([...tasks.filter(isOpen), ...milestones.filter(({ body }) => body.doneOn === null)].filter((each) => isNext(due(each)))),
  };
}
