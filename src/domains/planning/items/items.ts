import type pg from 'pg';
import { type Actor, may } from '../../../kernel/actor.ts';
import { conflict, forbidden, type FieldProblem, Problem } from '../../../kernel/problem.ts';
import type { Platform } from '../../../platform/platform.ts';
import { inTransaction } from '../../../platform/postgres/pool.ts';
import { type Item, type ItemKind, itemKinds, type ItemKindName, type PlanChange } from '../contract.ts';
import { addMany, type NumberedItem } from './add-many.ts';
import { applyChange, type Became, lockPlan, type NewChange, readChanges, recordChange, requireChange, type State } from './changes.ts';
import { changedFields, fieldsBack, quarrels } from './merge.ts';
import { parseBody } from './parse-body.ts';
import { placeBehind } from './places.ts';
import { readBranch, readItems, readSome, requireItem, requirePresent, shownItem, type StoredItem } from './stored.ts';

/** Something to be added: what, under what, and behind which of those under it. */
export interface NewItem {
  kind: ItemKindName;
  parentNo: number | null;
  afterNo: number | null;
  body: Readonly<Record<string, unknown>>;
}

/** Fields to be changed, and the version they were read in. */
export interface ItemEdit {
  version: number;
  changes: Readonly<Record<string, unknown>>;
}

/** What a kind demands beyond the shape of its body. It sees the plan as it would be. */
export type ItemCheck = (item: Pick<Item, 'itemNo' | 'parentNo' | 'body'>, client: pg.PoolClient, planNo: number) => Promise<FieldProblem[]>;

/** Refuses, by throwing, what somebody may not bring about; null is not in the plan. Asked whenever something of the kind changes, also with what it hangs under. */
export type ItemGuard = (change: { planNo: number; before: Guarded | null; after: Guarded | null }, client: pg.PoolClient, actor: Actor) => Promise<void>;
type Guarded = Pick<Item, 'itemNo' | 'parentNo' | 'body'>;

/** Whether somebody may see and change things of a kind, as far as the kind has a permission of its own. */
export const mayHandle = (actor: Actor, kind: ItemKindName): boolean => {
  const { permission }: ItemKind = itemKinds[kind];
  return permission === undefined || may(actor, permission);
};

/**
 * What plans are made of. Whatever is changed locks its plan, so that changes have one order, keeps what was before, and can be
 * undone as long as nobody changed the same since.
 */
export interface Items {
  /** Registers what a kind demands, once. */
  registerCheck(kind: ItemKindName, check: ItemCheck): void;
  /** Registers who may change a kind to what, once. */
  registerGuard(kind: ItemKindName, guard: ItemGuard): void;
  list(planNo: number, kinds: readonly ItemKindName[] | null): Promise<Item[]>;
  add(planNo: number, item: NewItem, actor: Actor): Promise<Item>;
  /** Adds within a transaction of the caller's, which has locked the plan (`lockPlan`). */
  addIn(client: pg.PoolClient, planNo: number, item: NewItem, actor: Actor): Promise<Item>;
  /**
   * Adds many at once, under numbers that were reserved (`reserveItemNos`), within a transaction of the caller's, which has locked the plan
   * (`lockPlan`). Only shapes and places are looked at: what a kind demands beyond is for the caller to keep to.
   */
  addMany(client: pg.PoolClient, planNo: number, items: readonly NumberedItem[], actor: Actor): Promise<void>;
  edit(planNo: number, itemNo: number, edit: ItemEdit, actor: Actor): Promise<Item>;
  /** Edits within a transaction of the caller's, which has locked the plan (`lockPlan`). */
  editIn(client: pg.PoolClient, planNo: number, itemNo: number, edit: ItemEdit, actor: Actor): Promise<Item>;
  move(planNo: number, itemNo: number, to: { parentNo: number | null; afterNo: number | null }, actor: Actor): Promise<Item>;
  remove(planNo: number, itemNo: number, actor: Actor): Promise<number>;
  undo(planNo: number, changeNo: number, actor: Actor): Promise<number>;
  changes(planNo: number, after: number | null): Promise<PlanChange[]>;
}

export function createItems({ pg: pool, clock }: Platform): Items {
  const checks = new Map<ItemKindName, ItemCheck>();
  const guards = new Map<ItemKindName, ItemGuard>();
  const inPlan = <T>(planNo: number, work: (client: pg.PoolClient) => Promise<T>): Promise<T> => inTransaction(pool, (client) => lockPlan(client, planNo).then(() => work(client)));
  const record = (client: pg.PoolClient, planNo: number, actor: Actor, change: Omit<NewChange, 'planNo' | 'by' | 'at'>) => recordChange(client, { planNo, by: actor, at: clock.now(), ...change });
  const write = async (client: pg.PoolClient, planNo: number, actor: Actor, itemNo: number, change: Partial<State>, isNew = false): Promise<StoredItem> => {
    const before = isNew ? null : inPlace(await requireItem(client, planNo, itemNo));
    await applyChange(client, [itemNo], change, clock.now(), actor.name);
    const item = await requireItem(client, planNo, itemNo);
    await guards.get(item.kind)?.({ planNo, before, after: inPlace(item) }, client, actor);
    if (!item.isRemoved) refuseFor(await (checks.get(item.kind)?.(item, client, planNo) ?? []));
    return item;
  };
  const addIn: Items['addIn'] = async (client, planNo, { kind, parentNo, afterNo, body }, actor) => {
    demandMay(actor, kind);
    await demandParent(client, planNo, kind, parentNo);
    const parsed = parseBody(kind, body);
    const place = await placeBehind(client, planNo, parentNo, afterNo);
    const { rows: [{ itemNo }] } = await client.query<{ itemNo: number }>(
      `insert into plan_item (plan_no, kind, parent_no, place, body, changed_at, changed_by, version) values ($1, $2, $3, $4, $5, $6, $7, 0) returning item_no as "itemNo"`,
      [planNo, kind, parentNo, place, JSON.stringify(parsed), clock.now(), actor.name]);
    const item = await write(client, planNo, actor, itemNo, {}, true);
    await record(client, planNo, actor, { kind: 'add', itemNo, fields: Object.keys(parsed), items: [{ itemNo, before: { isRemoved: true }, after: { isRemoved: false } }] });
    return shownItem(item);
  };
  const editIn: Items['editIn'] = async (client, planNo, itemNo, edit, actor) => {
    const item = await requireHandled(client, planNo, itemNo, actor);
    const body = await mergedBody(client, planNo, item, edit);
    const changed = changedFields(item.body, body);
    if (changed.length === 0) return shownItem(item);
    const after = await write(client, planNo, actor, itemNo, { body });
    await record(client, planNo, actor, { kind: 'edit', itemNo, fields: changed, items: [{ itemNo, before: { body: item.body }, after: { body } }] });
    return shownItem(after);
  };
  return {
    registerCheck: (kind, check) => void checks.set(kind, check),
    registerGuard: (kind, guard) => void guards.set(kind, guard),
    list: async (planNo, kinds) => (await readItems(pool, planNo, kinds)).map(shownItem),
    add: (planNo, item, actor) => inPlan(planNo, (client) => addIn(client, planNo, item, actor)),
    addIn, editIn,
    addMany: (client, planNo, all, actor) => guardNew(guards, client, planNo, all, actor).then(() => addMany(client, planNo, all, clock.now(), actor)),
    edit: (planNo, itemNo, edit, actor) => inPlan(planNo, (client) => editIn(client, planNo, itemNo, edit, actor)),
    move: (planNo, itemNo, { parentNo, afterNo }, actor) => inPlan(planNo, async (client) => {
      const item = await requireHandled(client, planNo, itemNo, actor);
      if (afterNo === itemNo) return shownItem(item);
      await demandParent(client, planNo, item.kind, parentNo, itemNo);
      const to = { parentNo, place: await placeBehind(client, planNo, parentNo, afterNo) };
      const after = await write(client, planNo, actor, itemNo, to);
      await record(client, planNo, actor, { kind: 'move', itemNo, fields: [], items: [{ itemNo, before: { parentNo: item.parentNo, place: item.place }, after: to }] });
      return shownItem(after);
    }),
    remove: (planNo, itemNo, actor) => inPlan(planNo, async (client) => {
      const branch = await readBranch(client, (await requireHandled(client, planNo, itemNo, actor)).itemNo);
      for (const before of await readSome(client, branch)) await guards.get(before.kind)?.({ planNo, before, after: null }, client, actor);
      await applyChange(client, branch, { isRemoved: true }, clock.now(), actor.name);
      return record(client, planNo, actor, { kind: 'remove', itemNo, fields: [], items: branch.map((each) => ({ itemNo: each, before: { isRemoved: false }, after: { isRemoved: true } })) });
    }),
    undo: (planNo, changeNo, actor) => inPlan(planNo, async (client) => {
      const change = await requireChange(client, planNo, changeNo);
      demandMay(actor, change.itemKind);
      const items: Became[] = [];
      for (const became of change.items) {
        await write(client, planNo, actor, became.itemNo, await backOf(client, planNo, became));
        items.push({ itemNo: became.itemNo, before: became.after, after: became.before });
      }
      return record(client, planNo, actor, { kind: 'undo', itemNo: change.itemNo, fields: change.fields, items, undoes: changeNo });
    }),
    changes: (planNo, after) => readChanges(pool, planNo, after),
  };
}

async function guardNew(guards: ReadonlyMap<ItemKindName, ItemGuard>, client: pg.PoolClient, planNo: number, all: readonly NumberedItem[], actor: Actor): Promise<void> {
  for (const { itemNo, kind, parentNo, body } of all) {
    demandMay(actor, kind);
    await guards.get(kind)?.({ planNo, before: null, after: { itemNo, parentNo, body } }, client, actor);
  }
}

const inPlace = (item: StoredItem): StoredItem | null => (item.isRemoved ? null : item);

function refuseFor(fields: FieldProblem[]): void {
  if (fields.length > 0) throw new Problem('planning.item_refused', { status: 422, fields });
}

/** An item that is in the plan, of a kind that the actor may handle. */
async function requireHandled(client: pg.PoolClient, planNo: number, itemNo: number, actor: Actor): Promise<StoredItem> {
  const item = await requirePresent(client, planNo, itemNo);
  demandMay(actor, item.kind);
  return item;
}

function demandMay(actor: Actor, kind: ItemKindName): void {
  if (!mayHandle(actor, kind)) throw forbidden('planning.kind_forbidden');
}

/** The body after an edit. What others changed since the version it was made on stays. Throws `planning.changed_meanwhile` where it is of the same fields. */
async function mergedBody(client: pg.PoolClient, planNo: number, item: StoredItem, { version, changes }: { version: number; changes: Readonly<Record<string, unknown>> }): Promise<Record<string, unknown>> {
  const { rows: since } = await client.query<{ fields: string[]; by: string }>(
    'select fields, by_name as by from plan_change where plan_no = $1 and item_no = $2 order by change_no desc limit $3', [planNo, item.itemNo, Math.max(0, item.version - version)]);
  const fields = quarrels(changes, since.flatMap((row) => row.fields), item.body);
  if (version > item.version || fields.length > 0) {
    throw conflict('planning.changed_meanwhile', { by: since.find((row) => row.fields.some((field) => fields.includes(field)))?.by ?? item.changedBy });
  }
  return parseBody(item.kind, { ...item.body, ...changes });
}

/** What takes a change of one item back. Throws where somebody changed the same since, put something under it, or took away what it would stand under. */
async function backOf(client: pg.PoolClient, planNo: number, { itemNo, before, after }: Became): Promise<Partial<State>> {
  const now = await requireItem(client, planNo, itemNo);
  const back = takenBack(now, before, after);
  const isBusy = back?.isRemoved === true && (await readBranch(client, itemNo)).length > 1;
  if (!back || isBusy) throw conflict('planning.undo_too_late', { by: now.changedBy });
  if (!back.isRemoved) await demandPlace(client, planNo, itemNo, back.parentNo === undefined ? now.parentNo : back.parentNo);
  return back;
}

/** Nothing is put back under what is gone by now, nor under what stands beneath it by now. */
async function demandPlace(client: pg.PoolClient, planNo: number, itemNo: number, parentNo: number | null): Promise<void> {
  if (parentNo === null) return;
  const parent = await requireItem(client, planNo, parentNo);
  if (parent.isRemoved || (await readBranch(client, itemNo)).includes(parentNo)) throw conflict('planning.undo_without_place');
}

/** What an item has to become for a change to be as if it had not been; null where somebody changed the same since. */
function takenBack(now: StoredItem, before: Partial<State>, after: Partial<State>): Partial<State> | null {
  const { body: old, ...rest } = before;
  const isSame = (Object.keys(rest) as (keyof typeof rest)[]).every((key) => now[key] === after[key]);
  if (!isSame) return null;
  if (!old || !after.body) return rest;
  const fields = changedFields(old, after.body);
  if (fields.some((field) => changedFields({ [field]: now.body[field] }, { [field]: after.body?.[field] }).length > 0)) return null;
  return { ...rest, body: fieldsBack(now.body, old, after.body) };
}

async function demandParent(client: pg.PoolClient, planNo: number, kind: ItemKindName, parentNo: number | null, itemNo: number | null = null): Promise<void> {
  const parent = parentNo === null ? 'plan' : (await requirePresent(client, planNo, parentNo)).kind;
  if (!(itemKinds[kind].parents as readonly string[]).includes(parent)) throw new Problem('planning.wrong_parent', { status: 422, fields: [{ path: 'body.parentNo', code: 'wrong_parent' }] });
  if (parentNo !== null && itemNo !== null && (await readBranch(client, itemNo)).includes(parentNo)) throw new Problem('planning.under_itself', { status: 422, fields: [{ path: 'body.parentNo', code: 'under_itself' }] });
}
