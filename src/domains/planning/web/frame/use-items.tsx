import type { UseQueryResult } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { type ApiProblem, App, Button, useAction, useEndpoint, useRenewBelow } from '../../../../web/kit.ts';
import { addItem, editItem, type Item, type ItemBody, type ItemKindName, listItems, moveItem, removeItem, undoChange } from '../../contract.ts';

/** Something in a plan, with the body of its kind. */
export type PlanItem<K extends ItemKindName = ItemKindName> = K extends ItemKindName ? Omit<Item, 'kind' | 'body'> & { kind: K; body: ItemBody<K> } : never;

/** What a plan has of some kinds, in its order; `of` is those of one kind, under one parent where it is given (null is the plan). */
export interface PlanItems<K extends ItemKindName> {
  items: PlanItem<K>[];
  of<Kind extends K>(kind: Kind, parentNo?: number | null): PlanItem<Kind>[];
}

/** Reads what a plan has of some kinds. */
export function useItems<K extends ItemKindName>(planNo: number, kinds: readonly K[]): UseQueryResult<{ items: Item[]; changeNo: number }, ApiProblem> {
  return useEndpoint(listItems, { params: { planNo }, query: { kinds: kinds.join(',') } });
}

/** What was read by `useItems`, told apart by kind. The server has checked each body against its kind. */
export function sorted<K extends ItemKindName>(read: { items: Item[] }): PlanItems<K> {
  const items = read.items as unknown as PlanItem<K>[];
  return { items, of: (kind, parentNo) => items.filter((item) => item.kind === kind && (parentNo === undefined || item.parentNo === parentNo)) as never };
}

/** Where something is put: under what, behind which; null is the plan itself, and the first place. */
export interface Place {
  parentNo: number | null;
  afterNo: number | null;
}

/** What can be done to a plan. A refusal is told in a sentence; a change of somebody else at the same moment is shown at once. */
export function useItemActions(planNo: number) {
  const { t } = useTranslation('planning');
  const { message } = App.useApp();
  const renew = useRenewBelow();
  const after = { onSuccess: () => renew('/api/plans') };
  const add = useAction(addItem, after);
  const edit = useAction(editItem, after);
  const move = useAction(moveItem, after);
  const remove = useAction(removeItem, after);
  const undo = useAction(undoChange, after);
  const undoOf = (changeNo: number) => undo.mutateAsync({ params: { planNo, changeNo } });
  /** What was taken out goes back where it was, with all under it, as long as the message stands; later from the history. */
  const offerUndo = (changeNo: number): void => {
    const key = `removed ${changeNo}`;
    void message.open({ key, type: 'success', duration: 8, content: <>{t('frame.removed')} <Button type="link" size="small" onClick={() => void undoOf(changeNo).then(() => message.destroy(key), () => undefined)}>{t('frame.undo')}</Button></> });
  };
  return {
    add: <K extends ItemKindName>(kind: K, body: ItemBody<K>, { parentNo, afterNo }: Place) => add.mutateAsync({ params: { planNo }, body: { kind, body: { ...body }, parentNo, afterNo } }),
    /** Fields that others changed since `item` was read stay as they made them. */
    edit: <K extends ItemKindName>({ itemNo, version }: { itemNo: number; version: number; kind: K }, changes: Partial<ItemBody<K>>) => edit.mutateAsync({ params: { planNo, itemNo }, body: { version, changes } }).catch((problem: unknown) => {
      renew('/api/plans');
      throw problem;
    }),
    move: (itemNo: number, to: Place) => move.mutateAsync({ params: { planNo, itemNo }, body: to }),
    /** `isPartOfMore` where it is one step of a change that the page takes back itself. */
    remove: async (itemNo: number, isPartOfMore = false) => {
      const { changeNo } = await remove.mutateAsync({ params: { planNo, itemNo } });
      if (!isPartOfMore) offerUndo(changeNo);
    },
    undo: undoOf,
    isBusy: [add, edit, move, remove, undo].some(({ isPending }) => isPending),
  };
}
