import type { Actor } from '../../../../kernel/actor.ts';
import type { Doer } from '../../contract.ts';
import type { PlannedItem } from './plan-work.ts';

/** True where somebody is meant: by their account, or by their name where no account was chosen. */
export const isMeant = ({ staffId, name }: Doer, { id, name: ownName }: Pick<Actor, 'id' | 'name'>): boolean => (staffId === null ? name === ownName : staffId === id);

/** Neither done nor dropped. */
export const isOpen = ({ kind, body }: PlannedItem): boolean => body.doneOn === null && !(kind === 'task' && 'state' in body && body.state === 'dropped');
