import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, FormDrawer } from '../../../../../web/kit.ts';
import { addItem, editItem, type Item, type ItemBody, type ItemKindName, listItems, listMonitors, listMyWork, listPlans, listProjects, listProjectWork, listReviews, listReviewTags, readClosing, readEvidence, readProject, readProjectBoard, readProjectGantt, readStaffing, readStages, readWork } from '../../../contract.ts';
import { useItemActions } from '../../frame/use-items.tsx';

/** What a form is about: something of the plan, or what is added with what it begins as. */
export type Editing<I extends { body: object }> = { item: I } | { fresh: Partial<I['body']> };

export interface ItemFormProps<K extends ItemKindName, V extends object> {
  planNo: number;
  kind: K;
  /** What is changed; null for something new under `parentNo`. */
  item: (Pick<Item, 'itemNo' | 'version'> & { body: ItemBody<K> }) | null;
  parentNo: number | null;
  /** Behind which it is added; first where nothing is said. */
  afterNo?: number | null;
  /** It can be taken out of the plan from its form. */
  isRemovable?: boolean;
  open: boolean;
  title: string;
  initial: Partial<V>;
  bodyOf: (values: V) => Partial<ItemBody<K>>;
  onClose: () => void;
  onDone?: (item: Item) => void;
  children: ReactNode;
}

/** Something of a plan in a form; of what is changed only the fields that are others go out, so that nobody else's are lost. */
export function ItemForm<K extends ItemKindName, V extends object>({ planNo, kind, item: newest, parentNo, afterNo = null, isRemovable = false, open, title, initial, bodyOf, onClose, onDone, children }: ItemFormProps<K, V>) {
  const { t } = useTranslation('planning');
  const item = useAsOpened(newest, open);
  const actions = useItemActions(planNo);
  const shared = {
    open, title, initial, submitLabel: t('projects.save'), onCancel: onClose, invalidates: [listItems, listPlans, listProjects, readProject, readProjectBoard, readProjectGantt, listProjectWork, readWork, readEvidence, readClosing, listReviews, listReviewTags, listMonitors, listMyWork, readStaffing, readStages],
    onDone: (reply: Item) => {
      onClose();
      onDone?.(reply);
    },
  };
  if (!item) return <FormDrawer<typeof addItem, V> {...shared} endpoint={addItem} request={(values) => ({ params: { planNo }, body: { kind, parentNo, afterNo, body: { ...bodyOf(values) } } })}>{children}</FormDrawer>;
  return (
    <FormDrawer<typeof editItem, V> {...shared} {...(isRemovable ? { aside: <Button danger loading={actions.isBusy} onClick={() => void actions.remove(item.itemNo).then(onClose, () => undefined)}>{t('reasons.remove')}</Button> } : {})} endpoint={editItem} request={(values) => ({ params: { planNo, itemNo: item.itemNo }, body: { version: item.version, changes: others(item.body, bodyOf(values)) } })}>
      {children}
    </FormDrawer>
  );
}

/** What is changed, as it was when its form was opened: what others do to it meanwhile is no change of whoever fills the form. */
function useAsOpened<I extends { itemNo: number } | null>(item: I, open: boolean): I {
  const [begun, setBegun] = useState({ item, open });
  if (open === begun.open && (open || item === begun.item) && item?.itemNo === begun.item?.itemNo) return begun.item;
  setBegun({ item, open });
  return item;
}

const others = (before: object, after: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(after).filter(([field, value]) => JSON.stringify(value) !== JSON.stringify((before as Record<string, unknown>)[field])));
