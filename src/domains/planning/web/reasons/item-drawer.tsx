import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Drawer, Flex, Form } from '../../../../web/kit.ts';
import type { ItemBody, ItemKindName } from '../../contract.ts';
import { type PlanItem, useItemActions } from '../frame/use-items.tsx';

/** What is written: something of the plan, or what is added with what it begins as. */
export type Editing<K extends ItemKindName> = { item: PlanItem<K> } | { fresh: Partial<ItemBody<K>> };

/** Adds, changes and removes something of a plan. */
export function ItemDrawer<K extends ItemKindName>({ planNo, kind, editing, lastNo, title, onClose, children }: { planNo: number; kind: K; editing: Editing<K> | null; /** Behind which it is added. */ lastNo: number | null; title: string; onClose: () => void; children: ReactNode }) {
  const { t } = useTranslation('planning');
  const [form] = Form.useForm();
  const actions = useItemActions(planNo);
  const item = editing && 'item' in editing ? editing.item : null;
  useEffect(() => {
    if (!editing) return;
    form.resetFields();
    form.setFieldsValue('item' in editing ? editing.item.body : editing.fresh);
  }, [editing, form]);
  const save = (said: ItemBody<K>): void => {
    const saved = item ? actions.edit({ itemNo: item.itemNo, version: item.version, kind }, said) : actions.add(kind, said, { parentNo: null, afterNo: lastNo });
    void saved.then(onClose, () => undefined);
  };
  const foot = (
    <Flex justify="space-between">
      {item ? <Button danger onClick={() => void actions.remove(item.itemNo).then(onClose, () => undefined)}>{t('reasons.remove')}</Button> : <span />}
      <Button type="primary" loading={actions.isBusy} onClick={() => form.submit()}>{t('reasons.save')}</Button>
    </Flex>
  );
  return <Drawer open={editing !== null} title={title} onClose={onClose} size={520} footer={foot} forceRender><Form name={kind} form={form} layout="vertical" onFinish={save}>{children}</Form></Drawer>;
}
