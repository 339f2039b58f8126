import type pg from 'pg';
import { type Day, dayIn, startOfDay } from '../../../../kernel/day.ts';
import type { CardPart, Doer } from '../../contract.ts';
import type { CardRow } from '../cards/store.ts';
import { type AgreedDay, dayThatCounts, type DueDay, type Stood } from '../rules/due-day.ts';

/** Whom something is of, and by when, as it stood from a moment on. */
interface OwnedDay extends Stood {
  owner: Doer | null;
}

/** A milestone or a task with every day it was due on, the oldest first. */
interface DueItem {
  itemNo: number;
  kind: 'milestone' | 'task';
  name: string;
  doneOn: Day | null;
  /** When that was said, as far as it was since the moment. */
  saidAt: Date | null;
  stood: OwnedDay[];
}

/** What is due, by whom: what somebody ever had to do since a moment. */
export type DueItems = ReadonlyMap<string, readonly DueItem[]>;

/** By account, or by name where there is none. */
const keyOf = ({ staffId, name }: Doer): string => (staffId === null ? `name ${name}` : `account ${staffId}`);

interface State {
  doneOn: Day | null;
  isRemoved: boolean;
  isDropped: boolean;
  dueOn: Day | null;
  owner: Doer | null;
}

/** A change, and what was before it of the fields that it made others: what is kept with them may be of another moment, as where an earlier change was undone. */
interface Past extends Omit<State, 'isRemoved'> {
  at: Date;
  by: string;
  isAdded: boolean;
  wasRemoved: boolean | null;
  /** Null where no body was changed. */
  fields: readonly string[] | null;
}

/** What stood before a change, as far as it changed something. */
const before = ({ fields, wasRemoved, dueOn, isDropped, owner, doneOn }: Past): Partial<State> => ({
  ...((fields?.includes('due') || fields?.includes('to')) && { dueOn }),
  ...(fields?.includes('state') && { isDropped }),
  ...(fields?.includes('owner') && { owner }),
  ...(fields?.includes('doneOn') && { doneOn }),
  ...(wasRemoved !== null && { isRemoved: wasRemoved }),
});

const ofBody = (body: string): string => `${body} ->> 'doneOn' as "doneOn", coalesce(${body} ->> 'due', ${body} ->> 'to') as "dueOn", coalesce(${body} ->> 'state' = 'dropped', false) as "isDropped", nullif(${body} -> 'owner', 'null') as owner`;

/** Milestones and tasks of a plan with all that was changed of their days since a moment, also of those that were taken out since. */
export async function readDueItems(pool: pg.Pool | pg.PoolClient, planNo: number, since: Date): Promise<DueItems> {
  const { rows: items } = await pool.query<Pick<DueItem, 'itemNo' | 'kind' | 'name'> & State>(
    `select item_no as "itemNo", kind, body ->> 'name' as name, removed_at is not null as "isRemoved", ${ofBody('body')}
      from plan_item where plan_no = $1 and kind in ('milestone', 'task') and (removed_at is null or removed_at >= $2) order by kind, parent_no nulls first, place, item_no`, [planNo, since]);
  // After the items: a change that is made meanwhile is taken back from something that does not have it yet, which alters nothing.
  const { rows: changes } = await pool.query<Past & { itemNo: number }>(
    `select i.item_no as "itemNo", c.at, coalesce(by_actor, by_name) as by, c.kind = 'add' as "isAdded", (e #>> '{before,isRemoved}')::boolean as "wasRemoved", case when e #> '{before,body}' is not null then fields end as fields, ${ofBody("(e #> '{before,body}')")}
      from plan_change c, jsonb_array_elements(items) e join plan_item i on i.item_no = (e ->> 'itemNo')::int
      where c.plan_no = $1 and c.at >= $2 and i.kind in ('milestone', 'task') and (c.kind in ('add', 'remove', 'undo') or c.kind = 'edit' and fields && '{due,to,state,owner,doneOn}') order by change_no desc`, [planNo, since]);
  const changesOf = Map.groupBy(changes, ({ itemNo }) => itemNo);
  const byOwner = new Map<string, DueItem[]>();
  for (const { itemNo, kind, name, ...state } of items) {
    const past = changesOf.get(itemNo) ?? [];
    const item = { itemNo, kind, name, doneOn: state.doneOn, saidAt: past.find((each) => each.isAdded || (each.fields?.includes('doneOn') && each.doneOn !== state.doneOn))?.at ?? null, stood: stoodOf(state, past) };
    for (const key of new Set(item.stood.flatMap(({ owner }) => (owner ? [keyOf(owner)] : [])))) {
      if (!byOwner.has(key)) byOwner.set(key, []);
      byOwner.get(key)!.push(item);
    }
  }
  return byOwner;
}

/** How something stood, from how it is now and what was before each change, the newest first. */
function stoodOf(now: State, changes: readonly Past[]): OwnedDay[] {
  const stood: OwnedDay[] = [];
  let state = now;
  const note = (at: Date, by: string) => stood.push({ at, by, owner: state.owner, dueOn: state.isRemoved || state.isDropped ? null : state.dueOn });
  for (const past of changes) {
    note(past.at, past.by);
    state = { ...state, ...before(past) };
  }
  note(new Date(0), '');
  return stood.reverse();
}

/** Days that a second person agreed to, the newest of each item. */
export async function readAgreedDays(connection: pg.Pool | pg.PoolClient, cardNos: readonly number[]): Promise<(AgreedDay & { cardNo: number; itemNo: number })[]> {
  const { rows } = await connection.query<AgreedDay & { cardNo: number; itemNo: number }>(
    'select distinct on (card_no, item_no) card_no as "cardNo", item_no as "itemNo", due_on::text as "dueOn", by_name as by, at from kpi_due_day where card_no = any($1::int[]) order by card_no, item_no, agreed_no desc', [cardNos]);
  return rows;
}

export interface DueRow extends DueDay {
  itemNo: number;
  name: string;
  doneOn: Day | null;
  /** The day on which it was said to be done, where that is a later one. */
  saidOn: Day | null;
}

/** What was due in the days of a card, of whom it is about. */
export function dueRows({ staffId, personName: name, from, until }: Pick<CardRow, 'staffId' | 'personName' | 'from' | 'until'>, of: Extract<CardPart, { kind: 'progress' }>['of'], items: DueItems, agreed: ReadonlyMap<number, AgreedDay>, timeZone: string): DueRow[] {
  const key = keyOf({ staffId, name });
  const dayOf = (at: Date): Day => dayIn(timeZone, at);
  return (items.get(key) ?? []).filter(({ kind }) => of === 'both' || of === `${kind}s`).flatMap(({ itemNo, name: what, doneOn, saidAt, stood }) => {
    const own = stood.map(({ at, by, owner, dueOn }) => ({ at, by, dueOn: owner && keyOf(owner) === key ? dueOn : null }));
    const due = dayThatCounts(own.filter(({ dueOn }, n) => n === 0 || dueOn !== own[n - 1].dueOn), agreed.get(itemNo) ?? null, { from, until }, dayOf);
    return due ? [{ itemNo, name: what, doneOn, saidOn: doneOn !== null && saidAt !== null && dayOf(saidAt) > doneOn ? dayOf(saidAt) : null, ...due }] : [];
  });
}

/** The first moment of the days of cards. */
export const beginningOf = (cards: readonly Pick<CardRow, 'from'>[], timeZone: string): Date => startOfDay(cards.map(({ from }) => from).sort()[0], timeZone);
