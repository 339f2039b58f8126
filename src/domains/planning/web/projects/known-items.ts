import type { Item, ItemBody, ItemKindName, ScheduledItem } from '../../contract.ts';

type As<I, K extends ItemKindName> = K extends ItemKindName ? Omit<I, 'kind' | 'body'> & { kind: K; body: ItemBody<K> } : never;
export type ProjectItem = As<Item, 'project'>;
export type MeetingItem = As<Item, 'meeting'>;
export type TaskItem = As<ScheduledItem, 'task'>;
export type MilestoneItem = As<ScheduledItem, 'milestone'>;
export type WorkItem = TaskItem | MilestoneItem;

/** The server has checked each body against its kind. */
export const asProject = (item: Item): ProjectItem => item as unknown as ProjectItem;
export const asMeetings = <I extends Item>(items: I[]): (Omit<I, 'kind' | 'body'> & Pick<MeetingItem, 'kind' | 'body'>)[] => items as never;
export const asWork = <I extends ScheduledItem>(items: I[]): (Omit<I, 'kind' | 'body'> & (Pick<TaskItem, 'kind' | 'body'> | Pick<MilestoneItem, 'kind' | 'body'>))[] => items as never;

export const isTask = <I extends Pick<WorkItem, 'kind' | 'body'>>(item: I): item is I & Pick<TaskItem, 'kind' | 'body'> => item.kind === 'task';

/** The day something is due. */
export const dueOf = (item: Pick<WorkItem, 'kind' | 'body'>): string | null => (isTask(item) ? item.body.to : (item.body as MilestoneItem['body']).due);
/** What a task becomes by standing in another column. */
export const stateChange = (state: TaskItem['body']['state'], today: string): Pick<TaskItem['body'], 'state' | 'doneOn'> => ({ state, doneOn: state === 'done' ? today : null });
