import { type Route, route } from '../../../platform/http/route.ts';
import type { Platform } from '../../../platform/platform.ts';
import { addItem, editItem, listChanges, listItems, moveItem, removeItem, undoChange } from '../contract.ts';
import { requirePlan } from '../plans/keep-plans.ts';
import { type Items, mayHandle } from './items.ts';

export const itemRoutes = ({ pg }: Platform, items: Items): Route[] => [
  route(listItems, async ({ params: { planNo }, query, actor }) => {
    // Before the items: what is changed meanwhile is asked for again, never missed.
    const { changeNo } = await requirePlan(pg, planNo);
    return { items: (await items.list(planNo, query.kinds ?? null)).filter(({ kind }) => mayHandle(actor, kind)), changeNo };
  }),
  route(addItem, ({ params, body, actor }) => items.add(params.planNo, body, actor)),
  route(editItem, ({ params, body, actor }) => items.edit(params.planNo, params.itemNo, body, actor)),
  route(moveItem, ({ params, body, actor }) => items.move(params.planNo, params.itemNo, body, actor)),
  route(removeItem, async ({ params, actor }) => ({ changeNo: await items.remove(params.planNo, params.itemNo, actor) })),
  route(listChanges, async ({ params: { planNo }, query, actor }) => {
    await requirePlan(pg, planNo);
    return { changes: (await items.changes(planNo, query.after ?? null)).filter(({ itemKind }) => mayHandle(actor, itemKind)) };
  }),
  route(undoChange, async ({ params, actor }) => ({ changeNo: await items.undo(params.planNo, params.changeNo, actor) })),
];
