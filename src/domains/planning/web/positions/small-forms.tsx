import { useTranslation } from 'react-i18next';
import { Form, Input, InputNumber, Radio, Select } from '../../../../web/kit.ts';
import { type Doer, type StageKey, stageKeys } from '../../contract.ts';
import type { PlanItem } from '../frame/use-items.tsx';
import { DayInput, DoerSelect } from '../projects/forms/fields.tsx';
import { ItemForm } from '../projects/forms/item-form.tsx';
import type { AssignmentItem, DutyItem } from './chart-rules.ts';

interface AssignmentValues {
  person: Doer | null;
  sharePercent: number;
  from: string;
  to: string | null;
}

/** Who fills a position, with which part of their time. */
export function AssignmentForm({ planNo, positionNo, item, from, onClose }: { planNo: number; positionNo: number; item: AssignmentItem | null; from: string; onClose: () => void }) {
  const { t } = useTranslation('planning');
  const needed = [{ required: true, message: t('projects.needed') }];
  return (
    <ItemForm<'assignment', AssignmentValues>
      planNo={planNo} kind="assignment" item={item} parentNo={positionNo} open onClose={onClose} title={t('positions.assign')} initial={item?.body ?? { person: null, sharePercent: 100, from, to: null }}
      bodyOf={({ person, to, ...values }) => ({ ...values, person: person ?? undefined, to: to ?? null })}
    >
      <Form.Item name="person" label={t('positions.person')} rules={needed}><DoerSelect /></Form.Item>
      <Form.Item name="sharePercent" label={t('positions.share')} rules={needed}><InputNumber min={1} max={100} precision={0} suffix="%" /></Form.Item>
      <Form.Item name="from" label={t('positions.from')} rules={needed}><DayInput allowClear={false} /></Form.Item>
      <Form.Item name="to" label={t('positions.to')} extra={t('positions.toHint')}><DayInput /></Form.Item>
    </ItemForm>
  );
}

/** What one head of a position costs in a month, from a day on. */
export function CostForm({ planNo, positionNo, item, from, onClose }: { planNo: number; positionNo: number; item: PlanItem<'position_cost'> | null; from: string; onClose: () => void }) {
  const { t } = useTranslation('planning');
  const needed = [{ required: true, message: t('projects.needed') }];
  return (
    <ItemForm<'position_cost', { from: string; monthly: string; source?: string }>
      planNo={planNo} kind="position_cost" item={item} parentNo={positionNo} open onClose={onClose} title={t('positions.cost')} initial={item?.body ?? { from }} bodyOf={(values) => ({ ...values, source: values.source ?? '' })}
    >
      <Form.Item name="from" label={t('positions.costFrom')} rules={needed}><DayInput allowClear={false} /></Form.Item>
      <Form.Item name="monthly" label={t('positions.monthly')} rules={needed} extra={t('positions.monthlyHint')}><InputNumber<string> stringMode min="0" precision={2} style={{ width: 200 }} /></Form.Item>
      <Form.Item name="source" label={t('positions.source')} extra={t('positions.sourceHint')}><Input maxLength={300} /></Form.Item>
    </ItemForm>
  );
}

/** What has to be done in a stage. */
export function DutyForm({ planNo, item, onClose }: { planNo: number; item: DutyItem | null; onClose: () => void }) {
  const { t } = useTranslation('planning');
  return (
    <ItemForm<'duty', { name: string; stage: StageKey; isCore: boolean; note?: string }>
      planNo={planNo} kind="duty" item={item} parentNo={null} open onClose={onClose} title={t(item ? 'positions.editDuty' : 'positions.newDuty')} initial={item?.body ?? { stage: 'foundation', isCore: true }} bodyOf={(values) => ({ ...values, note: values.note ?? '' })}
    >
      <Form.Item name="name" label={t('positions.duty')} rules={[{ required: true, whitespace: true, message: t('projects.needed') }]}><Input maxLength={200} autoFocus /></Form.Item>
      <Form.Item required name="stage" label={t('positions.stage')}><Select options={stageKeys.map((value) => ({ value, label: t(`positions.stages.${value}`) }))} /></Form.Item>
      <Form.Item required name="isCore" label={t('positions.weight')}><Radio.Group options={[{ value: true, label: t('positions.core') }, { value: false, label: t('positions.supporting') }]} /></Form.Item>
      <Form.Item name="note" label={t('positions.note')}><Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} maxLength={2_000} /></Form.Item>
    </ItemForm>
  );
}
