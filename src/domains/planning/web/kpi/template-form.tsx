import { useTranslation } from 'react-i18next';
import { Form, Input, Select } from '../../../../web/kit.ts';
import type { ItemBody } from '../../contract.ts';
import { type PlanItem, sorted, useItems } from '../frame/use-items.tsx';
import { ItemForm } from '../projects/forms/item-form.tsx';
import { PartsItem } from './parts-input.tsx';

export type TemplateItem = PlanItem<'scorecard'>;

/** How a position is scored. */
export function TemplateForm({ planNo, item, onClose }: { planNo: number; item: TemplateItem | null; onClose: () => void }) {
  const { t } = useTranslation('planning');
  const { data } = useItems(planNo, ['position']);
  const positions = data ? sorted<'position'>(data).of('position') : [];
  return (
    <ItemForm<'scorecard', ItemBody<'scorecard'>>
      planNo={planNo} kind="scorecard" item={item} parentNo={null} open onClose={onClose} title={t(item ? 'kpi.editTemplate' : 'kpi.newTemplate')}
      initial={item?.body ?? { name: '', note: '', positionNo: null, parts: [] }} bodyOf={(values) => ({ ...values, positionNo: values.positionNo ?? null })}
    >
      <Form.Item name="name" label={t('kpi.templateName')} extra={t('kpi.templateNameHint')} rules={[{ required: true, whitespace: true, message: t('projects.needed') }]}><Input maxLength={120} autoFocus /></Form.Item>
      <Form.Item name="positionNo" label={t('kpi.position')} extra={t('kpi.positionHint')}><Select allowClear placeholder={t('kpi.noPosition')} options={positions.map(({ itemNo, body }) => ({ value: itemNo, label: body.name }))} /></Form.Item>
      <PartsItem extra={t('kpi.partsHint')} />
      <Form.Item name="note" label={t('goals.note')}><Input.TextArea maxLength={1_000} autoSize={{ minRows: 2 }} /></Form.Item>
    </ItemForm>
  );
}
