import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormDrawer } from '../../../../../web/kit.ts';
import { addItem, editItem, type Item, type ItemBody, type ItemKindName, listItems, listMonitors, listMyWork, listPlans, listProjects, listProjectWork, listReviews, listReviewTags, readClosing, readProject, readProjectBoard, readProjectGantt, readStaffing, readStages, readWork } from '../../../contract.ts';

export interface ItemFormProps<K extends ItemKindName, V extends object> {
  planNo: number;
  kind: K;
  /** What is changed; null for something new under `parentNo`. */
  item: (Pick<Item, 'itemNo' | 'version'> & { body: ItemBody<K> }) | null;
  parentNo: number | null;
  open: boolean;
  title: string;
  initial: Partial<V>;
  bodyOf: (values: V) => Partial<ItemBody<K>>;
  onClose: () => void;
  onDone?: (item: Item) => void;
  children: ReactNode;
}

/** Something of a plan in a form; of what is changed only the fields that are others go out, so that nobody else's are lost. */
export function ItemForm<K extends ItemKindName, V extends object>({ planNo, kind, item: newest, parentNo, open, title, initial, bodyOf, onClose, onDone, children }: ItemFormProps<K, V>) {
  const { t } = useTranslation('planning');
  const item = useAsOpened(newest, open);
  const shared = {
    open, title, initial, submitLabel: t('projects.save'), onCancel: onClose, invalidates: [listItems, listPlans, listProjects, readProject, readProjectBoard, readProjectGantt, listProjectWork, readWork, readClosing, listReviews, listReviewTags, listMonitors, listMyWork, readStaffing, readStages],
    onDone: (reply: Item) => {
      onClose();
      onDone?.(reply);
    },
  };
  if (!item) return <FormDrawer<typeof addItem, V> {...shared} endpoint={addItem} request={(values) => ({ params: { planNo }, body: { kind, parentNo, afterNo: null, body: { ...bodyOf(values) } } })}>{children}</FormDrawer>;
  return (
    <FormDrawer<typeof editItem, V> {...shared} endpoint={editItem} request={(values) => ({ params: { planNo, itemNo: item.itemNo }, body: { version: item.version, changes: others(item.body, bodyOf(values)) } })}>
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
